package io.dgen.internal.engine;

import org.jspecify.annotations.Nullable;

/**
 * A lock that a message took, for the node that holds it.
 *
 * @param message the locking message
 * @param attempt which attempt of it this is
 * @param token the fence
 * @param state the state with which it locked
 * @param replyTo the node whose mailbox waits for its reply; null for a cast
 * @param call the number of the call there
 * @param idempotencyKey under which key the message counts once; null for none
 */
record LockTaken<S, M>(
    M message,
    int attempt,
    long token,
    S state,
    @Nullable NodeId replyTo,
    long call,
    @Nullable String idempotencyKey) {}
