/** Faults that are planted into a copy of the sources, and the tests that must find them. */
@NullMarked
package io.dgen.tests.faults;

import org.jspecify.annotations.NullMarked;
