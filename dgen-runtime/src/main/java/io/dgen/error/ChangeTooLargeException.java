package io.dgen.error;

import io.dgen.FailureListener;
import io.dgen.FailurePolicy;
import org.jspecify.annotations.Nullable;

/**
 * What the callback of one message changed and sent does not fit into one transaction of the store,
 * which holds 10,000,000 bytes of keys, values and conflict ranges. Nothing of it is stored. Since
 * it cannot succeed however often it is tried, the message is given up at once: it is a dead letter
 * whatever the {@link FailurePolicy} says, and its caller gets a {@link DeadLetterException}. The
 * sender of a priority or info message gets a {@link CallbackException}, whose cause this is; and a
 * {@link FailureListener} is told of it.
 *
 * <p>If the first state that {@code init} makes is too large, no message to its entity can run:
 * those that are queued are given up alike, and senders on the node that owns the entity get a
 * {@link CallbackException}.
 */
public final class ChangeTooLargeException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is too large, and what to do
   * @param cause what the store said; null for nothing
   */
  public ChangeTooLargeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
