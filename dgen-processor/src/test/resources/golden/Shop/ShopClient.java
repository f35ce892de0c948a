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
 * Sends messages to one entity of {@link Shop}.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class ShopClient extends CastClient<ShopMessage, ShopClient, ShopClient.InTransaction, ShopClient.Delayed, ShopClient.Batch> {
  private ShopClient(EntityRef<ShopMessage> ref) {
    super(ref, ShopClient::new, InTransaction::new, Delayed::new, Batch::new);
  }

  /**
   * Returns a client of one entity; the entity is created by its first message.
   */
  public static ShopClient of(Dgen dgen, String id) {
    return new ShopClient(EntityRef.of(dgen, "Shop", id, ShopCodec.MESSAGES));
  }

  /**
   * Sends {@link Shop.Pay} and returns its reply, once that is durable.
   */
  public Boolean pay(long amount) {
    return pay(new Shop.Pay(amount));
  }

  public Boolean pay(Shop.Pay message) {
    return this.ref.call(new ShopMessage.Pay(message));
  }

  /**
   * Sends {@link Shop.Pay} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Boolean> payAsync(long amount) {
    return payAsync(new Shop.Pay(amount));
  }

  public CompletableFuture<Boolean> payAsync(Shop.Pay message) {
    return this.ref.callAsync(new ShopMessage.Pay(message));
  }

  /**
   * Sends {@link Shop.Refund} and waits until it, or its effect, is durable.
   */
  public void refund(long amount) {
    refund(new Shop.Refund(amount));
  }

  public void refund(Shop.Refund message) {
    this.ref.cast(new ShopMessage.Refund(message));
  }

  /**
   * Sends {@link Shop.Refund} without waiting; the future completes once it, or its effect, is durable.
   */
  public CompletableFuture<Void> refundAsync(long amount) {
    return refundAsync(new Shop.Refund(amount));
  }

  public CompletableFuture<Void> refundAsync(Shop.Refund message) {
    return this.ref.castAsync(new ShopMessage.Refund(message));
  }

  /**
   * Sends {@link Shop.Await} and returns its reply, once that is durable.
   */
  public Long await() {
    return this.ref.call(new ShopMessage.Await(new Shop.Await()));
  }

  /**
   * Sends {@link Shop.Await} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Long> awaitAsync() {
    return this.ref.callAsync(new ShopMessage.Await(new Shop.Await()));
  }

  /**
   * Sends {@link Shop.Either} and returns its reply, once that is durable.
   */
  public Long either() {
    return this.ref.call(new ShopMessage.Either(new Shop.Either()));
  }

  /**
   * Sends {@link Shop.Either} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Long> eitherAsync() {
    return this.ref.callAsync(new ShopMessage.Either(new Shop.Either()));
  }

  /**
   * Sends {@link Shop.Leave} and waits until its effect is durable.
   */
  public void leave() {
    this.ref.info(new ShopMessage.Leave(new Shop.Leave()));
  }

  /**
   * Sends {@link Shop.Leave} without waiting; the future completes once its effect is durable.
   */
  public CompletableFuture<Void> leaveAsync() {
    return this.ref.infoAsync(new ShopMessage.Leave(new Shop.Leave()));
  }

  /**
   * Sends {@link Shop.Last} and returns its reply, once that is durable.
   */
  public Void last() {
    return this.ref.call(new ShopMessage.Last(new Shop.Last()));
  }

  /**
   * Sends {@link Shop.Last} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Void> lastAsync() {
    return this.ref.callAsync(new ShopMessage.Last(new Shop.Last()));
  }

  /**
   * Sends {@link Shop.Paid} and returns its reply, from the latest committed state.
   */
  public Long paid() {
    return this.ref.query(new ShopMessage.Paid(new Shop.Paid()));
  }

  /**
   * Sends {@link Shop.Paid} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Long> paidAsync() {
    return this.ref.queryAsync(new ShopMessage.Paid(new Shop.Paid()));
  }

  /**
   * Sends {@link Shop.Owes} and returns its reply, from the latest committed state.
   */
  public Long owes(long price, int count) {
    return owes(new Shop.Owes(price, count));
  }

  public Long owes(Shop.Owes message) {
    return this.ref.query(new ShopMessage.Owes(message));
  }

  /**
   * Sends {@link Shop.Owes} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Long> owesAsync(long price, int count) {
    return owesAsync(new Shop.Owes(price, count));
  }

  public CompletableFuture<Long> owesAsync(Shop.Owes message) {
    return this.ref.queryAsync(new ShopMessage.Owes(message));
  }

  /**
   * Returns a client for use inside a callback, as part of its transaction.
   */
  public static InTransaction in(Context context, String id) {
    return new InTransaction(TransactionRef.of(context, "Shop", id, ShopCodec.MESSAGES));
  }

  /**
   * Sends casts, and runs queries, as part of a transaction.
   */
  public static final class InTransaction extends TransactionClient<ShopMessage, Delayed> {
    private InTransaction(TransactionRef<ShopMessage> ref) {
      super(ref, Delayed::new);
    }

    /**
     * Sends {@link Shop.Refund} if the transaction commits.
     */
    public void refund(long amount) {
      refund(new Shop.Refund(amount));
    }

    public void refund(Shop.Refund message) {
      this.ref.cast(new ShopMessage.Refund(message));
    }

    /**
     * Runs {@link Shop.Paid} within the transaction, and returns its reply.
     */
    public Long paid() {
      return this.ref.query(new ShopMessage.Paid(new Shop.Paid()));
    }

    /**
     * Runs {@link Shop.Owes} within the transaction, and returns its reply.
     */
    public Long owes(long price, int count) {
      return owes(new Shop.Owes(price, count));
    }

    public Long owes(Shop.Owes message) {
      return this.ref.query(new ShopMessage.Owes(message));
    }
  }

  /**
   * Sends delayed casts.
   */
  public static final class Delayed extends CastSender<DelayedRef<ShopMessage>> {
    private Delayed(DelayedRef<ShopMessage> ref) {
      super(ref);
    }

    /**
     * Sends {@link Shop.Refund} with a delay, and returns the handle that cancels it.
     */
    public DelayedMessage refund(long amount) {
      return refund(new Shop.Refund(amount));
    }

    public DelayedMessage refund(Shop.Refund message) {
      return this.ref.cast(new ShopMessage.Refund(message));
    }
  }

  /**
   * Collects casts that are sent together.
   */
  public static final class Batch extends CastSender<BatchRef<ShopMessage>> {
    private Batch(BatchRef<ShopMessage> ref) {
      super(ref);
    }

    /**
     * Adds {@link Shop.Refund} to the batch.
     */
    public void refund(long amount) {
      refund(new Shop.Refund(amount));
    }

    public void refund(Shop.Refund message) {
      this.ref.add(new ShopMessage.Refund(message));
    }
  }
}
