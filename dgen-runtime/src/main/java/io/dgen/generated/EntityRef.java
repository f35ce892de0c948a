package io.dgen.generated;

import io.dgen.Dgen;
import io.dgen.EntityAdmin;
import io.dgen.internal.Texts;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A reference to one entity, which a generated client sends through. Immutable and thread-safe.
 *
 * @param <M> the sealed interface over the server's messages
 */
public final class EntityRef<M> {

  /** The maximum length of an id, in bytes of UTF-8. */
  public static final int MAX_ID_BYTES = Texts.MAX_ID_BYTES;

  /** The maximum length of an idempotency key, in bytes of UTF-8. */
  public static final int MAX_IDEMPOTENCY_KEY_BYTES = Texts.MAX_IDEMPOTENCY_KEY_BYTES;

  private final Sender sender;
  private final String server;
  private final String id;
  private final MessageCodec<M> codec;
  private final Delivery delivery;

  private EntityRef(
      Sender sender, String server, String id, MessageCodec<M> codec, Delivery delivery) {
    this.sender = sender;
    this.server = server;
    this.id = id;
    this.codec = codec;
    this.delivery = delivery;
  }

  /**
   * Returns a reference to an entity, which need not exist.
   *
   * @param dgen the node to send through
   * @param server the server's name
   * @param id the entity's id: any text of at most {@value #MAX_ID_BYTES} bytes in UTF-8, of which
   *     the character U+0000 counts twice
   * @param codec the codec of the server's messages
   * @param <M> the sealed interface over the server's messages
   * @return the reference
   * @throws IllegalArgumentException if the id is longer, or holds an unpaired surrogate
   */
  public static <M> EntityRef<M> of(Dgen dgen, String server, String id, MessageCodec<M> codec) {
    checkId(server, id);
    Sender sender = SenderSource.of(dgen);
    return new EntityRef<>(sender, server, id, codec, new Delivery(sender.defaultTimeout()));
  }

  /**
   * Checks that a text is a valid entity id.
   *
   * @param server the server's name, for the error
   * @param id any text of at most {@value #MAX_ID_BYTES} bytes in UTF-8, of which the character
   *     U+0000 counts twice
   * @throws IllegalArgumentException if the id is longer, or holds an unpaired surrogate
   */
  public static void checkId(String server, String id) {
    Texts.checkId(server, Objects.requireNonNull(id, "id"));
  }

  /**
   * Returns a reference to the same entity with another timeout.
   *
   * @param value how long to wait for a reply or an acknowledgement; positive
   * @return a new reference
   * @throws IllegalArgumentException if the timeout is zero or negative
   */
  public EntityRef<M> withTimeout(Duration value) {
    return with(delivery.withTimeout(value));
  }

  /**
   * Returns a reference to the same entity whose messages count once for a key. A key is for one
   * message: another type, or another content, under the same key leads to an {@link
   * io.dgen.error.IdempotencyKeyException}. Delayed messages under one key are one message, and
   * have one handle.
   *
   * @param key 1 to {@value #MAX_IDEMPOTENCY_KEY_BYTES} bytes in UTF-8, unique within the entity
   * @return a new reference
   * @throws IllegalArgumentException if the key is empty or longer, or holds an unpaired surrogate
   */
  public EntityRef<M> withIdempotencyKey(String key) {
    Texts.checkIdempotencyKey(server, Objects.requireNonNull(key, "key"));
    return with(delivery.withIdempotencyKey(key));
  }

  /**
   * Returns a reference to the same entity within a user's transaction.
   *
   * @param transaction an open transaction of the store
   * @return a reference for casts, valid as long as the transaction
   */
  public TransactionRef<M> in(Transaction transaction) {
    return new TransactionRef<>(sender.outbox(transaction), destination());
  }

  /**
   * Returns a reference to the same entity for delayed casts.
   *
   * @param delay the delay, from the time of sending; zero or less means at once
   * @return a reference for casts
   */
  public DelayedRef<M> after(Duration delay) {
    return delayed(Timing.after(delay));
  }

  /**
   * Returns a reference to the same entity for delayed casts.
   *
   * @param time the time; a time in the past means at once
   * @return a reference for casts
   */
  public DelayedRef<M> at(Instant time) {
    return delayed(Timing.at(time));
  }

  private DelayedRef<M> delayed(Timing timing) {
    return new DelayedRef<>(
        message -> sender.castLater(destination(), message, timing, delivery.timeout()));
  }

  private Destination<M> destination() {
    if (delivery.isPriority()) {
      throw new IllegalStateException(
          "what is sent to "
              + this
              + " with a delay or in a transaction goes through the queue; leave priority() out");
    }
    return new Destination<>(server, id, codec, delivery.idempotencyKey());
  }

  /**
   * Returns a reference to the same entity that goes past its queue: messages run at once, in a
   * transaction on this node, even while the entity is locked or paused. The server must be hosted
   * in this process.
   *
   * @return a new reference
   */
  public EntityRef<M> priority() {
    return with(delivery.asPriority());
  }

  private EntityRef<M> with(Delivery changed) {
    return new EntityRef<>(sender, server, id, codec, changed);
  }

  /**
   * Returns the entity's id.
   *
   * @return the id
   */
  public String id() {
    return id;
  }

  /**
   * Returns the entity's admin.
   *
   * @return the admin, with this reference's timeout
   */
  public EntityAdmin<M> admin() {
    return sender.admin(server, id, codec, delivery.timeout());
  }

  /**
   * Sends a cast and waits until it is durable.
   *
   * @param message the message
   */
  public void cast(M message) {
    sender.await(send(message, true));
  }

  /**
   * Sends a cast.
   *
   * @param message the message
   * @return completes when it is durable
   */
  public CompletableFuture<Void> castAsync(M message) {
    return cast(send(message, false));
  }

  /**
   * Sends a call and waits for the reply.
   *
   * @param message the message
   * @param <R> the reply's type
   * @return the reply
   */
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals",
    "NullAway"
  }) // The codec guarantees the type, which may be nullable.
  public <R extends @Nullable Object> R call(M message) {
    return (R) sender.await(send(message, true));
  }

  /**
   * Sends a call.
   *
   * @param message the message
   * @param <R> the reply's type
   * @return completes with the reply
   */
  public <R extends @Nullable Object> CompletableFuture<R> callAsync(M message) {
    return cast(send(message, false));
  }

  /**
   * Sends casts that are enqueued all together or not at all, and waits until they are durable.
   *
   * @param messages casts, in order; at most 10,000
   */
  public void castAll(List<? extends M> messages) {
    sender.await(castAllAsync(messages));
  }

  /**
   * Sends casts as {@link #castAll} does, without waiting.
   *
   * @param messages casts, in order; at most 10,000
   * @return completes when they are durable
   */
  public CompletableFuture<Void> castAllAsync(List<? extends M> messages) {
    if (delivery.idempotencyKey() != null) {
      throw new IllegalStateException(
          "an idempotency key is for one message, and castAll sends several to "
              + this
              + "; send them one by one, each with a key of its own");
    }
    if (delivery.isPriority()) {
      throw new IllegalStateException(
          "castAll to " + this + " goes through the queue; leave priority() out");
    }
    return cast(sender.sendAll(server, id, codec, List.copyOf(messages), delivery));
  }

  /**
   * Sends an info message and waits until it is applied.
   *
   * @param message the message
   */
  public void info(M message) {
    sender.await(send(message, true));
  }

  /**
   * Sends an info message.
   *
   * @param message the message
   * @return completes when it is applied
   */
  public CompletableFuture<Void> infoAsync(M message) {
    return cast(send(message, false));
  }

  /**
   * Sends a query and waits for the reply.
   *
   * @param message the message
   * @param <R> the reply's type
   * @return the reply
   * @throws IllegalStateException if this reference has an idempotency key or priority
   */
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals",
    "NullAway"
  }) // The codec guarantees the type, which may be nullable.
  public <R extends @Nullable Object> R query(M message) {
    return (R) sender.await(sendQuery(message, true));
  }

  /**
   * Sends a query.
   *
   * @param message the message
   * @param <R> the reply's type
   * @return completes with the reply
   * @throws IllegalStateException if this reference has an idempotency key or priority
   */
  public <R extends @Nullable Object> CompletableFuture<R> queryAsync(M message) {
    return cast(sendQuery(message, false));
  }

  private CompletableFuture<@Nullable Object> sendQuery(M message, boolean blocking) {
    if (delivery.idempotencyKey() != null) {
      throw keyedQuery(codec.name(message), toString());
    }
    if (delivery.isPriority()) {
      throw new IllegalStateException(
          codec.name(message)
              + " to "
              + this
              + " is a query, which goes past the queue anyway; leave priority() out");
    }
    return sender.query(server, id, codec, message, delivery.timeout(), blocking);
  }

  /** Returns the error for a query under an idempotency key. */
  static IllegalStateException keyedQuery(String query, String entity) {
    return new IllegalStateException(
        query
            + " to "
            + entity
            + " is a query, which changes nothing and may be repeated; leave"
            + " withIdempotencyKey(...) out");
  }

  private CompletableFuture<@Nullable Object> send(M message, boolean blocking) {
    return sender.send(server, id, codec, message, delivery, blocking);
  }

  @SuppressWarnings("unchecked") // The message's codec guarantees the type of the reply.
  private static <R extends @Nullable Object> CompletableFuture<R> cast(
      CompletableFuture<@Nullable Object> future) {
    return (CompletableFuture<R>) (CompletableFuture<?>) future;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EntityRef<?> that
        && sender.equals(that.sender)
        && server.equals(that.server)
        && id.equals(that.id)
        && delivery.equals(that.delivery);
  }

  @Override
  public int hashCode() {
    return Objects.hash(server, id);
  }

  @Override
  public String toString() {
    return server + "(" + Texts.quoted(id) + ")";
  }
}
