package io.dgen.internal.engine;

import java.util.Objects;

/**
 * A round came to a message that it cannot get past. The transaction is given up, and with it
 * everything that the round's callbacks did; the activation decides what happens next.
 */
final class RoundFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is at fault. */
  enum Fault {
    /** The message at {@link #index}. */
    MESSAGE,
    /** The entity: its state cannot be made or read, so no message can be run. */
    ENTITY
  }

  private final Fault fault;
  private final int index;

  RoundFailure(Fault fault, int index, Throwable cause) {
    super(null, cause, false, false);
    this.fault = fault;
    this.index = index;
  }

  Fault fault() {
    return fault;
  }

  /** The place of the message in the round; 0 is the first. */
  int index() {
    return index;
  }

  Throwable reason() {
    return Objects.requireNonNull(getCause());
  }
}
