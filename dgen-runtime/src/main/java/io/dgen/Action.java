package io.dgen;

/**
 * What is done once a message's effects are committed: see {@link Result}.
 *
 * @param <S> the state's type
 */
@FunctionalInterface
public interface Action<S> {

  /**
   * Acts. Runs outside any transaction, and may block; it runs at most once, and not at all if the
   * process dies before.
   *
   * @param state the state that was committed
   * @throws Exception if it fails: this is logged and counted, the actions behind it do not run,
   *     and the committed state stands
   */
  void run(S state) throws Exception;
}
