package io.dgen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replies, and deletes the entity. Immutable. Made by {@link Results#replyAndDelete}.
 *
 * @param reply the reply to the caller; may be null
 * @param actions the actions to run after the commit, in order; they get the state that was deleted
 * @param <R> the reply's type
 * @param <S> the state's type
 */
public record ReplyAndDelete<R, S>(@Nullable R reply, List<HaltingAction<? super S>> actions)
    implements CallResult<R, S>, LockedResult<R, S> {

  /** Copies the actions. */
  public ReplyAndDelete {
    actions = List.copyOf(actions);
  }

  /**
   * Returns null: nothing is left of the state.
   *
   * @return null
   */
  @Override
  public @Nullable S state() {
    return null;
  }

  /**
   * Returns a copy of this result with another action.
   *
   * @param action the action to run after the commit; it gets the state that was deleted
   * @param <T> the state's type
   * @return the copy
   */
  public <T extends S> ReplyAndDelete<R, T> then(Action<? super T> action) {
    return thenOrHalt(Actions.<T>always(action));
  }

  /**
   * Returns a copy of this result with another action, which may halt later ones.
   *
   * @param action the action to run after the commit; later actions do not run if it returns false
   * @param <T> the state's type
   * @return the copy
   */
  public <T extends S> ReplyAndDelete<R, T> thenOrHalt(HaltingAction<? super T> action) {
    return new ReplyAndDelete<>(reply, Actions.<T>append(actions, action));
  }
}
