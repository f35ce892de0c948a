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
 * Sends messages to one entity of {@link Shop}.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class ShopClient extends CastClient<ShopMessage, ShopClient, ShopClient.InTransaction, ShopClient.Delayed> {
  private ShopClient(EntityRef<ShopMessage> ref) {
    super(ref, ShopClient::new, InTransaction::new, Delayed::new);
  }

  /**
   * Makes a client of one entity. This reads and writes nothing: the entity comes into being
   * with its first message.
   *
   * @param dgen the node to send from
   * @param id the entity's id
   * @return the client
   */
  public static ShopClient of(Dgen dgen, String id) {
    return new ShopClient(EntityRef.of(dgen, "Shop", id, ShopCodec.MESSAGES));
  }

  /**
   * Sends {@link Shop.Pay} and waits for its reply, which is durable together with the state.
   *
   * @param amount the message's {@code amount}
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Boolean pay(long amount) {
    return this.ref.call(new ShopMessage.Pay(new Shop.Pay(amount)));
  }

  /**
   * Sends {@link Shop.Pay} without waiting.
   *
   * @param amount the message's {@code amount}
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Boolean> payAsync(long amount) {
    return this.ref.callAsync(new ShopMessage.Pay(new Shop.Pay(amount)));
  }

  /**
   * Sends {@link Shop.Refund} and waits until the message, or its effect, is durable.
   *
   * @param amount the message's {@code amount}
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void refund(long amount) {
    this.ref.cast(new ShopMessage.Refund(new Shop.Refund(amount)));
  }

  /**
   * Sends {@link Shop.Refund} without waiting.
   *
   * @param amount the message's {@code amount}
   * @return a future, completed with null once the message, or its effect, is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> refundAsync(long amount) {
    return this.ref.castAsync(new ShopMessage.Refund(new Shop.Refund(amount)));
  }

  /**
   * Sends {@link Shop.Await} and waits for its reply, which is durable together with the state.
   *
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Long await() {
    return this.ref.call(new ShopMessage.Await(new Shop.Await()));
  }

  /**
   * Sends {@link Shop.Await} without waiting.
   *
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Long> awaitAsync() {
    return this.ref.callAsync(new ShopMessage.Await(new Shop.Await()));
  }

  /**
   * Sends {@link Shop.Either} and waits for its reply, which is durable together with the state.
   *
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Long either() {
    return this.ref.call(new ShopMessage.Either(new Shop.Either()));
  }

  /**
   * Sends {@link Shop.Either} without waiting.
   *
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Long> eitherAsync() {
    return this.ref.callAsync(new ShopMessage.Either(new Shop.Either()));
  }

  /**
   * Sends {@link Shop.Leave} and waits until the callback ran and its effect is durable.
   *
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void leave() {
    this.ref.info(new ShopMessage.Leave(new Shop.Leave()));
  }

  /**
   * Sends {@link Shop.Leave} without waiting.
   *
   * @return a future, completed with null once the callback ran and its effect is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> leaveAsync() {
    return this.ref.infoAsync(new ShopMessage.Leave(new Shop.Leave()));
  }

  /**
   * Sends {@link Shop.Last} and waits for its reply, which is durable together with the state.
   *
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Void last() {
    return this.ref.call(new ShopMessage.Last(new Shop.Last()));
  }

  /**
   * Sends {@link Shop.Last} without waiting.
   *
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> lastAsync() {
    return this.ref.callAsync(new ShopMessage.Last(new Shop.Last()));
  }

  /**
   * Sends casts that are enqueued all together or not at all, and waits until they are durable.
   *
   * @param messages what to send, in order; at most 10,000
   * @throws io.dgen.MessageTooLargeException if they do not fit into one transaction
   */
  public void castAll(List<? extends ShopMessage.Cast> messages) {
    this.ref.castAll(messages);
  }

  /**
   * Sends casts that are enqueued all together or not at all.
   *
   * @param messages what to send, in order; at most 10,000
   * @return completes when they are durable, or with a {@link io.dgen.MessageTooLargeException} if they do not fit into one transaction
   */
  public CompletableFuture<Void> castAllAsync(List<? extends ShopMessage.Cast> messages) {
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
    return new InTransaction(TransactionRef.of(context, "Shop", id, ShopCodec.MESSAGES));
  }

  /**
   * Sends casts as part of a transaction.
   */
  public static final class InTransaction extends TransactionClient<ShopMessage, Delayed> {
    private InTransaction(TransactionRef<ShopMessage> ref) {
      super(ref, Delayed::new);
    }

    /**
     * Sends {@link Shop.Refund} if the transaction commits.
     *
     * @param amount the message's {@code amount}
     * @throws io.dgen.DgenException if no transaction can hold the message
     */
    public void refund(long amount) {
      this.ref.cast(new ShopMessage.Refund(new Shop.Refund(amount)));
    }
  }

  /**
   * Sends casts that are carried out later. As thread-safe as what it was made from: a client,
   * or a transaction.
   */
  public static final class Delayed {
    private final DelayedRef<ShopMessage> ref;

    private Delayed(DelayedRef<ShopMessage> ref) {
      this.ref = ref;
    }

    /**
     * Sends {@link Shop.Refund}, to be carried out later.
     *
     * @param amount the message's {@code amount}
     * @return the handle that cancels it
     * @throws io.dgen.DgenException if it could not be sent
     */
    public Scheduled refund(long amount) {
      return this.ref.cast(new ShopMessage.Refund(new Shop.Refund(amount)));
    }
  }
}
