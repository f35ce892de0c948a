package io.dgen.generated;

import io.dgen.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The client of a server that has casts, which can also be sent with a delay, as part of a
 * transaction and in batches.
 *
 * @param <M> the sealed interface over the server's messages
 * @param <C> the client itself
 * @param <T> sends casts as part of a transaction
 * @param <D> sends delayed casts
 * @param <B> collects the casts of a batch
 */
public abstract class CastClient<M, C, T, D, B> extends EntityClient<M, C> {

  private final Function<TransactionRef<M>, T> inTransaction;
  private final Function<DelayedRef<M>, D> delayed;
  private final Function<BatchRef<M>, B> batch;

  /**
   * Creates a client.
   *
   * @param ref the entity
   * @param client makes another client of the same type
   * @param inTransaction makes the sender for a transaction
   * @param delayed makes the sender of delayed casts
   * @param batch makes the collector of a batch
   */
  protected CastClient(
      EntityRef<M> ref,
      Function<EntityRef<M>, C> client,
      Function<TransactionRef<M>, T> inTransaction,
      Function<DelayedRef<M>, D> delayed,
      Function<BatchRef<M>, B> batch) {
    super(ref, client);
    this.inTransaction = inTransaction;
    this.delayed = delayed;
    this.batch = batch;
  }

  /**
   * Sends casts that are enqueued all together or not at all, and waits until they are durable.
   *
   * <pre>{@code
   * counter.castAll(batch -> {
   *   batch.increment(1);
   *   batch.increment(new Increment(2));
   * });
   * }</pre>
   *
   * @param casts gives the casts, at most 10,000, to what it is called with, in order; it is called
   *     at once, and if it throws nothing is sent
   * @throws io.dgen.error.MessageTooLargeException if they do not fit into one transaction
   * @throws IllegalStateException if this client is one of {@link #priority} or {@link
   *     #withIdempotencyKey}: a batch goes through the queue, and a key is for one message
   */
  public final void castAll(Consumer<? super B> casts) {
    ref.castAll(collected(casts));
  }

  /**
   * Sends casts as {@link #castAll} does, without waiting.
   *
   * @param casts adds the casts, as for {@link #castAll}
   * @return completes when they are durable, or with a {@link
   *     io.dgen.error.MessageTooLargeException} if they do not fit into one transaction
   * @throws IllegalStateException as {@link #castAll} does
   */
  public final CompletableFuture<Void> castAllAsync(Consumer<? super B> casts) {
    return ref.castAllAsync(collected(casts));
  }

  private List<M> collected(Consumer<? super B> casts) {
    BatchRef<M> collecting = new BatchRef<>();
    try {
      casts.accept(batch.apply(collecting));
    } finally {
      collecting.end();
    }
    return collecting.messages();
  }

  /**
   * Returns a client that sends as part of a transaction of your own: its messages are sent if you
   * commit it. A body that is repeated after a commit of unknown result sends them again; with
   * {@link #withIdempotencyKey} the message still counts once.
   *
   * @param transaction an open transaction of the store that the node was opened with
   * @return a client for casts, valid as long as the transaction
   */
  public final T in(Transaction transaction) {
    return inTransaction.apply(ref.in(transaction));
  }

  /**
   * Returns a client for delayed casts: each runs durably, once, and not before its time.
   *
   * @param delay the delay, from the time of sending; zero or less means at once
   * @return a client for casts
   */
  public final D after(Duration delay) {
    return delayed.apply(ref.after(delay));
  }

  /**
   * Returns a client for delayed casts: each runs durably, once, and not before its time, by the
   * clock of the node that runs it.
   *
   * @param time the time; a time in the past means at once
   * @return a client for casts
   */
  public final D at(Instant time) {
    return delayed.apply(ref.at(time));
  }
}
