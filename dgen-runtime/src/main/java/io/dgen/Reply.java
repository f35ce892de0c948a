package io.dgen;

import org.jspecify.annotations.Nullable;

/**
 * Replies to the caller and keeps a state. Made by {@link Results#reply}.
 *
 * @param reply what the caller gets; may be null
 * @param state the state after the callback
 * @param <R> the reply's type
 * @param <S> the state's type
 */
public record Reply<R, S>(@Nullable R reply, S state) implements CallResult<R, S> {}
