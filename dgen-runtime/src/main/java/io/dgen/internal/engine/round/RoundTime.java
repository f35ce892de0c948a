package io.dgen.internal.engine.round;

import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.failure.RoundFailure;
import io.dgen.internal.engine.failure.RoundFailure.Fault;
import io.dgen.spi.Environment;

/** The time that one attempt of a round has taken, and may take. */
final class RoundTime {

  private final Environment environment;
  private final RoundLimits limits;
  private final long began;
  private final long ready;
  private long latest;

  /**
   * Creates it when what the round needs has been read, and the callbacks may begin.
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

  /** Returns whether no further callback may begin. */
  boolean isOver() {
    latest = environment.nanoTime();
    return latest - began > limits.maxRoundTime().toNanos();
  }

  /** Returns the time of the last {@link #isOver}: about when the current callback began. */
  long latest() {
    return latest;
  }

  /**
   * Gives up the round if the store would refuse its commit, and would do so each time that it is
   * repeated. If most of the time passed before the callbacks began, the store was slow or
   * unavailable: the round is repeated until it is back, and no message is blamed.
   *
   * @param last the position of the last message
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
                  + " ms, but its transaction lives for 5 s; do less in it, or do slow work"
                  + " outside and send its result",
              null,
              Effect.NONE));
    }
  }
}
