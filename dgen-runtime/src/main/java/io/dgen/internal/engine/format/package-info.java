/**
 * Bytes in the store: the keys of everything that the engine keeps, and the form of every value.
 * Nothing here acts; all types are immutable and know no thread.
 *
 * <p>{@code KeyLayout} and {@code EntityKeys} are the code for the table of keys in {@code
 * docs/architecture.md}; start there, then read {@code Envelope} (a message) and {@code Meta} (what
 * is known of an entity).
 */
@NullMarked
package io.dgen.internal.engine.format;

import org.jspecify.annotations.NullMarked;
