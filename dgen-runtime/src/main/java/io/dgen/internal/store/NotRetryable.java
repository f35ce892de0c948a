package io.dgen.internal.store;

/** An error that trying again does not help against. */
final class NotRetryable extends Exception {

  private static final long serialVersionUID = 1L;

  NotRetryable() {
    super("the transaction must not be tried again", null, false, false);
  }
}
