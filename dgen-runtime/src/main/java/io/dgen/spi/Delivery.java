package io.dgen.spi;

import java.time.Duration;
import java.util.Objects;

/**
 * How a client sends. Immutable.
 *
 * @param timeout how long the sender waits for a reply or an acknowledgement; positive
 * @param isPriority whether the message goes past the queue: it runs at once, on this node, and is
 *     not durable until it has run
 */
public record Delivery(Duration timeout, boolean isPriority) {

  /** Checks the timeout. */
  public Delivery {
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("a timeout is positive; found " + timeout);
    }
  }

  /**
   * A delivery through the queue or the lane.
   *
   * @param timeout how long the sender waits
   */
  public Delivery(Duration timeout) {
    this(timeout, false);
  }

  /**
   * The same with another timeout.
   *
   * @param value how long the sender waits; positive
   * @return the new delivery
   * @throws IllegalArgumentException if the timeout is zero or negative
   */
  public Delivery withTimeout(Duration value) {
    return new Delivery(value, isPriority);
  }

  /**
   * The same past the queue.
   *
   * @return the new delivery
   */
  public Delivery asPriority() {
    return new Delivery(timeout, true);
  }
}
