package io.dgen.error;

import io.dgen.DgenOptions;

/**
 * The node that held the entity's lock for the message died or was cut off, or the lock was broken,
 * and the message was dropped, as {@link DgenOptions#lockLost} says. It is unknown how far {@code
 * handleLocked} came.
 *
 * <p>Within {@code handleLocked}, a step or a sleep throws it if the lock is no longer held for
 * this run: the step did not run, or its result is not recorded, and whatever this run returns has
 * no effect. Let it leave {@code handleLocked}.
 */
public final class LockLostException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which message, to which entity, and what to do
   */
  public LockLostException(String message) {
    super(message, null, Effect.UNKNOWN);
  }
}
