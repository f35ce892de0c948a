package io.dgen.internal.engine.round;

import io.dgen.error.DgenException;
import io.dgen.internal.engine.failure.RoundFailure;
import io.dgen.internal.engine.failure.RoundFailure.Fault;
import io.dgen.spi.Environment;

/** How long one attempt of a round has taken, and may. */
final class RoundTime {

  private final Environment environment;
  private final RoundLimits limits;
  private final long began;
  private final long ready;
  private long latest;

  /**
   * Made when what the round needs has been read, and the callbacks may begin.
   *
   * @param began when the attempt's transaction began, by {@link Environment#nanoTime}
   */
  RoundTime(Environment environment, RoundLimits limits, long began) {
    this.environment = environment;
    this.limits = limits;
    this.began = began;
    this.ready = environment.nanoTime();
    this.latest = ready;
  }

  /** Returns whether no further callback is to begin. */
  boolean isOver() {
    latest = environment.nanoTime();
    return latest - began > limits.maxRoundTime().toNanos();
  }

  /** Returns when it was last asked for the time: about when the present callback began. */
  long latest() {
    return latest;
  }

  /**
   * Gives the round up if the store would refuse its commit, and do so each time that it is
   * repeated. If most of the time went by before the callbacks began, it was the store that was
   * slow, or away: the round is repeated until it is back, and no message is blamed.
   *
   * @param last which message was the last
   */
  void check(int last) {
    long now = environment.nanoTime();
    long nanos = now - began;
    if (nanos > limits.maxTransactionTime().toNanos() && now - ready > ready - began) {
      throw new RoundFailure(
          Fault.TIME,
          last,
          new DgenException(
              "the callback took "
                  + nanos / 1_000_000
                  + " ms, and its transaction lives for 5 s; do less in it, or do slow work"
                  + " outside and send its result"));
    }
  }
}
