package io.dgen;

import java.util.List;

/**
 * Keeps a state and locks the entity; {@code handleLocked} of the same message runs next, outside
 * any transaction. Made by {@link Results#lock}.
 *
 * @param state the state after the callback
 * @param actions what is done after the commit, in order
 * @param <R> the reply's type
 * @param <S> the state's type
 */
public record Lock<R, S>(S state, List<HaltingAction<? super S>> actions)
    implements CallResult<R, S>, CastResult<S> {

  /** Copies the actions. */
  public Lock {
    actions = List.copyOf(actions);
  }

  /**
   * A result without actions.
   *
   * @param state the state after the callback
   */
  public Lock(S state) {
    this(state, List.of());
  }

  /**
   * The same with one more action.
   *
   * @param action what is done after the commit
   * @param <Q> the reply's type
   * @return a new result
   */
  public <Q> Lock<Q, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * The same with one more action, which may halt those behind it.
   *
   * @param action what is done after the commit; false keeps later actions from running
   * @param <Q> the reply's type
   * @return a new result
   */
  public <Q> Lock<Q, S> thenOrHalt(HaltingAction<? super S> action) {
    return new Lock<>(state, Actions.append(actions, action));
  }
}
