package io.dgen.internal.engine;

import java.time.Duration;

/**
 * Where a round is cut.
 *
 * @param maxRoundMessages the most messages in one transaction
 * @param maxRoundBytes the bytes of messages and replies after which no more are taken
 * @param maxRoundTime the time after which no further callback is begun, well below the store's
 *     five seconds
 */
record Limits(int maxRoundMessages, int maxRoundBytes, Duration maxRoundTime) {

  static final Limits DEFAULT = new Limits(1000, 1_000_000, Duration.ofSeconds(1));
}
