package io.dgen;

import java.util.List;

/**
 * Keeps a state and sends no reply. Made by {@link Results#noReply}.
 *
 * @param state the state after the callback
 * @param actions the actions to run after the commit, in order
 * @param <S> the state's type
 */
public record NoReply<S>(S state, List<HaltingAction<? super S>> actions) implements CastResult<S> {

  /** Copies the actions. */
  public NoReply {
    actions = List.copyOf(actions);
  }

  /**
   * Creates a result without actions.
   *
   * @param state the state after the callback
   */
  public NoReply(S state) {
    this(state, List.of());
  }

  /**
   * Returns a copy of this result with another action.
   *
   * @param action the action to run after the commit
   * @return the copy
   */
  public NoReply<S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * Returns a copy of this result with another action, which may halt later ones.
   *
   * @param action the action to run after the commit; later actions do not run if it returns false
   * @return the copy
   */
  public NoReply<S> thenOrHalt(HaltingAction<? super S> action) {
    return new NoReply<>(state, Actions.append(actions, action));
  }
}
