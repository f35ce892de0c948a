package io.dgen.error;

import io.dgen.DeadLetters;
import io.dgen.FailurePolicy;

/**
 * The message failed as often as {@link FailurePolicy#deadLetterThreshold} allows, and is not
 * retried: it is among the entity's {@link DeadLetters}, with its last error, and can be requeued.
 */
public final class DeadLetterException extends DgenException {

  private static final long serialVersionUID = 1L;

  /** How often it was tried. */
  private final int attempts;

  /**
   * Makes an exception.
   *
   * @param message which message, to which entity, and what its last attempt failed with
   * @param attempts how often it was tried
   * @param effect what became of the message
   */
  public DeadLetterException(String message, int attempts, Effect effect) {
    super(message, null, effect);
    this.attempts = attempts;
  }

  /**
   * Returns how often the message was tried.
   *
   * @return at least 1
   */
  public int attempts() {
    return attempts;
  }
}
