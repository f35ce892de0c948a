package io.dgen;

import java.util.List;

/**
 * Keeps a state; the caller keeps waiting, until some callback replies to the {@link From} that
 * this one stored. Made by {@link Results#replyLater}.
 *
 * @param state the state after the callback
 * @param actions the actions to run after the commit, in order
 * @param <R> the reply's type
 * @param <S> the state's type
 */
public record ReplyLater<R, S>(S state, List<HaltingAction<? super S>> actions)
    implements CallResult<R, S> {

  /** Copies the actions. */
  public ReplyLater {
    actions = List.copyOf(actions);
  }

  /**
   * Creates a result without actions.
   *
   * @param state the state after the callback
   */
  public ReplyLater(S state) {
    this(state, List.of());
  }

  /**
   * Returns a copy of this result with another action.
   *
   * @param action the action to run after the commit
   * @param <Q> the reply's type
   * @return the copy
   */
  public <Q> ReplyLater<Q, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * Returns a copy of this result with another action, which may halt later ones.
   *
   * @param action the action to run after the commit; later actions do not run if it returns false
   * @param <Q> the reply's type
   * @return the copy
   */
  public <Q> ReplyLater<Q, S> thenOrHalt(HaltingAction<? super S> action) {
    return new ReplyLater<>(state, Actions.append(actions, action));
  }
}
