package io.dgen;

import java.util.List;

/**
 * A result of {@code handleLocked}: it takes effect in one transaction, which also unlocks the
 * entity. Immutable.
 *
 * @param <R> the reply's type; {@code Void} for a cast
 * @param <S> the state's type
 */
public sealed interface LockedResult<R, S> permits Unlock, Delete, ReplyAndDelete {

  /**
   * Returns the actions to run after the commit.
   *
   * @return the actions, in order
   */
  List<HaltingAction<? super S>> actions();
}
