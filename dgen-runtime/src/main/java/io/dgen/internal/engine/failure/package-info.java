/**
 * What failing leads to: attempts that are counted, delays, dead letters, pauses, and reports.
 *
 * <p>An attempt is counted in the message itself, in a transaction of its own ({@code
 * FailureCounter}); a message that is given up is moved, never dropped ({@code DeadLettering}).
 * {@code Progress} knows what a thread of the user's code is doing. {@code
 * docs/decisions/0015-failures.md} has the cases.
 */
@NullMarked
package io.dgen.internal.engine.failure;

import org.jspecify.annotations.NullMarked;
