/** The ways of a message: calls, casts, priority and info messages, results, actions, timeouts. */
@NullMarked
package io.dgen.tests.paths;

import org.jspecify.annotations.NullMarked;
