package io.dgen;

import io.dgen.error.DgenException;
import io.dgen.store.Transaction;

/**
 * A message that was sent with a delay, and can be cancelled until it is due. Immutable and
 * thread-safe. Equality is by message: messages that are sent under one idempotency key are the
 * same, and the first of them sets the time.
 *
 * <p>To cancel a message later, from another process or from a callback, keep its {@link #text},
 * for instance in an entity's state: {@link Dgen#scheduled} makes a handle of it again, and {@link
 * Context#cancel} takes it as it is.
 */
public interface Scheduled {

  /**
   * Returns the name of the message: letters, digits, {@code -} and {@code _}.
   *
   * @return a text that means the same on every node
   */
  String text();

  /**
   * Cancels the message, and waits until that is durable. Inside a callback use {@link
   * Context#cancel}, which is part of its transaction.
   *
   * @return whether it was in time: if true, the message is never carried out; if false, it was, or
   *     is about to be, or was cancelled before
   * @throws DgenException if the store fails
   */
  boolean cancel();

  /**
   * Cancels the message as part of a transaction.
   *
   * @param transaction a transaction of the same store, which the caller commits
   * @return whether it is in time, if the transaction commits
   * @throws DgenException if the store fails
   */
  boolean cancel(Transaction transaction);
}
