package io.dgen.error;

/** The call's callback stopped the entity without a reply. Its effects are committed. */
public final class EntityStoppedException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which message, to which entity, and what to do
   */
  public EntityStoppedException(String message) {
    super(message, null, Effect.APPLIED);
  }
}
