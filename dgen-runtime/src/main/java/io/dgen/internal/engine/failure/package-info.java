/**
 * The consequences of failures: counted attempts, delays, dead letters, pauses, and reports.
 *
 * <p>An attempt is counted in the message itself, in a transaction of its own ({@code
 * FailureCounter}); a message that is given up is moved, never dropped ({@code DeadLettering}).
 * {@code CallbackProgress} knows what a thread that runs user code is doing. {@code
 * docs/decisions/0015-failures.md} has the cases.
 */
@NullMarked
package io.dgen.internal.engine.failure;

import org.jspecify.annotations.NullMarked;
