package io.dgen.error;

/**
 * The entity was killed, or reset, while the message waited; the message was not executed and never
 * will be.
 */
public final class EntityKilledException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which message, to which entity, and what to do
   */
  public EntityKilledException(String message) {
    super(message);
  }
}
