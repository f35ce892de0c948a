package io.dgen.generated;

import io.dgen.internal.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The way in which a client sends. Immutable.
 *
 * @param timeout how long the sender waits for a reply or an acknowledgement; positive
 * @param isPriority whether the message goes past the queue: it runs at once, on this node, and is
 *     not durable until it has run
 * @param idempotencyKey the key under which the message counts once; null for none
 */
public record Delivery(Duration timeout, boolean isPriority, @Nullable String idempotencyKey) {

  /** Checks the timeout. */
  public Delivery {
    timeout = Durations.positive("a timeout", timeout);
  }

  /**
   * Creates a delivery through the queue or the lane.
   *
   * @param timeout how long the sender waits
   */
  public Delivery(Duration timeout) {
    this(timeout, false, null);
  }

  /**
   * Returns a copy of this delivery with another timeout.
   *
   * @param value how long the sender waits; positive
   * @return the copy
   * @throws IllegalArgumentException if the timeout is zero or negative
   */
  public Delivery withTimeout(Duration value) {
    return new Delivery(value, isPriority, idempotencyKey);
  }

  /**
   * Returns a copy of this delivery that goes past the queue.
   *
   * @return the copy
   */
  public Delivery asPriority() {
    return new Delivery(timeout, true, idempotencyKey);
  }

  /**
   * Returns a copy of this delivery with an idempotency key.
   *
   * @param key the key under which the message counts once
   * @return the copy
   */
  public Delivery withIdempotencyKey(String key) {
    return new Delivery(timeout, isPriority, key);
  }
}
