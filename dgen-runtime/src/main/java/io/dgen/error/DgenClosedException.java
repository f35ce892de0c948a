package io.dgen.error;

import io.dgen.Dgen;

/** The {@link Dgen} was closed before the message could be sent or answered. */
public final class DgenClosedException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which message, and whether it may still be executed
   * @param effect what became of the message
   */
  public DgenClosedException(String message, Effect effect) {
    super(message, null, effect);
  }
}
