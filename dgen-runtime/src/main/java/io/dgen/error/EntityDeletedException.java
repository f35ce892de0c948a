package io.dgen.error;

/** The call's callback deleted the entity without a reply. Its effects are committed. */
public final class EntityDeletedException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which message, and of which entity
   */
  public EntityDeletedException(String message) {
    super(message, null, Effect.APPLIED);
  }
}
