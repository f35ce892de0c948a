package io.dgen.error;

import io.dgen.FailureListener;
import io.dgen.FailurePolicy;
import org.jspecify.annotations.Nullable;

/**
 * The changes and sends of a message's callback do not fit into one transaction of the store, which
 * holds 10,000,000 bytes of keys, values and conflict ranges. None of them is stored. Since no
 * retry can succeed, the message is given up at once: it becomes a dead letter under any {@link
 * FailurePolicy}, and its caller gets a {@link DeadLetterException}. The sender of a priority or
 * info message gets a {@link CallbackException} with this as its cause. A {@link FailureListener}
 * is told of it.
 *
 * <p>If the first state that {@code init} makes is too large, no message to its entity can run:
 * queued messages are given up in the same way, and senders on the node that owns the entity get a
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
    super(message, cause, Effect.NONE);
  }
}
