package io.dgen.internal;

import java.time.Duration;
import java.util.Objects;

/**
 * Durations that users give. Any duration longer than a century means never, and becomes {@link
 * #NEVER} at once: so no later sum, version or timer can overflow.
 */
public final class Durations {

  /**
   * A hundred years: twice that fits into a long as nanoseconds, and the sum of it and a version of
   * the store fits as microseconds.
   */
  public static final Duration NEVER = Duration.ofDays(36_525);

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private Durations() {}

  /**
   * Returns a duration in the form that is kept.
   *
   * @param value the user's value
   * @return the same, or {@link #NEVER} if it is longer
   */
  public static Duration bounded(Duration value) {
    return value.compareTo(NEVER) > 0 ? NEVER : value;
  }

  /**
   * Returns a duration that must be positive.
   *
   * @param name what it is, for the error
   * @param value the user's value
   * @return the same, or {@link #NEVER} if it is longer
   * @throws IllegalArgumentException if it is zero or negative
   */
  public static Duration positive(String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be positive; found " + value);
    }
    return bounded(value);
  }

  /**
   * Returns the duration of an option: at least a millisecond.
   *
   * @param name what it is, for the error
   * @param value the user's value
   * @return the same, or {@link #NEVER} if it is longer
   * @throws IllegalArgumentException if it is shorter than a millisecond
   */
  public static Duration option(String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (value.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(name + " must be at least a millisecond; found " + value);
    }
    return bounded(value);
  }
}
