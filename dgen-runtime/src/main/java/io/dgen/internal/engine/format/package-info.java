/**
 * The stored bytes: the keys of everything that the engine keeps, and the format of every value.
 * This package has no behaviour; all types are immutable and know no threads.
 *
 * <p>{@code KeyLayout} and {@code EntityKeys} implement the table of keys in {@code
 * docs/architecture.md}; start there, then read {@code Envelope} (a message) and {@code Meta} (the
 * summary of an entity).
 */
@NullMarked
package io.dgen.internal.engine.format;

import org.jspecify.annotations.NullMarked;
