package io.dgen.internal;

import java.time.Duration;
import java.util.Objects;

/**
 * Durations that users give. Whatever is longer than a century means never, and becomes {@link
 * #NEVER} where it is given: so no sum, no version and no timer behind it can overflow.
 */
public final class Durations {

  /**
   * A hundred years: as nanoseconds twice of it fit into a long, and as microseconds so many that a
   * version of the store and it do.
   */
  public static final Duration NEVER = Duration.ofDays(36_525);

  private Durations() {}

  /**
   * Returns a duration as it is kept.
   *
   * @param value what the user gave
   * @return the same, or {@link #NEVER} if it is longer
   */
  public static Duration bounded(Duration value) {
    return value.compareTo(NEVER) > 0 ? NEVER : value;
  }

  /**
   * Returns a duration that must be positive.
   *
   * @param name what it is, for the error
   * @param value what the user gave
   * @return the same, or {@link #NEVER} if it is longer
   * @throws IllegalArgumentException if it is zero or negative
   */
  public static Duration positive(String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " is positive; found " + value);
    }
    return bounded(value);
  }
}
