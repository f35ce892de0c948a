package io.dgen.generated;

import io.dgen.DelayedMessage;
import org.jspecify.annotations.Nullable;

/**
 * Sends casts as part of a transaction: if it commits, each is sent exactly once. Casts to one
 * entity arrive in the order in which they were sent. Queries run within the transaction. As
 * thread-safe as the transaction.
 */
public interface Outbox {

  /**
   * Sends a cast.
   *
   * @param to the destination
   * @param message a cast
   * @param <M> the sealed interface over the server's messages
   * @throws io.dgen.error.MessageTooLargeException if no transaction can hold the message
   */
  <M> void cast(Destination<M> to, M message);

  /**
   * Runs a query within the transaction, which then commits only if the entity has not changed.
   *
   * @param to the destination, without an idempotency key
   * @param message a query
   * @param <M> the sealed interface over the server's messages
   * @return the reply
   * @throws io.dgen.error.NotHostedException if this node does not host the server
   * @throws IllegalStateException if the entity is the one whose callback runs
   */
  <M> @Nullable Object query(Destination<M> to, M message);

  /**
   * Sends a delayed cast.
   *
   * @param to the destination
   * @param message a cast
   * @param timing when it is due
   * @param <M> the sealed interface over the server's messages
   * @return a handle, valid once the transaction has committed
   * @throws io.dgen.error.MessageTooLargeException if no transaction can hold the message
   */
  <M> DelayedMessage cast(Destination<M> to, M message, Timing timing);
}
