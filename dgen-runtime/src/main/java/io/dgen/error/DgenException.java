package io.dgen.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that dgen throws. The message says what happened, where, and what to do.
 */
public class DgenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what happened, where, and what to do
   */
  public DgenException(String message) {
    super(message);
  }

  /**
   * Makes an exception with its cause.
   *
   * @param message what happened, where, and what to do
   * @param cause what led to it
   */
  public DgenException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
