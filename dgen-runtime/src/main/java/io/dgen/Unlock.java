package io.dgen;

import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes the state, unlocks the entity, and replies or refuses. Immutable. Made by {@link
 * Results#unlock} and its neighbours.
 *
 * <p>The update is applied in one transaction to the state as it is then, which priority messages
 * may have changed since the lock was taken; it may run more than once, and only the last counts.
 * One that takes a {@link Context} may send, reply, cancel and write keys of its own in that
 * transaction.
 *
 * @param replies whether the caller gets a reply now; if not, the caller of a call keeps waiting
 *     until its {@link From} is answered
 * @param reply what the caller gets; may be null
 * @param refusal what the caller gets in place of a reply; null if the message is not refused
 * @param update makes the new state from the present one
 * @param stop why the entity stops; null if it does not
 * @param actions the actions that run after the commit, in order
 * @param <R> the reply's type; {@code Void} for a cast
 * @param <S> the state's type
 */
public record Unlock<R, S>(
    boolean replies,
    @Nullable R reply,
    @Nullable RefusedException refusal,
    LockedUpdate<S> update,
    @Nullable StopReason stop,
    List<HaltingAction<? super S>> actions)
    implements LockedResult<R, S> {

  /** Copies the refusal, as one whose message was executed, and the actions. */
  public Unlock {
    refusal = refusal == null ? null : RefusedException.of(refusal, Effect.APPLIED);
    actions = List.copyOf(actions);
  }

  /**
   * Returns this result with one more action.
   *
   * @param action what is done after the commit
   * @return a new result
   */
  public Unlock<R, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * Returns this result with one more action, which may halt later ones.
   *
   * @param action what is done after the commit; false keeps later actions from running
   * @return a new result
   */
  public Unlock<R, S> thenOrHalt(HaltingAction<? super S> action) {
    return new Unlock<>(replies, reply, refusal, update, stop, Actions.append(actions, action));
  }
}
