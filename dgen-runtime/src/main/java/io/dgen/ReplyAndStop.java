package io.dgen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replies, keeps a state, and drops the entity from memory. Made by {@link Results#replyAndStop}.
 *
 * @param reason why; an abnormal one counts as a failure
 * @param reply what the caller gets; may be null
 * @param state the state after the callback
 * @param actions what is done after the commit, in order
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
   * A result without actions.
   *
   * @param reason why; an abnormal one counts as a failure
   * @param reply what the caller gets; may be null
   * @param state the state after the callback
   */
  public ReplyAndStop(StopReason reason, @Nullable R reply, S state) {
    this(reason, reply, state, List.of());
  }

  /**
   * The same with one more action.
   *
   * @param action what is done after the commit
   * @return a new result
   */
  public ReplyAndStop<R, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * The same with one more action, which may halt those behind it.
   *
   * @param action what is done after the commit; false keeps later actions from running
   * @return a new result
   */
  public ReplyAndStop<R, S> thenOrHalt(HaltingAction<? super S> action) {
    return new ReplyAndStop<>(reason, reply, state, Actions.append(actions, action));
  }
}
