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
 * Sends messages to one entity of {@link Order}.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class OrderClient extends CastClient<OrderMessage, OrderClient, OrderClient.InTransaction, OrderClient.Delayed, OrderClient.Batch> {
  private OrderClient(EntityRef<OrderMessage> ref) {
    super(ref, OrderClient::new, InTransaction::new, Delayed::new, Batch::new);
  }

  /**
   * Returns a client of one entity; the entity is created by its first message.
   */
  public static OrderClient of(Dgen dgen, String id) {
    return new OrderClient(EntityRef.of(dgen, "Order", id, OrderCodec.MESSAGES));
  }

  /**
   * Sends {@link Order.Place} and waits until it, or its effect, is durable.
   */
  public void place(String goods, int count) {
    place(new Order.Place(goods, count));
  }

  public void place(Order.Place message) {
    this.ref.cast(new OrderMessage.Place(message));
  }

  /**
   * Sends {@link Order.Place} without waiting; the future completes once it, or its effect, is durable.
   */
  public CompletableFuture<Void> placeAsync(String goods, int count) {
    return placeAsync(new Order.Place(goods, count));
  }

  public CompletableFuture<Void> placeAsync(Order.Place message) {
    return this.ref.castAsync(new OrderMessage.Place(message));
  }

  /**
   * Sends {@link Order.Reserve} and returns its reply, once that is durable.
   */
  public Long reserve(String order) {
    return reserve(new Order.Reserve(order));
  }

  public Long reserve(Order.Reserve message) {
    return this.ref.call(new OrderMessage.Reserve(message));
  }

  /**
   * Sends {@link Order.Reserve} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Long> reserveAsync(String order) {
    return reserveAsync(new Order.Reserve(order));
  }

  public CompletableFuture<Long> reserveAsync(Order.Reserve message) {
    return this.ref.callAsync(new OrderMessage.Reserve(message));
  }

  /**
   * Returns a client for use inside a callback, as part of its transaction.
   */
  public static InTransaction in(Context context, String id) {
    return new InTransaction(TransactionRef.of(context, "Order", id, OrderCodec.MESSAGES));
  }

  /**
   * Sends casts as part of a transaction.
   */
  public static final class InTransaction extends TransactionClient<OrderMessage, Delayed> {
    private InTransaction(TransactionRef<OrderMessage> ref) {
      super(ref, Delayed::new);
    }

    /**
     * Sends {@link Order.Place} if the transaction commits.
     */
    public void place(String goods, int count) {
      place(new Order.Place(goods, count));
    }

    public void place(Order.Place message) {
      this.ref.cast(new OrderMessage.Place(message));
    }
  }

  /**
   * Sends delayed casts.
   */
  public static final class Delayed extends CastSender<DelayedRef<OrderMessage>> {
    private Delayed(DelayedRef<OrderMessage> ref) {
      super(ref);
    }

    /**
     * Sends {@link Order.Place} with a delay, and returns the handle that cancels it.
     */
    public DelayedMessage place(String goods, int count) {
      return place(new Order.Place(goods, count));
    }

    public DelayedMessage place(Order.Place message) {
      return this.ref.cast(new OrderMessage.Place(message));
    }
  }

  /**
   * Collects casts that are sent together.
   */
  public static final class Batch extends CastSender<BatchRef<OrderMessage>> {
    private Batch(BatchRef<OrderMessage> ref) {
      super(ref);
    }

    /**
     * Adds {@link Order.Place} to the batch.
     */
    public void place(String goods, int count) {
      place(new Order.Place(goods, count));
    }

    public void place(Order.Place message) {
      this.ref.add(new OrderMessage.Place(message));
    }
  }
}
