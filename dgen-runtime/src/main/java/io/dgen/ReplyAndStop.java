package io.dgen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replies, keeps a state, and drops the entity from memory. Made by {@link Results#replyAndStop}.
 *
 * @param reason the reason; an abnormal one counts as a failure
 * @param reply the reply to the caller; may be null
 * @param state the state after the callback
 * @param actions the actions to run after the commit, in order
 * @param <R> the reply's type
 * @param <S> the state's type
 */
public record ReplyAndStop<R, S>(
    StopReason reason, @Nullable R reply, S state, List<HaltingAction<? super S>> actions)
    implements CallResult<R, S> {

  /** Copies the actions. */
  public ReplyAndStop {
    actions = List.copyOf(actions);
  }

  /**
   * Creates a result without actions.
   *
   * @param reason the reason; an abnormal one counts as a failure
   * @param reply the reply to the caller; may be null
   * @param state the state after the callback
   */
  public ReplyAndStop(StopReason reason, @Nullable R reply, S state) {
    this(reason, reply, state, List.of());
  }

  /**
   * Returns a copy of this result with another action.
   *
   * @param action the action to run after the commit
   * @return the copy
   */
  public ReplyAndStop<R, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * Returns a copy of this result with another action, which may halt later ones.
   *
   * @param action the action to run after the commit; later actions do not run if it returns false
   * @return the copy
   */
  public ReplyAndStop<R, S> thenOrHalt(HaltingAction<? super S> action) {
    return new ReplyAndStop<>(reason, reply, state, Actions.append(actions, action));
  }
}
