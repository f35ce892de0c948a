/** A storage that keeps everything in memory: no native code, no threads. */
@NullMarked
package io.dgen.internal.store.memory;

import org.jspecify.annotations.NullMarked;
