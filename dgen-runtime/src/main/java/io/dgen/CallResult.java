package io.dgen;

/**
 * A result of {@code handleCall}, as an alternative to the plain reply.
 *
 * @param <R> the reply's type
 * @param <S> the state's type
 */
public sealed interface CallResult<R, S> extends Result<S>
    permits Reply, ReplyLater, ReplyAndStop, Lock, Stop, Refuse, Delete, ReplyAndDelete {}
