package io.dgen.generated;

import io.dgen.DelayedMessage;
import io.dgen.EntityAdmin;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The node's side of a generated client: it sends messages. Thread-safe. */
public interface Sender {

  /**
   * Sends a message. Messages that one thread sends to one entity keep their order.
   *
   * @param server the server's name
   * @param id the entity's id
   * @param codec the codec of the server's messages
   * @param message the message
   * @param delivery how to send it
   * @param blocking whether the caller will {@link #await} the future and pass it to no one else
   * @param <M> the sealed interface over the server's messages
   * @return completes with the reply of a call, or with null once another message is durable
   */
  <M> CompletableFuture<@Nullable Object> send(
      String server,
      String id,
      MessageCodec<M> codec,
      M message,
      Delivery delivery,
      boolean blocking);

  /**
   * Sends a query.
   *
   * @param server the server's name
   * @param id the entity's id
   * @param codec the codec of the server's messages
   * @param message the query
   * @param timeout how long the sender waits
   * @param blocking whether the caller will {@link #await} the future and pass it to no one else
   * @param <M> the sealed interface over the server's messages
   * @return completes with the reply
   */
  <M> CompletableFuture<@Nullable Object> query(
      String server,
      String id,
      MessageCodec<M> codec,
      M message,
      Duration timeout,
      boolean blocking);

  /**
   * Sends casts that are enqueued all together or not at all.
   *
   * @param server the server's name
   * @param id the entity's id
   * @param codec the codec of the server's messages
   * @param messages the casts, in order; at most 10,000
   * @param delivery how to send them
   * @param <M> the sealed interface over the server's messages
   * @return completes with null once all are durable
   */
  <M> CompletableFuture<@Nullable Object> sendAll(
      String server,
      String id,
      MessageCodec<M> codec,
      List<? extends M> messages,
      Delivery delivery);

  /**
   * Sends a delayed cast, and waits until it is durable.
   *
   * @param to the destination
   * @param message a cast
   * @param timing when it is due
   * @param timeout how long the sender waits
   * @param <M> the sealed interface over the server's messages
   * @return the handle that cancels it
   */
  <M> DelayedMessage castLater(Destination<M> to, M message, Timing timing, Duration timeout);

  /**
   * Returns an outbox that sends as part of a transaction that the caller commits.
   *
   * @param transaction an open transaction of the store
   * @return the outbox, valid as long as the transaction
   */
  Outbox outbox(Transaction transaction);

  /**
   * Cancels a delayed message.
   *
   * @param delayed the handle that sending it returned
   * @return whether the message was still pending
   * @throws IllegalArgumentException if its text is not that of a delayed message
   */
  boolean cancel(DelayedMessage delayed);

  /**
   * Cancels a delayed message as part of a transaction that the caller commits.
   *
   * @param delayed the handle that sending it returned
   * @param transaction an open transaction of the store
   * @return whether the message is still pending; the cancellation takes effect if the transaction
   *     commits
   * @throws IllegalArgumentException if its text is not that of a delayed message
   */
  boolean cancel(DelayedMessage delayed, Transaction transaction);

  /**
   * Blocks until a future is done.
   *
   * @param <T> the type of its result
   * @param future a future from {@link #send} or another method
   * @return its result
   * @throws io.dgen.error.DgenException the future's failure
   */
  <T extends @Nullable Object> T await(CompletableFuture<T> future);

  /**
   * Returns the admin of an entity.
   *
   * @param server the server's name
   * @param id the entity's id
   * @param codec the codec of the server's messages
   * @param timeout how long the caller of an operation waits
   * @param <M> the sealed interface over the server's messages
   * @return the admin; creating it reads nothing
   */
  <M> EntityAdmin<M> admin(String server, String id, MessageCodec<M> codec, Duration timeout);

  /**
   * Returns how long a sender waits by default.
   *
   * @return the default timeout
   */
  Duration defaultTimeout();
}
