package io.dgen;

import java.util.List;

/**
 * What a callback returns: the new state, and what happens besides. Immutable.
 *
 * <p>Each result takes actions with {@code then}. They run after the commit, in the order in which
 * they were added, and those of one message before those of the next; at most once, since a process
 * may die between the commit and the action. What must not be lost is sent as a message instead.
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

  /**
   * What is done after the commit.
   *
   * @return the actions, in order
   */
  List<HaltingAction<? super S>> actions();
}
