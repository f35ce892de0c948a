package io.dgen.generated;

import io.dgen.DelayedMessage;

/**
 * Sends casts as part of a transaction: if it commits, each is sent exactly once. Casts to one
 * entity arrive in the order in which they were sent. As thread-safe as the transaction.
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
