package io.dgen;

import java.util.List;

/**
 * Keeps a state and says nothing. Made by {@link Results#noReply}.
 *
 * @param state the state after the callback
 * @param actions what is done after the commit, in order
 * @param <S> the state's type
 */
public record NoReply<S>(S state, List<HaltingAction<? super S>> actions) implements CastResult<S> {

  /** Copies the actions. */
  public NoReply {
    actions = List.copyOf(actions);
  }

  /**
   * A result without actions.
   *
   * @param state the state after the callback
   */
  public NoReply(S state) {
    this(state, List.of());
  }

  /**
   * The same with one more action.
   *
   * @param action what is done after the commit
   * @return a new result
   */
  public NoReply<S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * The same with one more action, which may halt those behind it.
   *
   * @param action what is done after the commit; false keeps later actions from running
   * @return a new result
   */
  public NoReply<S> thenOrHalt(HaltingAction<? super S> action) {
    return new NoReply<>(state, Actions.append(actions, action));
  }
}
