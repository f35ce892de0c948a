package io.dgen.internal.engine.work;

import io.dgen.error.DgenClosedException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.format.Address;

/**
 * Tells whether a node accepts messages, and whether its answers are still delivered. Thread-safe.
 */
public final class Lifecycle {

  private volatile boolean closing;
  private volatile boolean closed;

  /** Begins to close: nothing more is accepted. */
  public void beginClosing() {
    closing = true;
  }

  /** Closes: senders are no longer completed. */
  public void close() {
    closed = true;
  }

  public boolean isClosing() {
    return closing;
  }

  public boolean isClosed() {
    return closed;
  }

  /**
   * Checks that the node is open.
   *
   * @param what the operation, for the error
   * @throws DgenClosedException if it is not
   */
  public void requireOpen(String what) {
    if (closing) {
      throw new DgenClosedException("cannot " + what + ": this Dgen is closed", Effect.NONE);
    }
  }

  /** Checks as {@link #requireOpen(String)} does, without building a text if the node is open. */
  public void requireOpen(String what, Address address) {
    if (closing) {
      requireOpen(what + " " + address);
    }
  }
}
