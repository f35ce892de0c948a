package io.dgen.generated;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** When a delayed message is due, which is known once it is known when it was sent. */
@FunctionalInterface
public interface Timing {

  /**
   * The time.
   *
   * @param now when it is sent, by the sender's clock
   * @return when it is due
   */
  Instant due(Instant now);

  /**
   * At a time.
   *
   * @param time when; a time that has passed means at once
   * @return the timing
   */
  static Timing at(Instant time) {
    Objects.requireNonNull(time, "time");
    return now -> time;
  }

  /**
   * Some time after it is sent.
   *
   * @param delay how long after; zero or less means at once, and beyond what an {@link Instant}
   *     holds means never
   * @return the timing
   */
  static Timing after(Duration delay) {
    Objects.requireNonNull(delay, "delay");
    return now -> {
      try {
        return now.plus(delay);
      } catch (DateTimeException | ArithmeticException e) {
        return delay.isNegative() ? Instant.MIN : Instant.MAX;
      }
    };
  }
}
