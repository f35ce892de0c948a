package io.dgen.internal.engine.round;

/**
 * How many bytes the keys and values of a state have: exactly when it was last measured, and not
 * more than the sum later, since what was written meanwhile may have replaced what was there.
 *
 * @param measured the bytes when it was read, or written in full
 * @param written the bytes of the changes since
 */
public record StateSize(long measured, long written) {

  static final StateSize NONE = new StateSize(0, 0);

  /** Small changes of a small state are not worth measuring. */
  private static final long SLACK = 4096;

  /** What is remembered, at most. */
  public long bytes() {
    return measured + written;
  }

  /** Returns the same after a change. */
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
