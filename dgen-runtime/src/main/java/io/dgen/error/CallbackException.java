package io.dgen.error;

import org.jspecify.annotations.Nullable;

/** A callback failed and the message is not retried. The cause is what the callback threw. */
public final class CallbackException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which callback, of which entity
   * @param cause what it threw
   */
  public CallbackException(String message, @Nullable Throwable cause) {
    super(message, cause, Effect.NONE);
  }
}
