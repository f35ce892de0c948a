package io.dgen;

import io.dgen.error.OverloadedException;
import java.time.Duration;

/**
 * A receiver of a node's metrics. Implement the methods that you want, or use {@code
 * io.dgen.micrometer.MicrometerMetrics}.
 *
 * <p>The methods are called on the engine's threads, concurrently: they must be thread-safe, return
 * at once and throw nothing. No method names an entity, since there may be millions.
 */
public interface Metrics {

  /** Receives no metrics. The engine then does not even collect them. */
  Metrics NONE = new Metrics() {};

  /**
   * Reports that one transaction of an entity's messages has committed, or had nothing to write.
   *
   * @param round what it did
   */
  default void round(Round round) {}

  /**
   * Reports that an attempt to run a message failed. It is retried, unless {@link #deadLetter}
   * follows.
   *
   * @param server the server's name
   * @param message the message's name
   */
  default void attemptFailed(String server, String message) {}

  /**
   * Reports that a message was given up and moved to its entity's dead letters.
   *
   * @param server the server's name
   * @param message the message's name
   */
  default void deadLetter(String server, String message) {}

  /**
   * Reports that a callback refused a message. This is an answer, not a failure.
   *
   * @param server the server's name
   * @param message the message's name
   */
  default void refused(String server, String message) {}

  /**
   * Reports that a message deleted its entity. A kill is not reported.
   *
   * @param server the server's name
   * @param message the message's name
   */
  default void deleted(String server, String message) {}

  /**
   * Reports that an answer was dropped: what it answers was answered before, its time was over, or
   * the entity that asked was killed or deleted in the meantime.
   *
   * @param server the name of the server of the entity where that was noticed: the one that asked,
   *     or the one that answered
   */
  default void lateAnswer(String server) {}

  /**
   * Reports that an action failed. The state stands, and later actions did not run.
   *
   * @param server the server's name
   */
  default void actionFailed(String server) {}

  /**
   * Reports that a message was not accepted, with an {@link OverloadedException}.
   *
   * @param server the server's name
   */
  default void overloaded(String server) {}

  /**
   * Reports that an entity failed too often and was paused.
   *
   * @param server the server's name
   */
  default void paused(String server) {}

  /**
   * The figures of one round.
   *
   * @param server the server's name
   * @param messages how many messages it ran: the size of the batch
   * @param queueLength how many messages were in the entity's queue when it began
   * @param duration how long it took, all attempts and the commit included
   * @param commit how long the store took to commit it; zero if nothing was written
   * @param conflicts how many attempts were repeated because another transaction committed first
   */
  record Round(
      String server,
      int messages,
      long queueLength,
      Duration duration,
      Duration commit,
      int conflicts) {}
}
