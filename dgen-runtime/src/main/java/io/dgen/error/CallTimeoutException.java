package io.dgen.error;

import org.jspecify.annotations.Nullable;

/**
 * No reply, or no acknowledgement, came in time. The message is not withdrawn: it may have been
 * executed, and may be executed later, once.
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
    super(message, cause, Effect.UNKNOWN);
  }
}
