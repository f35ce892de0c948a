package sample;

import io.dgen.Context;
import io.dgen.DeadLetters;
import io.dgen.Dgen;
import io.dgen.Scheduled;
import io.dgen.spi.DelayedRef;
import io.dgen.spi.EntityRef;
import io.dgen.spi.TransactionRef;
import io.dgen.store.Transaction;
import java.lang.Boolean;
import java.lang.Long;
import java.lang.Object;
import java.lang.Override;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.lang.Void;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * Sends messages to one entity of {@link Shop}. Immutable and thread-safe.
 *
 * <p>Messages that one thread sends to one entity arrive in the order in which they were
 * sent.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class ShopClient {
  private final EntityRef<ShopMessage> entity;

  private ShopClient(EntityRef<ShopMessage> entity) {
    this.entity = entity;
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
   * The id of the entity.
   *
   * @return the id that the client was made with
   */
  public String id() {
    return entity.id();
  }

  /**
   * The same client with another timeout.
   *
   * @param timeout how long to wait for an acknowledgement or a reply
   * @return a client; this one stays as it is
   */
  public ShopClient withTimeout(Duration timeout) {
    return new ShopClient(entity.withTimeout(timeout));
  }

  /**
   * The same client, whose messages count once for each key: what is sent again under a key that
   * was carried out is not carried out again, and a call gets the reply that the first one got,
   * as long as {@code DgenOptions.idempotencyRetention} says. One that failed may be sent again.
   * Use a key for one message.
   *
   * @param key 1 to 512 bytes in UTF-8; unique within the entity
   * @return a client; this one stays as it is
   * @throws IllegalArgumentException if the key is empty or longer
   */
  public ShopClient withIdempotencyKey(String key) {
    return new ShopClient(entity.withIdempotencyKey(key));
  }

  /**
   * How many messages wait in the entity's durable queue.
   *
   * @return the number of messages
   * @throws io.dgen.DgenException if the store cannot be read
   */
  public long queueLength() {
    return entity.queueLength();
  }

  /**
   * A client that goes past the queue: what it sends runs at once, in a transaction on this node,
   * also while the entity is locked or paused. It is not durable before it has run, and needs the
   * server hosted in this process.
   *
   * @return a client; this one stays as it is
   */
  public ShopClient priority() {
    return new ShopClient(entity.priority());
  }

  /**
   * Sends casts that are enqueued all together or not at all, and waits until they are durable.
   *
   * @param messages what to send, in order; at most 10,000
   * @throws io.dgen.MessageTooLargeException if they do not fit into one transaction
   */
  public void castAll(List<? extends ShopMessage.Cast> messages) {
    entity.castAll(messages);
  }

  /**
   * Sends casts that are enqueued all together or not at all.
   *
   * @param messages what to send, in order; at most 10,000
   * @return completes when they are durable, or with a {@link io.dgen.MessageTooLargeException} if they do not fit into one transaction
   */
  public CompletableFuture<Void> castAllAsync(List<? extends ShopMessage.Cast> messages) {
    return entity.castAllAsync(messages);
  }

  /**
   * Ends the entity: its state, queue, lock and dead letters go, and those who wait for its messages
   * get a {@link io.dgen.EntityKilledException}. The next message makes a new entity.
   *
   * @throws io.dgen.DgenException if the store fails
   */
  public void kill() {
    entity.kill();
  }

  /**
   * As {@link #kill}, without waiting.
   *
   * @return completes when nothing is left of the entity
   */
  public CompletableFuture<Void> killAsync() {
    return entity.killAsync();
  }

  /**
   * Ends the entity as {@link #kill} does, and begins it anew: its {@code init} runs in the same
   * transaction.
   *
   * @throws io.dgen.NotHostedException if the server is not hosted in this process
   * @throws io.dgen.DgenException if {@code init} or the store fails; nothing is changed then
   */
  public void reset() {
    entity.reset();
  }

  /**
   * As {@link #reset}, without waiting.
   *
   * @return completes when the first state is stored
   */
  public CompletableFuture<Void> resetAsync() {
    return entity.resetAsync();
  }

  /**
   * Takes the lock from whoever holds it. What its {@code handleLocked} comes to is dropped, and the
   * message is tried again or dropped, as {@link io.dgen.DgenOptions#lockLost} says.
   *
   * @return whether the entity was locked
   * @throws io.dgen.DgenException if the store fails
   */
  public boolean breakLock() {
    return entity.breakLock();
  }

  /**
   * The messages of the entity that failed so often that they were given up.
   *
   * @return lists, requeues and discards them; this reads nothing
   */
  public DeadLetters<ShopMessage> deadLetters() {
    return entity.deadLetters();
  }

  /**
   * Pauses the entity durably: until it is resumed, standard messages wait in its queue.
   * Priority and info messages go on.
   *
   * @param reason why, for people; at most 1,000 characters
   * @return false if it was paused already; then the older reason stays
   * @throws io.dgen.DgenException if the store fails
   */
  public boolean pause(String reason) {
    return entity.pause(reason);
  }

  /**
   * Lets the entity go on, whoever paused it, and forgets the failures that its restart
   * intensity counts.
   *
   * @return false if it was not paused
   * @throws io.dgen.DgenException if the store fails
   */
  public boolean resume() {
    return entity.resume();
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
    return this.entity.call(new ShopMessage.Pay(new Shop.Pay(amount)));
  }

  /**
   * Sends {@link Shop.Pay} without waiting.
   *
   * @param amount the message's {@code amount}
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Boolean> payAsync(long amount) {
    return this.entity.callAsync(new ShopMessage.Pay(new Shop.Pay(amount)));
  }

  /**
   * Sends {@link Shop.Refund} and waits until the message, or its effect, is durable.
   *
   * @param amount the message's {@code amount}
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void refund(long amount) {
    this.entity.cast(new ShopMessage.Refund(new Shop.Refund(amount)));
  }

  /**
   * Sends {@link Shop.Refund} without waiting.
   *
   * @param amount the message's {@code amount}
   * @return a future, completed with null once the message, or its effect, is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> refundAsync(long amount) {
    return this.entity.castAsync(new ShopMessage.Refund(new Shop.Refund(amount)));
  }

  /**
   * Sends {@link Shop.Await} and waits for its reply, which is durable together with the state.
   *
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Long await() {
    return this.entity.call(new ShopMessage.Await(new Shop.Await()));
  }

  /**
   * Sends {@link Shop.Await} without waiting.
   *
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Long> awaitAsync() {
    return this.entity.callAsync(new ShopMessage.Await(new Shop.Await()));
  }

  /**
   * Sends {@link Shop.Either} and waits for its reply, which is durable together with the state.
   *
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Long either() {
    return this.entity.call(new ShopMessage.Either(new Shop.Either()));
  }

  /**
   * Sends {@link Shop.Either} without waiting.
   *
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Long> eitherAsync() {
    return this.entity.callAsync(new ShopMessage.Either(new Shop.Either()));
  }

  /**
   * Sends {@link Shop.Leave} and waits until the callback ran and its effect is durable.
   *
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void leave() {
    this.entity.info(new ShopMessage.Leave(new Shop.Leave()));
  }

  /**
   * Sends {@link Shop.Leave} without waiting.
   *
   * @return a future, completed with null once the callback ran and its effect is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> leaveAsync() {
    return this.entity.infoAsync(new ShopMessage.Leave(new Shop.Leave()));
  }

  /**
   * Sends {@link Shop.Last} and waits for its reply, which is durable together with the state.
   *
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Void last() {
    return this.entity.call(new ShopMessage.Last(new Shop.Last()));
  }

  /**
   * Sends {@link Shop.Last} without waiting.
   *
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> lastAsync() {
    return this.entity.callAsync(new ShopMessage.Last(new Shop.Last()));
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
   * Sends as part of a transaction of your own: what is sent is carried out if you commit it. A
   * body that is repeated after a commit of unknown result sends again; with {@link
   * #withIdempotencyKey} the message counts once all the same.
   *
   * @param transaction an open transaction of the store that the node was opened with
   * @return a client for casts, valid as long as the transaction
   */
  public InTransaction in(Transaction transaction) {
    return new InTransaction(entity.in(transaction));
  }

  /**
   * Sends casts that are carried out later: durably, once, and not before the time.
   *
   * @param delay how long after it is sent each is carried out; zero or less means at once
   * @return a client for casts
   */
  public Delayed after(Duration delay) {
    return new Delayed(entity.after(delay));
  }

  /**
   * Sends casts that are carried out later: durably, once, and not before the time, by the clock
   * of the node that carries them out.
   *
   * @param time when; a time that has passed means at once
   * @return a client for casts
   */
  public Delayed at(Instant time) {
    return new Delayed(entity.at(time));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShopClient that && entity.equals(that.entity);
  }

  @Override
  public int hashCode() {
    return entity.hashCode();
  }

  @Override
  public String toString() {
    return "ShopClient[" + entity.shownId() + "]";
  }

  /**
   * Sends casts as part of a transaction. They arrive in the order in which they were sent. Not
   * thread-safe.
   */
  public static final class InTransaction {
    private final TransactionRef<ShopMessage> entity;

    private InTransaction(TransactionRef<ShopMessage> entity) {
      this.entity = entity;
    }

    /**
     * Sends casts that are carried out later: durably, once, and not before the time.
     *
     * @param delay how long after it is sent each is carried out; zero or less means at once
     * @return a client for casts
     */
    public Delayed after(Duration delay) {
      return new Delayed(entity.after(delay));
    }

    /**
     * Sends casts that are carried out later: durably, once, and not before the time, by the clock
     * of the node that carries them out.
     *
     * @param time when; a time that has passed means at once
     * @return a client for casts
     */
    public Delayed at(Instant time) {
      return new Delayed(entity.at(time));
    }

    /**
     * Sends {@link Shop.Refund} if the transaction commits.
     *
     * @param amount the message's {@code amount}
     * @throws io.dgen.DgenException if no transaction can hold the message
     */
    public void refund(long amount) {
      this.entity.cast(new ShopMessage.Refund(new Shop.Refund(amount)));
    }
  }

  /**
   * Sends casts that are carried out later. As thread-safe as what it was made from: a client,
   * or a transaction.
   */
  public static final class Delayed {
    private final DelayedRef<ShopMessage> entity;

    private Delayed(DelayedRef<ShopMessage> entity) {
      this.entity = entity;
    }

    /**
     * Sends {@link Shop.Refund}, to be carried out later.
     *
     * @param amount the message's {@code amount}
     * @return the handle that cancels it
     * @throws io.dgen.DgenException if it could not be sent
     */
    public Scheduled refund(long amount) {
      return this.entity.cast(new ShopMessage.Refund(new Shop.Refund(amount)));
    }
  }
}
