package io.dgen.internal.engine.round;

/**
 * The size of the keys and values of a state, in bytes: exact when it was last measured, and an
 * upper bound later, since later writes may have replaced earlier ones.
 *
 * @param measured the bytes when it was read, or written in full
 * @param written the bytes of the changes since
 */
public record StateSize(long measured, long written) {

  static final StateSize NONE = new StateSize(0, 0);

  /** Small changes of a small state are not worth measuring. */
  private static final long SLACK = 4096;

  /** Returns the upper bound of the size. */
  public long bytes() {
    return measured + written;
  }

  /** Returns the size after a change. */
  StateSize plus(long change) {
    return change == 0 ? this : new StateSize(measured, written + change);
  }

  /**
   * Returns whether it should be measured again: as much was written since as a full measurement
   * reads, so that on average measuring costs less than writing.
   */
  boolean isVague() {
    return written > measured + SLACK;
  }
}
