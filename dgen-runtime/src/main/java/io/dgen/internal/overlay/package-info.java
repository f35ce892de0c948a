/**
 * Writes that are not committed, and reads that see them: those of a transaction of the embedded
 * store, and those of one part of any store's transaction. Shared by the stores and the engine,
 * which do not know each other.
 */
@NullMarked
package io.dgen.internal.overlay;

import org.jspecify.annotations.NullMarked;
