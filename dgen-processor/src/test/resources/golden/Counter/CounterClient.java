package sample;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.Scheduled;
import io.dgen.generated.CastClient;
import io.dgen.generated.TransactionClient;
import io.dgen.spi.DelayedRef;
import io.dgen.spi.EntityRef;
import io.dgen.spi.TransactionRef;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * Sends messages to one entity of {@link Counter}.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class CounterClient extends CastClient<CounterMessage, CounterClient, CounterClient.InTransaction, CounterClient.Delayed> {
  private CounterClient(EntityRef<CounterMessage> ref) {
    super(ref, CounterClient::new, InTransaction::new, Delayed::new);
  }

  /**
   * Makes a client of one entity. This reads and writes nothing: the entity comes into being
   * with its first message.
   *
   * @param dgen the node to send from
   * @param id the entity's id
   * @return the client
   */
  public static CounterClient of(Dgen dgen, String id) {
    return new CounterClient(EntityRef.of(dgen, "Counter", id, CounterCodec.MESSAGES));
  }

  /**
   * Sends {@link Counter.Increment} and waits until the message, or its effect, is durable.
   *
   * @param by the message's {@code by}
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void increment(long by) {
    this.ref.cast(new CounterMessage.Increment(new Counter.Increment(by)));
  }

  /**
   * Sends {@link Counter.Increment} without waiting.
   *
   * @param by the message's {@code by}
   * @return a future, completed with null once the message, or its effect, is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> incrementAsync(long by) {
    return this.ref.castAsync(new CounterMessage.Increment(new Counter.Increment(by)));
  }

  /**
   * Sends {@link Counter.Value} and waits for its reply, which is durable together with the state.
   *
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Long value() {
    return this.ref.call(new CounterMessage.Value(new Counter.Value()));
  }

  /**
   * Sends {@link Counter.Value} without waiting.
   *
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Long> valueAsync() {
    return this.ref.callAsync(new CounterMessage.Value(new Counter.Value()));
  }

  /**
   * Sends casts that are enqueued all together or not at all, and waits until they are durable.
   *
   * @param messages what to send, in order; at most 10,000
   * @throws io.dgen.MessageTooLargeException if they do not fit into one transaction
   */
  public void castAll(List<? extends CounterMessage.Cast> messages) {
    this.ref.castAll(messages);
  }

  /**
   * Sends casts that are enqueued all together or not at all.
   *
   * @param messages what to send, in order; at most 10,000
   * @return completes when they are durable, or with a {@link io.dgen.MessageTooLargeException} if they do not fit into one transaction
   */
  public CompletableFuture<Void> castAllAsync(List<? extends CounterMessage.Cast> messages) {
    return this.ref.castAllAsync(messages);
  }

  /**
   * Sends from inside a callback: what is sent is part of the callback's transaction. If that
   * commits, each message is carried out exactly once; if the callback throws, none is.
   *
   * @param context what the callback got
   * @param id the entity's id
   * @return a client for casts, valid until the callback returns
   * @throws IllegalStateException if the callback has no transaction
   */
  public static InTransaction in(Context context, String id) {
    return new InTransaction(TransactionRef.of(context, "Counter", id, CounterCodec.MESSAGES));
  }

  /**
   * Sends casts as part of a transaction.
   */
  public static final class InTransaction extends TransactionClient<CounterMessage, Delayed> {
    private InTransaction(TransactionRef<CounterMessage> ref) {
      super(ref, Delayed::new);
    }

    /**
     * Sends {@link Counter.Increment} if the transaction commits.
     *
     * @param by the message's {@code by}
     * @throws io.dgen.DgenException if no transaction can hold the message
     */
    public void increment(long by) {
      this.ref.cast(new CounterMessage.Increment(new Counter.Increment(by)));
    }
  }

  /**
   * Sends casts that are carried out later. As thread-safe as what it was made from: a client,
   * or a transaction.
   */
  public static final class Delayed {
    private final DelayedRef<CounterMessage> ref;

    private Delayed(DelayedRef<CounterMessage> ref) {
      this.ref = ref;
    }

    /**
     * Sends {@link Counter.Increment}, to be carried out later.
     *
     * @param by the message's {@code by}
     * @return the handle that cancels it
     * @throws io.dgen.DgenException if it could not be sent
     */
    public Scheduled increment(long by) {
      return this.ref.cast(new CounterMessage.Increment(new Counter.Increment(by)));
    }
  }
}
