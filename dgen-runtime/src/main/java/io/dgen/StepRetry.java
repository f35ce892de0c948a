package io.dgen;

import io.dgen.internal.Durations;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * How often a step that fails is tried within one run of {@code handleLocked}, before its exception
 * leaves the step. The run holds the lock and its thread meanwhile. Immutable and thread-safe if
 * the predicate is.
 *
 * @param attempts how often it is tried in all, from 1 to {@value #MAX_ATTEMPTS}
 * @param firstDelay how long to wait before the second try; later waits are twice as long each time
 * @param maxDelay how long to wait at most
 * @param retries which exceptions are worth another try. A {@link io.dgen.error.RefusedException},
 *     which is an outcome, an {@link Error} and an {@link InterruptedException} never are
 */
public record StepRetry(
    int attempts, Duration firstDelay, Duration maxDelay, Predicate<? super Exception> retries) {

  /** The most attempts. */
  public static final int MAX_ATTEMPTS = 1000;

  /** A step is tried once: the message's own retries are enough. The default. */
  public static final StepRetry ONCE = upTo(1);

  /** Checks the policy. */
  public StepRetry {
    if (attempts < 1 || attempts > MAX_ATTEMPTS) {
      throw new IllegalArgumentException(
          "a step is tried 1 to " + MAX_ATTEMPTS + " times; found " + attempts);
    }
    firstDelay = Durations.option("firstDelay", firstDelay);
    maxDelay = Durations.option("maxDelay", maxDelay);
    Objects.requireNonNull(retries, "retries");
  }

  /**
   * Returns a policy that waits 100 ms, and then twice as long each time, up to 10 s.
   *
   * @param attempts how often a step is tried in all, from 1 to {@value #MAX_ATTEMPTS}
   * @return the policy, for every exception
   */
  public static StepRetry upTo(int attempts) {
    return new StepRetry(
        attempts, Duration.ofMillis(100), Duration.ofSeconds(10), exception -> true);
  }

  /**
   * Returns this policy with other delays.
   *
   * @param first how long to wait before the second try, at least a millisecond
   * @param most how long to wait at most, at least a millisecond
   * @return a new policy
   */
  public StepRetry withDelays(Duration first, Duration most) {
    return new StepRetry(attempts, first, most, retries);
  }

  /**
   * Returns this policy for some exceptions.
   *
   * @param some which exceptions are worth another try
   * @return a new policy
   */
  public StepRetry when(Predicate<? super Exception> some) {
    return new StepRetry(attempts, firstDelay, maxDelay, some);
  }
}
