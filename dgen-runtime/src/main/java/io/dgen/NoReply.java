package io.dgen;

/**
 * Keeps a state and says nothing. Made by {@link Results#noReply}.
 *
 * @param state the state after the callback
 * @param <S> the state's type
 */
public record NoReply<S>(S state) implements CastResult<S> {}
