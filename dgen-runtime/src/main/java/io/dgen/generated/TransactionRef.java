package io.dgen.generated;

import io.dgen.Context;
import io.dgen.internal.Texts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reference to one entity within a transaction: casts through it are sent if the transaction
 * commits, and queries run within it. Not thread-safe, and valid as long as the transaction.
 *
 * @param <M> the sealed interface over the server's messages
 */
public final class TransactionRef<M> {

  private final Outbox outbox;
  private final Destination<M> destination;

  TransactionRef(Outbox outbox, Destination<M> destination) {
    this.outbox = outbox;
    this.destination = destination;
  }

  /**
   * Returns a reference to an entity, which need not exist, from within a callback.
   *
   * @param context the callback's context
   * @param server the server's name
   * @param id the entity's id
   * @param codec the codec of the server's messages
   * @param <M> the sealed interface over the server's messages
   * @return the reference
   * @throws IllegalArgumentException if the id is longer than {@value EntityRef#MAX_ID_BYTES}
   *     bytes, or the context is not one that dgen passed to a callback
   * @throws IllegalStateException if the context has no transaction
   */
  public static <M> TransactionRef<M> of(
      Context context, String server, String id, MessageCodec<M> codec) {
    if (!(context instanceof Invocation invocation)) {
      throw new IllegalArgumentException(
          "sending within a transaction needs the Context that was passed to the callback; found "
              + context.getClass().getName());
    }
    return new TransactionRef<>(invocation.outbox(), new Destination<>(server, id, codec, null));
  }

  /**
   * Sends a cast as part of the transaction.
   *
   * @param message the message
   */
  public void cast(M message) {
    outbox.cast(destination, message);
  }

  /**
   * Runs a query as part of the transaction, which commits only if the entity has not changed.
   *
   * @param message the message
   * @param <R> the reply's type
   * @return the reply
   * @throws IllegalStateException if the client has an idempotency key, or the entity is the one
   *     whose callback runs
   */
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals",
    "NullAway"
  }) // The codec guarantees the type, which may be nullable.
  public <R extends @Nullable Object> R query(M message) {
    if (destination.idempotencyKey() != null) {
      throw EntityRef.keyedQuery(
          destination.codec().name(message),
          destination.server() + "(" + Texts.quoted(destination.id()) + ")");
    }
    return (R) outbox.query(destination, message);
  }

  /**
   * Returns a reference to the same entity for delayed casts.
   *
   * @param delay the delay, from the time of sending; zero or less means at once
   * @return a reference, valid as long as the transaction
   */
  public DelayedRef<M> after(Duration delay) {
    return delayed(Timing.after(delay));
  }

  /**
   * Returns a reference to the same entity for delayed casts.
   *
   * @param time the time; a time in the past means at once
   * @return a reference, valid as long as the transaction
   */
  public DelayedRef<M> at(Instant time) {
    return delayed(Timing.at(time));
  }

  private DelayedRef<M> delayed(Timing timing) {
    return new DelayedRef<>(message -> outbox.cast(destination, message, timing));
  }
}
