package io.dgen;

/**
 * Makes the new state when a lock is released, in the transaction that releases it. What it does
 * through its context (sends, replies, cancellations, keys of your own) is part of that
 * transaction: it happens if and only if the new state is stored.
 *
 * <p>It may run more than once; only the last run counts. As in any callback that runs in a
 * transaction, no verb of a client or of {@link Dgen} may be used in it that is not reached through
 * the context.
 *
 * @param <S> the state's type
 */
@FunctionalInterface
public interface LockedUpdate<S> {

  /**
   * Makes the new state.
   *
   * @param state the present state, which priority messages may have changed since the lock was
   *     taken
   * @param context the context of the transaction, valid until this method returns
   * @return the new state; not null
   * @throws io.dgen.error.RefusedException to refuse the message: the lock is released, the state
   *     stays as it is, and what this update has done is dropped
   */
  S apply(S state, Context context);
}
