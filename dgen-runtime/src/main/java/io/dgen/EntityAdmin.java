package io.dgen;

import io.dgen.error.CallTimeoutException;
import io.dgen.error.DeadLetterException;
import io.dgen.error.DgenException;
import io.dgen.error.EntityKilledException;
import io.dgen.error.NotHostedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Inspects and operates one entity from outside, by operations that are not messages. A generated
 * client returns the admin of its entity from {@code entity()}; {@link Admin#entity} returns one by
 * names alone. Immutable and thread-safe.
 *
 * <p>Every method works from any node, whether or not that node hosts the server, except for {@link
 * #reset}. Each throws a {@link DgenException} if the node is closed or the store fails; if its
 * name ends in {@code Async}, its future fails with that exception instead.
 *
 * @param <M> the type of the dead letters' messages: the sealed interface over the server's
 *     messages, such as {@code CounterMessage}, or JSON text
 */
public interface EntityAdmin<M> {

  /** The maximum length of the reason of a {@link #pause}, in characters. */
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
   * @return a new admin; this one is unchanged
   * @throws IllegalArgumentException if the timeout is zero or negative
   */
  EntityAdmin<M> withTimeout(Duration timeout);

  /**
   * Reads the entity's status.
   *
   * @return the status, even if the entity does not exist
   */
  EntityStatus status();

  /**
   * Reads the entity's stored state as JSON, without the server's classes. Long values are
   * truncated: see {@link io.dgen.generated.codec.Json}. Of a state larger than a megabyte, the
   * first megabyte is shown.
   *
   * @return JSON text; {@code null} if there is no state
   */
  String stateAsJson();

  /**
   * Reads the first messages of the entity's queue as JSON, without the server's classes.
   *
   * @param limit the most messages to return, at least 1; fewer are returned if they are large
   * @return the messages, in order
   * @throws IllegalArgumentException if the limit is not positive
   * @throws DgenException also if some keys of a message are missing
   */
  List<QueuedMessage> queue(int limit);

  /**
   * Counts the messages that wait in the entity's durable queue.
   *
   * @return the number of messages, not counting those that are being sent
   */
  long queueLength();

  /**
   * Returns the entity's dead letters: messages that were given up because they failed too often.
   *
   * @return lists, requeues and discards them; this reads nothing
   */
  DeadLetters<M> deadLetters();

  /**
   * Pauses the entity durably: until any node {@link #resume resumes} it, its standard messages
   * wait in its queue. Priority and info messages still run. The entity need not exist. When this
   * returns, no standard message is running any more.
   *
   * @param reason the reason, for people: at most {@value #MAX_REASON_LENGTH} characters (UTF-16
   *     units). An unpaired surrogate is stored as a question mark
   * @return false if it was already paused; the older reason is then kept
   * @throws IllegalArgumentException if the reason is longer
   */
  boolean pause(String reason);

  /**
   * Resumes the entity, whether a person or its restart intensity paused it. Clears the failures
   * that the restart intensity counts.
   *
   * @return false if it was not paused
   */
  boolean resume();

  /**
   * Takes the lock away from its holder. The result of its {@code handleLocked} is dropped, and the
   * message is retried or dropped, as {@link DgenOptions#lockLost} says.
   *
   * @return whether the entity was locked
   */
  boolean breakLock();

  /**
   * Moves the first message of the entity's queue to its dead letters as it is, without executing
   * it, if it cannot be decoded and so keeps the entity from the messages behind it. Its caller, if
   * one can be read in it, gets a {@link DeadLetterException}. The letter can be {@link
   * DeadLetters#requeue requeued} once a node runs that can decode it. The entity may be paused.
   *
   * <p>Whether the message can be decoded is decided by the server's classes, if this node hosts
   * the server or this admin comes from a generated client; otherwise by what the last node that
   * came to the message has noted in it.
   *
   * @return the key of the dead letter
   * @throws DgenException if nothing was moved, with {@link io.dgen.error.Effect#NONE}: the queue
   *     is empty, the first message can be decoded, is damaged, or was executed in the meantime, or
   *     the entity is locked or being killed
   */
  String setAside();

  /**
   * Deletes the entity gracefully: a message that does so takes its place behind those that were
   * sent before. When it is executed, the state and the delayed messages go, and {@code
   * handleDelete} runs in the same transaction, as if a callback had returned {@link
   * Results#delete}. What is sent later meets a new entity. Waits until that has happened.
   *
   * <p>It is executed by a node that hosts the server. It waits for a pause, a lock, and a message
   * that cannot be decoded to end, as any message does; {@link #kill} does not.
   *
   * @return whether there was an entity; none is created in order to be deleted
   * @throws io.dgen.error.RefusedException if {@code handleDelete} refuses: nothing is deleted
   * @throws io.dgen.error.CallbackException if {@code handleDelete} fails and the message is given
   *     up, as a call is; it never becomes a dead letter
   * @throws CallTimeoutException if it takes longer than the timeout; it may still happen
   * @throws IllegalStateException in a callback that runs in a transaction, and in {@code
   *     handleLocked} of that entity; to end its own entity, a callback returns {@link
   *     Results#delete}
   */
  boolean delete();

  /**
   * Deletes the entity as {@link #delete} does, without waiting.
   *
   * @return completes with whether there was an entity
   */
  CompletableFuture<Boolean> deleteAsync();

  /**
   * Kills the entity: deletes its state, queue, lock and dead letters. Senders that wait for its
   * messages get an {@link EntityKilledException}. The next message creates a new entity. Waits
   * until nothing is left of it. A callback that does not end within a second, or a quarter of the
   * timeout if that is less, is abandoned: it keeps running, but has no effect.
   *
   * @throws CallTimeoutException if it takes longer than the timeout; it may still happen
   * @throws IllegalStateException in a callback that runs in a transaction, and in {@code
   *     handleLocked} of that entity; to end its own entity, a callback returns {@link
   *     Results#delete}
   */
  void kill();

  /**
   * Kills the entity as {@link #kill} does, without waiting.
   *
   * @return completes when nothing is left of the entity
   */
  CompletableFuture<Void> killAsync();

  /**
   * Kills the entity as {@link #kill} does, and starts it afresh: its {@code init} runs in the same
   * transaction. Waits until the first state is stored.
   *
   * @throws NotHostedException if the server is not hosted in this process
   * @throws DgenException if {@code init} fails; nothing is then changed
   * @throws CallTimeoutException if it takes longer than the timeout; it may still happen
   * @throws IllegalStateException in a callback that runs in a transaction, and in {@code
   *     handleLocked} of that entity
   */
  void reset();

  /**
   * Resets the entity as {@link #reset} does, without waiting.
   *
   * @return completes when the first state is stored
   */
  CompletableFuture<Void> resetAsync();
}
