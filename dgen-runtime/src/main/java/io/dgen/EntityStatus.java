package io.dgen;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an entity is, as one transaction saw it: see {@link EntityAdmin#status}. Immutable. Times are
 * those of the clocks of the nodes that wrote them.
 *
 * @param server the server's name
 * @param id the entity's id
 * @param exists whether it has a state
 * @param queueLength how many messages are in its queue, without those in the memory of nodes
 * @param lock who holds its lock; null if it is not locked
 * @param pause why it is paused; null if it is not
 * @param first the first message of its queue; null if that is empty
 * @param deadLetters how many dead letters it has
 * @param delayed how many messages wait for their time, counted up to {@value #MAX_DELAYED}
 * @param owner the node that runs its messages; null if no live node hosts the entity
 * @param running the callback that the node that is asked runs of it; null if it runs none, which
 *     says nothing of other nodes: ask the {@code owner}
 * @param problem why some of this could not be read; null if all could
 */
public record EntityStatus(
    String server,
    String id,
    boolean exists,
    long queueLength,
    @Nullable Locked lock,
    @Nullable Paused pause,
    @Nullable First first,
    long deadLetters,
    int delayed,
    @Nullable UUID owner,
    @Nullable Running running,
    @Nullable String problem) {

  /** How far delayed messages are counted. */
  public static final int MAX_DELAYED = 1000;

  /** Checks the components. */
  public EntityStatus {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(id, "id");
  }

  /**
   * A lock that is held.
   *
   * @param node the node that runs {@code handleLocked}
   * @param since when it began
   * @param message the name of the message that took the lock
   */
  public record Locked(UUID node, Instant since, String message) {}

  /**
   * A callback that runs now.
   *
   * @param callback the name of its message; {@code init} for that
   * @param attempt which attempt of the message it is, from 1
   * @param since when it began
   * @param thread the name of its thread, for a dump of threads
   */
  public record Running(String callback, int attempt, Instant since, String thread) {}

  /**
   * A pause.
   *
   * @param reason why, for people
   * @param since when it began
   * @param automatic whether the entity failed too often, and not a person paused it
   */
  public record Paused(String reason, Instant since, boolean automatic) {}

  /**
   * The first message of a queue.
   *
   * @param message its name; empty if it cannot be read
   * @param sentAt when it was sent
   * @param attempts how many attempts have failed
   * @param nextAttempt when it is tried again, if it waits for that
   * @param lastError what the last attempt failed with, or why it cannot be decoded; empty for
   *     neither
   * @param decodable false if the node that asks cannot decode it: because it does not know the
   *     message, or because the bytes are damaged. A node that does not host the server only finds
   *     damage
   */
  public record First(
      String message,
      Instant sentAt,
      int attempts,
      Optional<Instant> nextAttempt,
      String lastError,
      boolean decodable) {}
}
