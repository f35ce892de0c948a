package io.dgen;

/**
 * An {@link Action} that decides whether those behind it run.
 *
 * @param <S> the state's type
 */
@FunctionalInterface
public interface HaltingAction<S> {

  /**
   * Acts, as {@link Action#run} does.
   *
   * @param state the state that was committed
   * @return whether the actions behind it run
   * @throws Exception if it fails: then they do not
   */
  boolean run(S state) throws Exception;
}
