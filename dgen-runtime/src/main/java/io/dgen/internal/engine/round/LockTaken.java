package io.dgen.internal.engine.round;

import io.dgen.internal.engine.format.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A lock that a message took, for the node that holds it.
 *
 * @param message the locking message
 * @param attempt which attempt of it this is
 * @param token the fence
 * @param state the state with which it locked
 * @param caller the call that waits for its reply; null for a cast
 * @param idempotencyKey under which key the message counts once; null for none
 */
public record LockTaken<S, M>(
    M message,
    int attempt,
    long token,
    S state,
    @Nullable Caller caller,
    @Nullable String idempotencyKey) {}
