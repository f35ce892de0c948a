package io.dgen.generated;

import io.dgen.EntityAdmin;
import io.dgen.Scheduled;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a generated client sends through. Thread-safe. */
public interface Sender {

  /**
   * Sends a message. Messages that one thread sends to one entity keep their order.
   *
   * @param server the server's name
   * @param id the entity's id
   * @param codec the codec of the server's messages
   * @param message what to send
   * @param delivery how to send it
   * @param blocking whether the caller goes on to {@link #await} the future and nobody else sees it
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
   * Sends casts that are enqueued all together or not at all.
   *
   * @param server the server's name
   * @param id the entity's id
   * @param codec the codec of the server's messages
   * @param messages what to send, in order; at most 10,000
   * @param delivery how to send it
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
   * Sends a cast that is carried out later, and waits until it is durable.
   *
   * @param to where to
   * @param message a cast
   * @param timing when
   * @param timeout how long the sender waits
   * @param <M> the sealed interface over the server's messages
   * @return the handle that cancels it
   */
  <M> Scheduled castLater(Destination<M> to, M message, Timing timing, Duration timeout);

  /**
   * Sends as part of a transaction that somebody else commits.
   *
   * @param transaction an open transaction of the store
   * @return what sends, valid as long as the transaction
   */
  Outbox outbox(Transaction transaction);

  /**
   * Cancels a delayed message.
   *
   * @param scheduled what {@link Scheduled#text} gave
   * @return whether it was in time
   * @throws IllegalArgumentException if the text is not of a handle
   */
  boolean cancel(String scheduled);

  /**
   * Cancels a delayed message as part of a transaction that somebody else commits.
   *
   * @param scheduled what {@link Scheduled#text} gave
   * @param transaction an open transaction of the store
   * @return whether it is in time, if the transaction commits
   * @throws IllegalArgumentException if the text is not of a handle
   */
  boolean cancel(String scheduled, Transaction transaction);

  /**
   * Blocks until a future is done.
   *
   * @param <T> the type of its result
   * @param future what {@link #send} or another method returned
   * @return its result
   * @throws io.dgen.error.DgenException what the future failed with
   */
  <T extends @Nullable Object> T await(CompletableFuture<T> future);

  /**
   * Returns what inspects and operates an entity.
   *
   * @param server the server's name
   * @param id the entity's id
   * @param codec the codec of the server's messages
   * @param timeout how long the caller of an operation waits
   * @param <M> the sealed interface over the server's messages
   * @return reads nothing before it is asked
   */
  <M> EntityAdmin<M> admin(String server, String id, MessageCodec<M> codec, Duration timeout);

  /**
   * How long a sender waits when it does not say.
   *
   * @return the default timeout
   */
  Duration defaultTimeout();
}
