package io.dgen;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A snapshot of an entity's status: see {@link EntityAdmin#status}. Immutable. Times come from the
 * clocks of the nodes that wrote them.
 *
 * @param server the server's name
 * @param id the entity's id
 * @param exists whether it has a state
 * @param queueLength how many messages are in its queue, not counting those in the memory of nodes
 * @param lock its lock; empty if it is not locked
 * @param pause its pause; empty if it is not paused
 * @param first the first message of its queue; empty if the queue is empty
 * @param deadLetters how many dead letters it has
 * @param delayed how many delayed messages are pending, counted up to {@value #MAX_DELAYED}
 * @param asks what it has asked others and is not answered yet, at most {@value #MAX_ASKS}
 * @param owner the node that runs its messages; empty if no live node hosts the entity
 * @param running the entity's callback that is running on the node that is asked; empty if none is,
 *     which says nothing about other nodes: ask the {@code owner}
 * @param problem why some of this could not be read; empty if all of it could
 */
public record EntityStatus(
    String server,
    String id,
    boolean exists,
    long queueLength,
    Optional<Locked> lock,
    Optional<Paused> pause,
    Optional<First> first,
    long deadLetters,
    int delayed,
    List<OpenAsk> asks,
    Optional<UUID> owner,
    Optional<Running> running,
    Optional<String> problem) {

  /** The most delayed messages that are counted. */
  public static final int MAX_DELAYED = 1000;

  /** The most steps that are shown. */
  public static final int MAX_STEPS = 100;

  /** The most open asks that are shown. */
  public static final int MAX_ASKS = 100;

  /** Checks the components. */
  public EntityStatus {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(id, "id");
    asks = List.copyOf(asks);
  }

  /**
   * Something that the entity has asked another one.
   *
   * @param server the server of the entity that was asked
   * @param id its id
   * @param message the name of the server, a full stop, and the name of the record
   * @param since when the entity asked
   * @param timed whether the answer has a limit of time
   */
  public record OpenAsk(String server, String id, String message, Instant since, boolean timed) {}

  /**
   * A lock that is held.
   *
   * @param node the node that runs {@code handleLocked}
   * @param since when it began
   * @param message the name of the message that took the lock
   * @param steps what its steps have come to, in the order of their names and keys; the first
   *     {@value #MAX_STEPS} at most, and fewer if their results are large
   * @param sleep its sleep; empty if it does not sleep. The node is then the one that held the lock
   *     last
   */
  public record Locked(
      UUID node, Instant since, String message, List<StepStatus> steps, Optional<Sleeping> sleep) {

    /** Copies the steps. */
    public Locked {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Work under a lock that sleeps.
   *
   * @param since when it began to
   * @param until when it goes on
   */
  public record Sleeping(Instant since, Instant until) {}

  /**
   * What a step under a lock has come to.
   *
   * @param step the name of its record
   * @param key its key; empty for none
   * @param attempts how often it began
   * @param since when it began last
   * @param done when its result was recorded; empty if it is running, failed, or was interrupted
   */
  public record StepStatus(
      String step, String key, int attempts, Instant since, Optional<Instant> done) {}

  /**
   * A callback that is running.
   *
   * @param callback the name of its message; {@code init} for that
   * @param attempt the number of the message's attempt, from 1
   * @param since when it began
   * @param thread the name of its thread, to find it in a thread dump
   */
  public record Running(String callback, int attempt, Instant since, String thread) {}

  /**
   * A pause.
   *
   * @param reason the reason, for people
   * @param since when it began
   * @param automatic true if the entity was paused because it failed too often, false if a person
   *     paused it
   */
  public record Paused(String reason, Instant since, boolean automatic) {}

  /**
   * The first message of a queue.
   *
   * @param message its name; empty if it is unreadable
   * @param sentAt when it was sent
   * @param attempts how many attempts have failed
   * @param nextAttempt when it is retried, if it is backing off
   * @param lastError the last attempt's error, or why the message cannot be decoded; empty for
   *     neither
   * @param decodable false if the node that is asked cannot decode it: because it does not know the
   *     message, or because the bytes are damaged. A node that does not host the server only
   *     detects damage
   */
  public record First(
      String message,
      Instant sentAt,
      int attempts,
      Optional<Instant> nextAttempt,
      String lastError,
      boolean decodable) {}
}
