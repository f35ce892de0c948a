package io.dgen.generated;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * Sends casts as part of a transaction. They arrive in the order in which they were sent. Not
 * thread-safe, and valid as long as the transaction.
 *
 * @param <M> the sealed interface over the server's messages
 * @param <D> sends casts that are carried out later
 */
public abstract class TransactionClient<M, D> extends CastSender<TransactionRef<M>> {

  private final Function<DelayedRef<M>, D> delayed;

  /**
   * Makes a client.
   *
   * @param ref the entity
   * @param delayed makes what sends later
   */
  protected TransactionClient(TransactionRef<M> ref, Function<DelayedRef<M>, D> delayed) {
    super(ref);
    this.delayed = delayed;
  }

  /**
   * Sends casts that are carried out later: durably, once, and not before the time.
   *
   * @param delay how long after it is sent each is carried out; zero or less means at once
   * @return a client for casts
   */
  public final D after(Duration delay) {
    return delayed.apply(ref.after(delay));
  }

  /**
   * Sends casts that are carried out later: durably, once, and not before the time, by the clock of
   * the node that carries them out.
   *
   * @param time when; a time that has passed means at once
   * @return a client for casts
   */
  public final D at(Instant time) {
    return delayed.apply(ref.at(time));
  }
}
