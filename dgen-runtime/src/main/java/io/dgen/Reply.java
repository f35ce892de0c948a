package io.dgen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replies to the caller and keeps a state. Made by {@link Results#reply}.
 *
 * @param reply what the caller gets; may be null
 * @param state the state after the callback
 * @param actions what is done after the commit, in order
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
   * A result without actions.
   *
   * @param reply what the caller gets; may be null
   * @param state the state after the callback
   */
  public Reply(@Nullable R reply, S state) {
    this(reply, state, List.of());
  }

  /**
   * The same with one more action.
   *
   * @param action what is done after the commit
   * @return a new result
   */
  public Reply<R, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * The same with one more action, which may halt those behind it.
   *
   * @param action what is done after the commit; false keeps later actions from running
   * @return a new result
   */
  public Reply<R, S> thenOrHalt(HaltingAction<? super S> action) {
    return new Reply<>(reply, state, Actions.append(actions, action));
  }
}
