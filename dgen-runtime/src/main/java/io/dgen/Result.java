package io.dgen;

/**
 * What a callback returns: the new state, and what happens besides.
 *
 * @param <S> the state's type
 */
public sealed interface Result<S> permits CallResult, CastResult {

  /**
   * The state after the callback.
   *
   * @return the new state, which may be the old one
   */
  S state();
}
