package io.dgen;

import io.dgen.error.CallTimeoutException;
import io.dgen.error.DgenException;
import io.dgen.error.EntityKilledException;
import io.dgen.error.NotHostedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Inspects and operates one entity: what is done to it from outside, and is no message. A generated
 * client gives one for its entity with {@code entity()}; {@link Admin#entity} gives one by names
 * alone. Immutable and thread-safe.
 *
 * <p>Every method works from any node, whether or not that node hosts the server, except for {@link
 * #reset}. Each one throws a {@link DgenException} if the node is closed or the store fails; the
 * future of one whose name ends in {@code Async} fails with it.
 *
 * @param <M> what the dead letters hold: the sealed interface over the server's messages, such as
 *     {@code CounterMessage}, or JSON text
 */
public interface EntityAdmin<M> {

  /** The most characters that the reason of a {@link #pause} has. */
  int MAX_REASON_LENGTH = 1000;

  /**
   * Returns the server's name.
   *
   * @return the name in every key of the entity
   */
  String server();

  /**
   * Returns the entity's id.
   *
   * @return the id
   */
  String id();

  /**
   * Returns an admin of the same entity with another timeout.
   *
   * @param timeout how long to wait for a {@link #kill} or a {@link #reset}; positive
   * @return an admin; this one stays as it is
   * @throws IllegalArgumentException if the timeout is zero or negative
   */
  EntityAdmin<M> withTimeout(Duration timeout);

  /**
   * Reads the entity's status.
   *
   * @return the status; of an entity that does not exist too
   */
  EntityStatus status();

  /**
   * Reads the entity's state as JSON, made from what is stored, without the server's classes. What
   * is long is cut: see {@link io.dgen.generated.codec.Json}. Of a state of more than a megabyte
   * the first is shown.
   *
   * @return JSON text; {@code null} if there is no state
   */
  String stateAsJson();

  /**
   * Reads the first messages of the entity's queue as JSON, without the server's classes.
   *
   * @param limit the most messages to return, at least 1; if they are large there are fewer
   * @return the messages, in order
   * @throws IllegalArgumentException if the limit is not positive
   * @throws DgenException if a message lacks some of its keys, too
   */
  List<QueuedMessage> queue(int limit);

  /**
   * Counts the messages that wait in the entity's durable queue.
   *
   * @return the number of messages, without those that are being sent
   */
  long queueLength();

  /**
   * Returns the messages of the entity that failed so often that they were given up.
   *
   * @return lists, requeues and discards them; this reads nothing
   */
  DeadLetters<M> deadLetters();

  /**
   * Pauses the entity durably: until it is {@link #resume resumed}, by whatever node, its standard
   * messages wait in its queue. Priority and info messages go on. The entity need not exist. When
   * this returns, no standard message is executed any more.
   *
   * @param reason why, for people: at most {@value #MAX_REASON_LENGTH} characters (UTF-16 units).
   *     An unpaired surrogate is stored as a question mark
   * @return false if it was paused already; then the older reason stays
   * @throws IllegalArgumentException if the reason is longer
   */
  boolean pause(String reason);

  /**
   * Lets the entity go on, whoever paused it: a person, or its restart intensity. The failures that
   * the intensity counts are forgotten.
   *
   * @return false if it was not paused
   */
  boolean resume();

  /**
   * Takes the lock from whoever holds it. The result of its {@code handleLocked} is dropped, and
   * the message is tried again or dropped, as {@link DgenOptions#lockLost} says.
   *
   * @return whether the entity was locked
   */
  boolean breakLock();

  /**
   * Kills the entity: its state, queue, lock and dead letters go, and those who wait for its
   * messages get an {@link EntityKilledException}. The next message makes a new entity. Waits until
   * nothing is left of it. A callback that does not end within a second, or a quarter of the
   * timeout if that is less, is given up: it goes on, but nothing of it counts.
   *
   * @throws CallTimeoutException if it takes longer than the timeout; it may still happen
   * @throws IllegalStateException in a callback of that entity, for which it would wait
   */
  void kill();

  /**
   * Kills the entity as {@link #kill} does, without waiting.
   *
   * @return completes when nothing is left of the entity
   */
  CompletableFuture<Void> killAsync();

  /**
   * Kills the entity as {@link #kill} does, and begins it anew: its {@code init} runs in the same
   * transaction. Waits until the first state is stored.
   *
   * @throws NotHostedException if the server is not hosted in this process
   * @throws DgenException if {@code init} fails; nothing is changed then
   * @throws CallTimeoutException if it takes longer than the timeout; it may still happen
   * @throws IllegalStateException in a callback of that entity, for which it would wait
   */
  void reset();

  /**
   * Resets the entity as {@link #reset} does, without waiting.
   *
   * @return completes when the first state is stored
   */
  CompletableFuture<Void> resetAsync();
}
