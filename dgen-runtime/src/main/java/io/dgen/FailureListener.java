package io.dgen;

/**
 * A listener for failures on one node: to count them, or to raise an alarm. Set by {@link
 * DgenOptions.Builder#failureListener}.
 *
 * <p>It is called after the failures were recorded, in the same order, on one thread at a time that
 * holds nothing up: it may block. If it falls more than {@value #MAX_WAITING} failures behind,
 * further ones are dropped and the log says so. Exceptions that it throws are logged.
 */
@FunctionalInterface
public interface FailureListener {

  /** The most failures that wait for a slow listener. */
  int MAX_WAITING = 10_000;

  /**
   * Receives a failure, once, on the node that recorded it. Pending failures are lost when that
   * node dies or is closed.
   *
   * @param failure the failure
   */
  void failed(Failure failure);
}
