package io.dgen;

import org.jspecify.annotations.Nullable;

/** What callbacks return, for static import. */
public final class Results {

  private Results() {}

  /**
   * Replies to the caller and keeps {@code state}.
   *
   * @param reply what the caller gets; may be null
   * @param state the state after the callback
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleCall}
   */
  public static <R, S> Reply<R, S> reply(@Nullable R reply, S state) {
    return new Reply<>(reply, state);
  }

  /**
   * Keeps {@code state}.
   *
   * @param state the state after the callback
   * @param <S> the state's type
   * @return the result of {@code handleCast} or {@code handleInfo}
   */
  public static <S> NoReply<S> noReply(S state) {
    return new NoReply<>(state);
  }
}
