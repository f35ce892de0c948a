/** What tests are made with: stores that fail on demand, clocks, nodes, and the tests' log. */
@NullMarked
package io.dgen.tests.harness;

import org.jspecify.annotations.NullMarked;
