package io.dgen.internal.engine;

import io.dgen.DgenException;
import io.dgen.internal.engine.RoundFailure.Fault;
import io.dgen.spi.Environment;

/** How long one attempt of a round has taken, and may. */
final class RoundTime {

  private final Environment environment;
  private final Limits limits;
  private final long began;

  /**
   * @param began when the attempt's transaction began, by {@link Environment#nanoTime}
   */
  RoundTime(Environment environment, Limits limits, long began) {
    this.environment = environment;
    this.limits = limits;
    this.began = began;
  }

  /** Whether no further callback is to begin. */
  boolean isOver() {
    return environment.nanoTime() - began > limits.maxRoundTime().toNanos();
  }

  /**
   * Gives the round up if the store would refuse its commit, and do so each time that it is
   * repeated.
   *
   * @param last which message was the last
   */
  void check(int last) {
    long nanos = environment.nanoTime() - began;
    if (nanos > limits.maxTransactionTime().toNanos()) {
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
