package io.dgen;

import io.dgen.error.EntityDeletedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the entity. The caller of a call gets an {@link EntityDeletedException}. Immutable. Made
 * by {@link Results#delete}.
 *
 * @param actions the actions to run after the commit, in order; they get the state that was deleted
 * @param <R> the reply's type
 * @param <S> the state's type
 */
public record Delete<R, S>(List<HaltingAction<? super S>> actions)
    implements CallResult<R, S>, CastResult<S>, LockedResult<R, S> {

  /** Copies the actions. */
  public Delete {
    actions = List.copyOf(actions);
  }

  /**
   * Returns null: nothing is left of the state.
   *
   * @return null
   */
  @Override
  public @Nullable S state() {
    return null;
  }

  /**
   * Returns a copy of this result with another action.
   *
   * @param action the action to run after the commit; it gets the state that was deleted
   * @param <Q> the reply's type
   * @param <T> the state's type
   * @return the copy
   */
  public <Q, T extends S> Delete<Q, T> then(Action<? super T> action) {
    return thenOrHalt(Actions.<T>always(action));
  }

  /**
   * Returns a copy of this result with another action, which may halt later ones.
   *
   * @param action the action to run after the commit; later actions do not run if it returns false
   * @param <Q> the reply's type
   * @param <T> the state's type
   * @return the copy
   */
  public <Q, T extends S> Delete<Q, T> thenOrHalt(HaltingAction<? super T> action) {
    return new Delete<>(Actions.<T>append(actions, action));
  }
}
