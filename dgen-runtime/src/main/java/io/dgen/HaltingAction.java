package io.dgen;

/**
 * An {@link Action} that decides whether later ones run.
 *
 * @param <S> the state's type
 */
@FunctionalInterface
public interface HaltingAction<S> {

  /**
   * Runs the action, as {@link Action#run} does.
   *
   * @param state the committed state
   * @return whether later actions run
   * @throws Exception if it fails: later actions then do not run
   */
  boolean run(S state) throws Exception;
}
