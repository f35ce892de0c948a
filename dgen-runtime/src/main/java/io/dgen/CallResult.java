package io.dgen;

/**
 * What {@code handleCall} may return, besides the plain reply.
 *
 * @param <R> the reply's type
 * @param <S> the state's type
 */
public sealed interface CallResult<R, S> extends Result<S>
    permits Reply, ReplyLater, ReplyAndStop, Lock, Stop {}
