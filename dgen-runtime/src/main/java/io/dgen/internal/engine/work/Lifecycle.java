package io.dgen.internal.engine.work;

import io.dgen.error.DgenClosedException;
import io.dgen.internal.engine.format.Address;

/** Whether a node takes messages, and whether anybody still waits for its answers. Thread-safe. */
public final class Lifecycle {

  private volatile boolean closing;
  private volatile boolean closed;

  /** Begins to close: nothing is taken any more. */
  public void beginClosing() {
    closing = true;
  }

  /** Ends: nobody completes a sender any more. */
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
   * @param what what is to be done, for the error
   * @throws DgenClosedException if it is not
   */
  public void requireOpen(String what) {
    if (closing) {
      throw new DgenClosedException("cannot " + what + ": this Dgen is closed");
    }
  }

  /** As {@link #requireOpen(String)}; words nothing if it is open. */
  public void requireOpen(String what, Address address) {
    if (closing) {
      requireOpen(what + " " + address);
    }
  }
}
