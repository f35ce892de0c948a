package io.dgen.error;

import org.jspecify.annotations.Nullable;

/**
 * The store failed permanently during a commit, so it is unknown whether the message was accepted.
 * It was accepted once or not at all.
 */
public final class OutcomeUnknownException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what happened, where, and what to do
   * @param cause what the store said
   */
  public OutcomeUnknownException(String message, @Nullable Throwable cause) {
    super(message, cause, Effect.UNKNOWN);
  }
}
