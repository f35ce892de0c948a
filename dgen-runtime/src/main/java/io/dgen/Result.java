package io.dgen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a callback: the new state, or none, and further effects. Immutable.
 *
 * <p>Each result takes actions with {@code then}. They run after the commit, in the order in which
 * they were added, and those of one message before those of the next. They run at most once, since
 * a process may die between the commit and the action. For what must not be lost, send a message
 * instead.
 *
 * @param <S> the state's type
 */
public sealed interface Result<S> permits CallResult, CastResult {

  /**
   * Returns the state after the callback.
   *
   * @return the new state, which may be the old one; null if the callback deletes the entity
   */
  @Nullable S state();

  /**
   * Returns the actions to run after the commit.
   *
   * @return the actions, in order
   */
  List<HaltingAction<? super S>> actions();
}
