package io.dgen.generated;

import io.dgen.spi.DelayedRef;
import io.dgen.spi.EntityRef;
import io.dgen.spi.TransactionRef;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * The client of a server that has casts, which can be sent later and as part of a transaction.
 *
 * @param <M> the sealed interface over the server's messages
 * @param <C> the client itself
 * @param <T> sends casts as part of a transaction
 * @param <D> sends casts that are carried out later
 */
public abstract class CastClient<M, C, T, D> extends EntityClient<M, C> {

  private final Function<TransactionRef<M>, T> inTransaction;
  private final Function<DelayedRef<M>, D> delayed;

  /**
   * Makes a client.
   *
   * @param ref the entity
   * @param client makes another client of the same type
   * @param inTransaction makes what sends as part of a transaction
   * @param delayed makes what sends later
   */
  protected CastClient(
      EntityRef<M> ref,
      Function<EntityRef<M>, C> client,
      Function<TransactionRef<M>, T> inTransaction,
      Function<DelayedRef<M>, D> delayed) {
    super(ref, client);
    this.inTransaction = inTransaction;
    this.delayed = delayed;
  }

  /**
   * Sends as part of a transaction of your own: what is sent is carried out if you commit it. A
   * body that is repeated after a commit of unknown result sends again; with {@link
   * #withIdempotencyKey} the message counts once all the same.
   *
   * @param transaction an open transaction of the store that the node was opened with
   * @return a client for casts, valid as long as the transaction
   */
  public final T in(Transaction transaction) {
    return inTransaction.apply(ref.in(transaction));
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
