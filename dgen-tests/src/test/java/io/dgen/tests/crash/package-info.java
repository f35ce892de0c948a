/** Processes that are killed, or that a message ends. */
@NullMarked
package io.dgen.tests.crash;

import org.jspecify.annotations.NullMarked;
