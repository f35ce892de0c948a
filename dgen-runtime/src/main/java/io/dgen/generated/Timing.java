package io.dgen.generated;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** The time when a delayed message is due, possibly relative to the time of sending. */
@FunctionalInterface
public interface Timing {

  /**
   * Returns when a message is due.
   *
   * @param now when it is sent, by the sender's clock
   * @return when it is due
   */
  Instant due(Instant now);

  /**
   * Returns the timing of a fixed time.
   *
   * @param time the time; a time in the past means at once
   * @return the timing
   */
  static Timing at(Instant time) {
    Objects.requireNonNull(time, "time");
    return now -> time;
  }

  /**
   * Returns the timing of a delay.
   *
   * @param delay the delay, from the time of sending; zero or less means at once, and more than an
   *     {@link Instant} can hold means never
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
