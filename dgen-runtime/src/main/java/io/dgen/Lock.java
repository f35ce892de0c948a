package io.dgen;

import java.util.List;

/**
 * Keeps a state and locks the entity; {@code handleLocked} of the same message runs next, outside
 * any transaction. Made by {@link Results#lock}.
 *
 * @param state the state after the callback
 * @param actions the actions to run after the commit, in order
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
   * Creates a result without actions.
   *
   * @param state the state after the callback
   */
  public Lock(S state) {
    this(state, List.of());
  }

  /**
   * Returns a copy of this result with another action.
   *
   * @param action the action to run after the commit
   * @param <Q> the reply's type
   * @return the copy
   */
  public <Q> Lock<Q, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * Returns a copy of this result with another action, which may halt later ones.
   *
   * @param action the action to run after the commit; later actions do not run if it returns false
   * @param <Q> the reply's type
   * @return the copy
   */
  public <Q> Lock<Q, S> thenOrHalt(HaltingAction<? super S> action) {
    return new Lock<>(state, Actions.append(actions, action));
  }
}
