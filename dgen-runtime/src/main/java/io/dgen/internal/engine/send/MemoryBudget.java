package io.dgen.internal.engine.send;

import java.util.concurrent.atomic.AtomicLong;

/** The budget of bytes for all messages that wait in this node's memory. Thread-safe. */
public final class MemoryBudget {

  /** The rough memory overhead of a message, in bytes, in addition to its content. */
  static final int OVERHEAD = 256;

  private final AtomicLong taken = new AtomicLong();
  private final long max;

  /**
   * Creates a budget.
   *
   * @param max the most bytes
   */
  public MemoryBudget(long max) {
    this.max = max;
  }

  /** Reserves bytes; returns false, and reserves nothing, if there are not enough. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= max) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** Reserves bytes for messages that had them before, whether or not there are enough. */
  void takeBack(long bytes) {
    taken.addAndGet(bytes);
  }

  /** Releases bytes. */
  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** Returns how many bytes are reserved. */
  long taken() {
    return taken.get();
  }
}
