package io.dgen.internal.engine.round;

import java.time.Duration;

/**
 * The limits of a round.
 *
 * @param maxRoundMessages the most messages in one transaction
 * @param maxRoundBytes the bytes of messages and replies after which no more are taken
 * @param maxRoundTime the time after which no further callback is begun, well below the store's
 *     five seconds
 * @param maxTransactionTime the time after which a transaction is given up rather than committed:
 *     the store's five seconds less the time for the commit itself
 */
public record RoundLimits(
    int maxRoundMessages, int maxRoundBytes, Duration maxRoundTime, Duration maxTransactionTime) {

  /** The most messages that are sent as one batch. */
  public static final int MAX_BATCH = 10_000;

  public static final RoundLimits DEFAULT =
      new RoundLimits(1000, 1_000_000, Duration.ofSeconds(1), Duration.ofMillis(4500));
}
