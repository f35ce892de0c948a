package io.dgen;

import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import java.util.List;

/**
 * Refuses a message and keeps a state: everything that the callback did stands, and the caller of a
 * call gets the refusal. Made by {@link Results#refuse}.
 *
 * @param refusal what the caller gets
 * @param state the state after the callback
 * @param actions the actions to run after the commit, in order
 * @param <R> the reply's type
 * @param <S> the state's type
 */
public record Refuse<R, S>(
    RefusedException refusal, S state, List<HaltingAction<? super S>> actions)
    implements CallResult<R, S>, CastResult<S> {

  /** Copies the refusal, as one whose message was executed, and the actions. */
  public Refuse {
    refusal = RefusedException.of(refusal, Effect.APPLIED);
    actions = List.copyOf(actions);
  }

  /**
   * Creates a result without actions.
   *
   * @param refusal what the caller gets
   * @param state the state after the callback
   */
  public Refuse(RefusedException refusal, S state) {
    this(refusal, state, List.of());
  }

  /**
   * Returns a copy of this result with another action.
   *
   * @param action the action to run after the commit
   * @param <Q> the reply's type
   * @return the copy
   */
  public <Q> Refuse<Q, S> then(Action<? super S> action) {
    return thenOrHalt(Actions.always(action));
  }

  /**
   * Returns a copy of this result with another action, which may halt later ones.
   *
   * @param action the action to run after the commit; later actions do not run if it returns false
   * @param <Q> the reply's type
   * @return the copy
   */
  public <Q> Refuse<Q, S> thenOrHalt(HaltingAction<? super S> action) {
    return new Refuse<>(refusal, state, Actions.append(actions, action));
  }
}
