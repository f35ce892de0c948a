package io.dgen.generated;

import io.dgen.Context;
import java.time.Duration;
import java.time.Instant;

/**
 * One entity, as a generated client sees it inside a transaction: it takes casts, which are sent if
 * the transaction commits. Not thread-safe, and valid as long as the transaction.
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
   * Refers to an entity, which need not exist, from inside a callback.
   *
   * @param context what the callback got
   * @param server the server's name
   * @param id the entity's id
   * @param codec the codec of the server's messages
   * @param <M> the sealed interface over the server's messages
   * @return the reference
   * @throws IllegalArgumentException if the id is longer than {@value EntityRef#MAX_ID_BYTES}
   *     bytes, or the context is not one that dgen gave to a callback
   * @throws IllegalStateException if the context has no transaction
   */
  public static <M> TransactionRef<M> of(
      Context context, String server, String id, MessageCodec<M> codec) {
    if (!(context instanceof Invocation invocation)) {
      throw new IllegalArgumentException(
          "sending inside a transaction needs the Context that the callback got; found "
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
   * The same entity, for casts that are carried out later.
   *
   * @param delay how long after they are sent; zero or less means at once
   * @return a reference, valid as long as the transaction
   */
  public DelayedRef<M> after(Duration delay) {
    return delayed(Timing.after(delay));
  }

  /**
   * The same entity, for casts that are carried out later.
   *
   * @param time when; a time that has passed means at once
   * @return a reference, valid as long as the transaction
   */
  public DelayedRef<M> at(Instant time) {
    return delayed(Timing.at(time));
  }

  private DelayedRef<M> delayed(Timing timing) {
    return new DelayedRef<>(message -> outbox.cast(destination, message, timing));
  }
}
