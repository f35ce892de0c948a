package io.dgen;

import io.dgen.store.Transaction;
import java.util.Objects;

/**
 * A handle of a message that was sent with a delay, and can be cancelled until it is due: with
 * {@link Dgen#cancel(DelayedMessage)}, {@link Dgen#cancel(DelayedMessage, Transaction)}, or {@link
 * Context#cancel} in a callback. It is a value: it may be a component of a state, message or reply,
 * and means the same on every node and in every process. Messages that are sent under one
 * idempotency key have the same handle, and the first of them sets the time.
 *
 * @param text the name of the message: letters, digits, {@code -} and {@code _}
 */
public record DelayedMessage(String text) {

  /** Checks that the text is present. */
  public DelayedMessage {
    Objects.requireNonNull(text, "text");
  }

  /**
   * Returns the name of the message.
   *
   * @return the text
   */
  @Override
  public String toString() {
    return text;
  }
}
