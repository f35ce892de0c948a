/** Locks: work outside any transaction. */
@NullMarked
package io.dgen.tests.locks;

import org.jspecify.annotations.NullMarked;
