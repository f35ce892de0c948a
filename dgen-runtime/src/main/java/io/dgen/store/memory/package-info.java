/** The store in memory, for tests and for trying things out. */
@NullMarked
package io.dgen.store.memory;

import org.jspecify.annotations.NullMarked;
