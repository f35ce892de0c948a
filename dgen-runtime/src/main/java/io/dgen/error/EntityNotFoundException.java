package io.dgen.error;

/**
 * A query was sent to an entity that does not exist: no message has created it yet, or it was
 * killed or reset. A query never creates an entity.
 */
public final class EntityNotFoundException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which query, to which entity, and what to do
   */
  public EntityNotFoundException(String message) {
    super(message, null, Effect.NONE);
  }
}
