package io.dgen.error;

/**
 * An idempotency key was used again for a message of another type or content than the one that was
 * executed under it, or for a priority message while the one under it holds the lock. The message
 * was not executed and never will be.
 */
public final class IdempotencyKeyException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the key, the entity and both messages
   * @param effect what became of the message
   */
  public IdempotencyKeyException(String message, Effect effect) {
    super(message, null, effect);
  }
}
