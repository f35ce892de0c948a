/**
 * What tests of dgen itself need of the library: here, and not among the tests, so that the tests
 * of other modules reach it without a jar of tests. Not exported.
 */
@NullMarked
package io.dgen.internal.testing;

import org.jspecify.annotations.NullMarked;
