package io.dgen;

/**
 * Is told of failures on one node: to count them, or to raise an alarm. Given in {@link
 * DgenOptions#withFailureListener}.
 *
 * <p>It is called after what it is told of was recorded, in that order, by one thread at a time
 * that holds nothing up: it may block. If it falls more than {@value #MAX_WAITING} failures behind,
 * those that follow are dropped, and the log says so. What it throws is logged.
 */
@FunctionalInterface
public interface FailureListener {

  /** How many failures wait for a slow listener. */
  int MAX_WAITING = 10_000;

  /**
   * Told of a failure, once, on the node that recorded it. Nothing is told any more when that node
   * dies or is closed.
   *
   * @param failure what failed
   */
  void failed(Failure failure);
}
