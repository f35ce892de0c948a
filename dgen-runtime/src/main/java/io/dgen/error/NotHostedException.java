package io.dgen.error;

import io.dgen.Dgen;

/** The message needs a server that this {@link Dgen} does not host. */
public final class NotHostedException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which server, and how to host it
   */
  public NotHostedException(String message) {
    super(message, null, Effect.NONE);
  }
}
