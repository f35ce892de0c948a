package io.dgen.internal.engine.round;

import io.dgen.internal.engine.format.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A lock that a message took, for the node that holds it.
 *
 * @param message the locking message
 * @param attempt the number of its attempt
 * @param token the fencing token
 * @param state the state that was stored with the lock
 * @param caller the call that waits for its reply; null for a cast
 * @param idempotencyKey the key under which the message counts once; null for none
 * @param mayHaveSteps whether an earlier attempt may have recorded steps
 */
public record LockTaken<S, M>(
    M message,
    int attempt,
    long token,
    S state,
    @Nullable Caller caller,
    @Nullable String idempotencyKey,
    boolean mayHaveSteps) {}
