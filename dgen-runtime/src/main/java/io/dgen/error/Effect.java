package io.dgen.error;

/**
 * What became of a message whose sender got a {@link DgenException}, or of an operation such as a
 * kill.
 *
 * <p>It is about this one sending. If the same message was sent before under the same idempotency
 * key, the exception of that sending says what became of it.
 */
public enum Effect {

  /**
   * The message changed nothing and will not be executed: it may be sent again. A dead letter is
   * executed after all if somebody requeues it.
   */
  NONE,

  /** The message was executed and its changes are committed: do not send it again. */
  APPLIED,

  /**
   * The message may have been executed, in part or whole, may still be executed later, once, or may
   * be lost. Send it again only under the same idempotency key, or look at the state first.
   */
  UNKNOWN
}
