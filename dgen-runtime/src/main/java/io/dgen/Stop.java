package io.dgen;

import io.dgen.error.EntityStoppedException;
import java.util.List;

/**
 * Keeps a state and drops the entity from memory. The caller of a call gets an {@link
 * EntityStoppedException}. Made by {@link Results#stop}.
 *
 * @param reason the reason; an abnormal one counts as a failure
 * @param state the state after the callback
 * @param actions the actions to run after the commit, in order
 * @param <R> the reply's type
 * @param <S> the state's type
 */
public record Stop<R, S>(StopReason reason, S state, List<HaltingAction<? super S>> actions)
    implements CallResult<R, S>, CastResult<S> {

  /** Copies the actions. */
  public Stop {
    actions = List.copyOf(actions);
  }

  /**
   * Creates a result without actions.
   *
   * @param reason the reason; an abnormal one counts as a failure
   * @param state the state after the callback
   */
  public Stop(StopReason reason, S state) {
    this(reason, state, List.of());
  }

  /**
   * Returns a copy of this result with another action.
   *
   * @param action the action to run after the commit
   * @param <Q> the reply's type
   * @return the copy
   */
  public <Q> Stop<Q, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * Returns a copy of this result with another action, which may halt later ones.
   *
   * @param action the action to run after the commit; later actions do not run if it returns false
   * @param <Q> the reply's type
   * @return the copy
   */
  public <Q> Stop<Q, S> thenOrHalt(HaltingAction<? super S> action) {
    return new Stop<>(reason, state, Actions.append(actions, action));
  }
}
