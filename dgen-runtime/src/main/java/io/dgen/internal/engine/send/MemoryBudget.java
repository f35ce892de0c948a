package io.dgen.internal.engine.send;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of all messages that wait in this node's memory, of which there is a bound.
 * Thread-safe.
 */
public final class MemoryBudget {

  /** What a message costs in memory beside its content, roughly. */
  static final int OVERHEAD = 256;

  private final AtomicLong taken = new AtomicLong();
  private final long max;

  /**
   * Makes room.
   *
   * @param max the most bytes
   */
  public MemoryBudget(long max) {
    this.max = max;
  }

  /** Takes room; false, and nothing is taken, if there is not enough. */
  boolean take(long bytes) {
    if (taken.addAndGet(bytes) <= max) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** Takes room for what had it before, whether or not there is enough. */
  void takeBack(long bytes) {
    taken.addAndGet(bytes);
  }

  /** Gives room back. */
  void giveBack(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** Returns how many bytes are taken. */
  long taken() {
    return taken.get();
  }
}
