package io.dgen;

/**
 * What {@code handleCast} and {@code handleInfo} may return, besides the plain state.
 *
 * @param <S> the state's type
 */
public sealed interface CastResult<S> extends Result<S> permits NoReply, Lock, Stop {}
