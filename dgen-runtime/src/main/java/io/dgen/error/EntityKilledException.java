package io.dgen.error;

/**
 * The entity was killed, or reset, while the message waited; the message will never be executed. It
 * changed nothing, unless it had taken the entity's lock: what its callback sent when it took the
 * lock was sent, and {@link #effect} is then {@link Effect#UNKNOWN}.
 */
public final class EntityKilledException extends DgenException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which message, to which entity, and what to do
   * @param effect what became of the message
   */
  public EntityKilledException(String message, Effect effect) {
    super(message, null, effect);
  }
}
