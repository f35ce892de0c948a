package io.dgen;

import java.util.List;

/**
 * Keeps a state; the caller goes on waiting, until some callback answers the {@link From} that this
 * one kept. Made by {@link Results#replyLater}.
 *
 * @param state the state after the callback
 * @param actions what is done after the commit, in order
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
   * A result without actions.
   *
   * @param state the state after the callback
   */
  public ReplyLater(S state) {
    this(state, List.of());
  }

  /**
   * The same with one more action.
   *
   * @param action what is done after the commit
   * @param <Q> the reply's type
   * @return a new result
   */
  public <Q> ReplyLater<Q, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * The same with one more action, which may halt those behind it.
   *
   * @param action what is done after the commit; false keeps later actions from running
   * @param <Q> the reply's type
   * @return a new result
   */
  public <Q> ReplyLater<Q, S> thenOrHalt(HaltingAction<? super S> action) {
    return new ReplyLater<>(state, Actions.append(actions, action));
  }
}
