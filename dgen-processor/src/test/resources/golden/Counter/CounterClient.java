package sample;

import io.dgen.Context;
import io.dgen.DelayedMessage;
import io.dgen.Dgen;
import io.dgen.generated.BatchRef;
import io.dgen.generated.CastClient;
import io.dgen.generated.CastSender;
import io.dgen.generated.DelayedRef;
import io.dgen.generated.EntityRef;
import io.dgen.generated.TransactionClient;
import io.dgen.generated.TransactionRef;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * Sends messages to one entity of {@link Counter}.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class CounterClient extends CastClient<CounterMessage, CounterClient, CounterClient.InTransaction, CounterClient.Delayed, CounterClient.Batch> {
  private CounterClient(EntityRef<CounterMessage> ref) {
    super(ref, CounterClient::new, InTransaction::new, Delayed::new, Batch::new);
  }

  /**
   * Returns a client of one entity; the entity is created by its first message.
   */
  public static CounterClient of(Dgen dgen, String id) {
    return new CounterClient(EntityRef.of(dgen, "Counter", id, CounterCodec.MESSAGES));
  }

  /**
   * Sends {@link Counter.Increment} and waits until it, or its effect, is durable.
   */
  public void increment(long by) {
    increment(new Counter.Increment(by));
  }

  public void increment(Counter.Increment message) {
    this.ref.cast(new CounterMessage.Increment(message));
  }

  /**
   * Sends {@link Counter.Increment} without waiting; the future completes once it, or its effect, is durable.
   */
  public CompletableFuture<Void> incrementAsync(long by) {
    return incrementAsync(new Counter.Increment(by));
  }

  public CompletableFuture<Void> incrementAsync(Counter.Increment message) {
    return this.ref.castAsync(new CounterMessage.Increment(message));
  }

  /**
   * Sends {@link Counter.Value} and returns its reply, once that is durable.
   */
  public Long value() {
    return this.ref.call(new CounterMessage.Value(new Counter.Value()));
  }

  /**
   * Sends {@link Counter.Value} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Long> valueAsync() {
    return this.ref.callAsync(new CounterMessage.Value(new Counter.Value()));
  }

  /**
   * Returns a client for use inside a callback, as part of its transaction.
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
     */
    public void increment(long by) {
      increment(new Counter.Increment(by));
    }

    public void increment(Counter.Increment message) {
      this.ref.cast(new CounterMessage.Increment(message));
    }
  }

  /**
   * Sends delayed casts.
   */
  public static final class Delayed extends CastSender<DelayedRef<CounterMessage>> {
    private Delayed(DelayedRef<CounterMessage> ref) {
      super(ref);
    }

    /**
     * Sends {@link Counter.Increment} with a delay, and returns the handle that cancels it.
     */
    public DelayedMessage increment(long by) {
      return increment(new Counter.Increment(by));
    }

    public DelayedMessage increment(Counter.Increment message) {
      return this.ref.cast(new CounterMessage.Increment(message));
    }
  }

  /**
   * Collects casts that are sent together.
   */
  public static final class Batch extends CastSender<BatchRef<CounterMessage>> {
    private Batch(BatchRef<CounterMessage> ref) {
      super(ref);
    }

    /**
     * Adds {@link Counter.Increment} to the batch.
     */
    public void increment(long by) {
      increment(new Counter.Increment(by));
    }

    public void increment(Counter.Increment message) {
      this.ref.add(new CounterMessage.Increment(message));
    }
  }
}
