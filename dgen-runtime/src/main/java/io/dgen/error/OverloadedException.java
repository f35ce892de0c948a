package io.dgen.error;

import io.dgen.Bounds;

/**
 * An entity has as many messages waiting as {@link Bounds} allow. The message was not accepted:
 * nothing of it is in memory or in the store, and it can be sent again later.
 */
public final class OverloadedException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which entity, which bound, and what to do
   */
  public OverloadedException(String message) {
    super(message, null, Effect.NONE);
  }
}
