package io.dgen;

/**
 * A result of {@code handleCast} and {@code handleInfo}, as an alternative to the plain state.
 *
 * @param <S> the state's type
 */
public sealed interface CastResult<S> extends Result<S>
    permits NoReply, Lock, Stop, Refuse, Delete {}
