package io.dgen.internal.engine.failure;

import io.dgen.spi.Environment;
import java.time.Duration;

/** The delay before a message is retried: twice as long each time, with jitter. */
public record BackOff(Duration first, Duration most, Environment environment) {

  /**
   * Returns the delay after a number of failures.
   *
   * @param failures at least 1
   * @return microseconds, between half of the full delay and all of it, so that entities that
   *     failed together do not come back together
   */
  long afterFailures(int failures) {
    long longest = longest();
    long full = first.toNanos() / 1000;
    for (int i = 1; i < failures && full < longest; i++) {
      full *= 2;
    }
    full = Math.max(1, Math.min(full, longest));
    return full - environment.random().nextLong(full / 2 + 1);
  }

  /** Returns the longest delay, in microseconds. */
  public long longest() {
    return most.toNanos() / 1000;
  }
}
