package io.dgen.generated;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * Sends casts as part of a transaction. They arrive in the order in which they were sent. Not
 * thread-safe, and valid as long as the transaction.
 *
 * @param <M> the sealed interface over the server's messages
 * @param <D> sends delayed casts
 */
public abstract class TransactionClient<M, D> extends CastSender<TransactionRef<M>> {

  private final Function<DelayedRef<M>, D> delayed;

  /**
   * Creates a client.
   *
   * @param ref the entity
   * @param delayed makes the sender of delayed casts
   */
  protected TransactionClient(TransactionRef<M> ref, Function<DelayedRef<M>, D> delayed) {
    super(ref);
    this.delayed = delayed;
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
