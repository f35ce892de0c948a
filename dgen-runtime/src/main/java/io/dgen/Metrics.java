package io.dgen;

import io.dgen.error.OverloadedException;
import java.time.Duration;

/**
 * What a node tells about its work, for a system that collects figures. Implement the methods that
 * you want, or use {@code io.dgen.micrometer.MicrometerMetrics}.
 *
 * <p>The methods are called on the engine's threads, by many at a time: they must be thread-safe,
 * return at once and throw nothing. No method names an entity, for there may be millions.
 */
public interface Metrics {

  /** Takes no figures. The engine does not even make them. */
  Metrics NONE = new Metrics() {};

  /**
   * One transaction of an entity's messages has committed, or had nothing to write.
   *
   * @param round what it did
   */
  default void round(Round round) {}

  /**
   * An attempt to run a message failed. It is tried again, unless {@link #deadLetter} follows.
   *
   * @param server the server's name
   * @param message the message's name
   */
  default void attemptFailed(String server, String message) {}

  /**
   * A message is not tried any more, and went to its entity's dead letters.
   *
   * @param server the server's name
   * @param message the message's name
   */
  default void deadLetter(String server, String message) {}

  /**
   * An action failed. The state stands, and the actions behind it did not run.
   *
   * @param server the server's name
   */
  default void actionFailed(String server) {}

  /**
   * A message was refused with {@link OverloadedException}.
   *
   * @param server the server's name
   */
  default void overloaded(String server) {}

  /**
   * An entity failed too often and was paused.
   *
   * @param server the server's name
   */
  default void paused(String server) {}

  /**
   * What one round did.
   *
   * @param server the server's name
   * @param messages how many messages it ran: the size of the batch
   * @param queueLength how many messages were in the entity's queue when it began
   * @param duration how long it took, all attempts and the commit included
   * @param commit how long the store took to commit it; zero if nothing was written
   * @param conflicts how many attempts were void because another transaction was faster
   */
  record Round(
      String server,
      int messages,
      long queueLength,
      Duration duration,
      Duration commit,
      int conflicts) {}
}
