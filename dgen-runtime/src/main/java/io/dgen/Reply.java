package io.dgen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replies to the caller and keeps a state. Made by {@link Results#reply}.
 *
 * @param reply the reply to the caller; may be null
 * @param state the state after the callback
 * @param actions the actions to run after the commit, in order
 * @param <R> the reply's type
 * @param <S> the state's type
 */
public record Reply<R, S>(@Nullable R reply, S state, List<HaltingAction<? super S>> actions)
    implements CallResult<R, S> {

  /** Copies the actions. */
  public Reply {
    actions = List.copyOf(actions);
  }

  /**
   * Creates a result without actions.
   *
   * @param reply the reply to the caller; may be null
   * @param state the state after the callback
   */
  public Reply(@Nullable R reply, S state) {
    this(reply, state, List.of());
  }

  /**
   * Returns a copy of this result with another action.
   *
   * @param action the action to run after the commit
   * @return the copy
   */
  public Reply<R, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * Returns a copy of this result with another action, which may halt later ones.
   *
   * @param action the action to run after the commit; later actions do not run if it returns false
   * @return the copy
   */
  public Reply<R, S> thenOrHalt(HaltingAction<? super S> action) {
    return new Reply<>(reply, state, Actions.append(actions, action));
  }
}
