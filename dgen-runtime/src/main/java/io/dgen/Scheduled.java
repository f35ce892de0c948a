package io.dgen;

import io.dgen.spi.Sender;
import io.dgen.store.Transaction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that was sent with a delay, and can be called back until it is due. Immutable and
 * thread-safe. Two are equal if they name the same message: messages that are sent under one
 * idempotency key are the same, and the first of them says when it is due.
 *
 * <p>To cancel a message later, from another process or from a callback, keep its {@link #text},
 * for instance in an entity's state: {@link Dgen#scheduled} makes a handle of it again, and {@link
 * Context#cancel} takes it as it is.
 */
public final class Scheduled {

  private final Sender sender;
  private final String text;

  private Scheduled(Sender sender, String text) {
    this.sender = sender;
    this.text = text;
  }

  /**
   * Names a message. For the engine.
   *
   * @param sender what cancels it
   * @param text its name
   * @return the handle
   */
  public static Scheduled of(Sender sender, String text) {
    return new Scheduled(sender, Objects.requireNonNull(text));
  }

  /**
   * The name of the message: letters, digits, {@code -} and {@code _}.
   *
   * @return a text that means the same on every node
   */
  public String text() {
    return text;
  }

  /**
   * Cancels the message, and waits until that is durable. Inside a callback use {@link
   * Context#cancel}, which is part of its transaction.
   *
   * @return whether it was in time: if true, the message is never carried out; if false, it was, or
   *     is about to be, or was cancelled before
   * @throws DgenException if the store fails
   */
  public boolean cancel() {
    return sender.cancel(text);
  }

  /**
   * Cancels the message as part of a transaction.
   *
   * @param transaction a transaction of the same store, which the caller commits
   * @return whether it is in time, if the transaction commits
   * @throws DgenException if the store fails
   */
  public boolean cancel(Transaction transaction) {
    return sender.cancel(text, transaction);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Scheduled that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
