package io.dgen;

/**
 * A message that has a reply: the sender waits for the {@code R} that {@code handleCall} returns.
 *
 * @param <R> the reply's type
 */
public interface Call<R> {}
