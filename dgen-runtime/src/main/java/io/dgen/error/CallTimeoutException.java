package io.dgen.error;

import org.jspecify.annotations.Nullable;

/**
 * No reply, or no acknowledgement, came in time. The message is not withdrawn: it may have been
 * executed, and may be executed later, once. A query has no effect in any case, and may be sent
 * again.
 */
public final class CallTimeoutException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which message, to which entity, and where it was when the time was over
   * @param cause what its last attempt failed with, if it was tried here
   */
  public CallTimeoutException(String message, @Nullable Throwable cause) {
    this(message, cause, Effect.UNKNOWN);
  }

  /**
   * Makes an exception for a message whose effect is known.
   *
   * @param message which message, to which entity, and where it was when the time was over
   * @param cause what its last attempt failed with, if it was tried here
   * @param effect what became of the message; {@link Effect#NONE} for a query
   */
  public CallTimeoutException(String message, @Nullable Throwable cause, Effect effect) {
    super(message, cause, effect);
  }
}
