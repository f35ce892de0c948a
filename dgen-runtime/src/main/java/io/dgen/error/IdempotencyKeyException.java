package io.dgen.error;

/**
 * An idempotency key was used for a message of another type than the one that was carried out under
 * it, or for a priority message while the one under it holds the lock. The message was not carried
 * out, and is not.
 */
public final class IdempotencyKeyException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param message the key, the entity and both messages
   */
  public IdempotencyKeyException(String message) {
    super(message);
  }
}
