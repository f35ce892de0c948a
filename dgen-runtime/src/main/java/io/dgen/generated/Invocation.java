package io.dgen.generated;

import io.dgen.Context;
import io.dgen.From;
import io.dgen.LockedContext;

/** A run of a callback, as generated servers see it. Valid only until the callback returns. */
public interface Invocation extends Context {

  /**
   * Returns the caller of the call that is being handled.
   *
   * @param <R> the reply's type
   * @return the caller, for a reply that is given later
   * @throws IllegalStateException if the message is not a call
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // The generated code knows the message.
  <R> From<R> from();

  /**
   * Returns the outbox that sends as part of the callback's transaction.
   *
   * @return the outbox
   * @throws IllegalStateException if the callback has no transaction
   */
  CallbackOutbox outbox();

  /**
   * Returns this run in the form that {@code handleLocked} takes.
   *
   * @return the context, with steps
   * @throws IllegalStateException if the callback is another one
   */
  default LockedContext locked() {
    throw new IllegalStateException("a LockedContext is for handleLocked only");
  }
}
