package io.dgen.generated;

import io.dgen.internal.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a client sends. Immutable.
 *
 * @param timeout how long the sender waits for a reply or an acknowledgement; positive
 * @param isPriority whether the message goes past the queue: it runs at once, on this node, and is
 *     not durable until it has run
 * @param idempotencyKey under which key the message counts once; null for none
 */
public record Delivery(Duration timeout, boolean isPriority, @Nullable String idempotencyKey) {

  /** Checks the timeout. */
  public Delivery {
    timeout = Durations.positive("a timeout", timeout);
  }

  /**
   * A delivery through the queue or the lane.
   *
   * @param timeout how long the sender waits
   */
  public Delivery(Duration timeout) {
    this(timeout, false, null);
  }

  /**
   * The same with another timeout.
   *
   * @param value how long the sender waits; positive
   * @return the new delivery
   * @throws IllegalArgumentException if the timeout is zero or negative
   */
  public Delivery withTimeout(Duration value) {
    return new Delivery(value, isPriority, idempotencyKey);
  }

  /**
   * The same past the queue.
   *
   * @return the new delivery
   */
  public Delivery asPriority() {
    return new Delivery(timeout, true, idempotencyKey);
  }

  /**
   * The same under an idempotency key.
   *
   * @param key under which key the message counts once
   * @return the new delivery
   */
  public Delivery withIdempotencyKey(String key) {
    return new Delivery(timeout, isPriority, key);
  }
}
