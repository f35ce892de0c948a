package io.dgen.internal.store;

/** Thrown for an error after which a retry cannot help. */
final class NotRetryable extends Exception {

  private static final long serialVersionUID = 1L;

  NotRetryable() {
    super("the transaction must not be retried", null, false, false);
  }
}
