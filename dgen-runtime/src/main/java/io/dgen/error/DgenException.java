package io.dgen.error;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that dgen throws. The message says what happened, where, and what to do;
 * {@link #effect} says what became of the message that was sent.
 */
public class DgenException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What became of the message. */
  private final Effect effect;

  /**
   * Creates an exception. There is no constructor without an effect: whoever throws knows best, and
   * {@link Effect#UNKNOWN} is always true.
   *
   * @param message what happened, where, and what to do
   * @param cause what led to it; null for nothing
   * @param effect what became of the message
   */
  public DgenException(String message, @Nullable Throwable cause, Effect effect) {
    super(message, cause);
    this.effect = effect;
  }

  /**
   * Returns what became of the message that was sent, or of the operation that was requested.
   *
   * @return whether it changed anything, as far as is known
   */
  public Effect effect() {
    return effect;
  }
}
