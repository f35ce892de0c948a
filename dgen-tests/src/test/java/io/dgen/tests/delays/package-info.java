/** Delayed messages, and clocks. */
@NullMarked
package io.dgen.tests.delays;

import org.jspecify.annotations.NullMarked;
