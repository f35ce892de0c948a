package io.dgen.error;

import io.dgen.DeadLetters;
import io.dgen.FailurePolicy;

/**
 * The message failed as often as the {@link FailurePolicy} allows, or its next attempt would have
 * begun after its caller's timeout, or it could not be decoded and an operator set it aside. It is
 * not retried: it is among the entity's {@link DeadLetters}, with its last error, and can be
 * requeued.
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
   * @return at least 1; possibly 0 if it could not be decoded and an operator set it aside
   */
  public int attempts() {
    return attempts;
  }
}
