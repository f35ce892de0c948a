package io.dgen;

import io.dgen.error.EntityStoppedException;
import java.util.List;

/**
 * Keeps a state and drops the entity from memory. The caller of a call gets an {@link
 * EntityStoppedException}. Made by {@link Results#stop}.
 *
 * @param reason why; an abnormal one counts as a failure
 * @param state the state after the callback
 * @param actions what is done after the commit, in order
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
   * A result without actions.
   *
   * @param reason why; an abnormal one counts as a failure
   * @param state the state after the callback
   */
  public Stop(StopReason reason, S state) {
    this(reason, state, List.of());
  }

  /**
   * The same with one more action.
   *
   * @param action what is done after the commit
   * @param <Q> the reply's type
   * @return a new result
   */
  public <Q> Stop<Q, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * The same with one more action, which may halt those behind it.
   *
   * @param action what is done after the commit; false keeps later actions from running
   * @param <Q> the reply's type
   * @return a new result
   */
  public <Q> Stop<Q, S> thenOrHalt(HaltingAction<? super S> action) {
    return new Stop<>(reason, state, Actions.append(actions, action));
  }
}
