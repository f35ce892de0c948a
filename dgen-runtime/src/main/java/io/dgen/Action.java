package io.dgen;

/**
 * A step to run once a message's effects are committed: see {@link Result}.
 *
 * @param <S> the state's type
 */
@FunctionalInterface
public interface Action<S> {

  /**
   * Runs the action, outside any transaction. It may block. It runs at most once, and not at all if
   * the process dies first.
   *
   * @param state the committed state
   * @throws Exception if it fails: the failure is logged and counted, later actions do not run, and
   *     the committed state stands
   */
  void run(S state) throws Exception;
}
