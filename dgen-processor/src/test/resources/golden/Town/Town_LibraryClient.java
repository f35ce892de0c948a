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
import java.lang.Object;
import java.lang.Override;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.lang.Void;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * Sends messages to one entity of {@link Town.Library}. Immutable and thread-safe.
 *
 * <p>Messages that one thread sends to one entity arrive in the order in which they were
 * sent.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
final class Town_LibraryClient {
  private final EntityRef<Town_LibraryMessage> entity;

  private Town_LibraryClient(EntityRef<Town_LibraryMessage> entity) {
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
  public static Town_LibraryClient of(Dgen dgen, String id) {
    return new Town_LibraryClient(EntityRef.of(dgen, "library/town", id, Town_LibraryCodec.MESSAGES));
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
  public Town_LibraryClient withTimeout(Duration timeout) {
    return new Town_LibraryClient(entity.withTimeout(timeout));
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
  public Town_LibraryClient withIdempotencyKey(String key) {
    return new Town_LibraryClient(entity.withIdempotencyKey(key));
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
  public Town_LibraryClient priority() {
    return new Town_LibraryClient(entity.priority());
  }

  /**
   * Sends casts that are enqueued all together or not at all, and waits until they are durable.
   *
   * @param messages what to send, in order; at most 10,000
   * @throws io.dgen.MessageTooLargeException if they do not fit into one transaction
   */
  public void castAll(List<? extends Town_LibraryMessage.Cast> messages) {
    entity.castAll(messages);
  }

  /**
   * Sends casts that are enqueued all together or not at all.
   *
   * @param messages what to send, in order; at most 10,000
   * @return completes when they are durable, or with a {@link io.dgen.MessageTooLargeException} if they do not fit into one transaction
   */
  public CompletableFuture<Void> castAllAsync(List<? extends Town_LibraryMessage.Cast> messages) {
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
  public DeadLetters<Town_LibraryMessage> deadLetters() {
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
   * Sends {@link Town.Library.Add} and waits until the message, or its effect, is durable.
   *
   * @param books the message's {@code books}
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void add(List<Town.Book> books) {
    this.entity.cast(new Town_LibraryMessage.Add(new Town.Library.Add(books)));
  }

  /**
   * Sends {@link Town.Library.Add} without waiting.
   *
   * @param books the message's {@code books}
   * @return a future, completed with null once the message, or its effect, is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> addAsync(List<Town.Book> books) {
    return this.entity.castAsync(new Town_LibraryMessage.Add(new Town.Library.Add(books)));
  }

  /**
   * Sends {@link Town.Library.Seal} and waits until the callback ran and its effect is durable.
   *
   * @param seal the message's {@code seal}
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void seal(byte... seal) {
    this.entity.info(new Town_LibraryMessage.Seal(new Town.Library.Seal(seal)));
  }

  /**
   * Sends {@link Town.Library.Seal} without waiting.
   *
   * @param seal the message's {@code seal}
   * @return a future, completed with null once the callback ran and its effect is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> sealAsync(byte... seal) {
    return this.entity.infoAsync(new Town_LibraryMessage.Seal(new Town.Library.Seal(seal)));
  }

  /**
   * Sends {@link Town.Library.Lend} and waits for its reply, which is durable together with the state.
   *
   * @param book the message's {@code book}
   * @param reader the message's {@code reader}
   * @param term the message's {@code term}
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Boolean lend(UUID book, String reader, Duration term) {
    return this.entity.call(new Town_LibraryMessage.Lend(new Town.Library.Lend(book, reader, term)));
  }

  /**
   * Sends {@link Town.Library.Lend} without waiting.
   *
   * @param book the message's {@code book}
   * @param reader the message's {@code reader}
   * @param term the message's {@code term}
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Boolean> lendAsync(UUID book, String reader, Duration term) {
    return this.entity.callAsync(new Town_LibraryMessage.Lend(new Town.Library.Lend(book, reader, term)));
  }

  /**
   * Sends {@link Town.Library.LoanOf} and waits for its reply, which is durable together with the state.
   *
   * @param book the message's {@code book}
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Optional<Town.Loan> loanOf(UUID book) {
    return this.entity.call(new Town_LibraryMessage.LoanOf(new Town.Library.LoanOf(book)));
  }

  /**
   * Sends {@link Town.Library.LoanOf} without waiting.
   *
   * @param book the message's {@code book}
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Optional<Town.Loan>> loanOfAsync(UUID book) {
    return this.entity.callAsync(new Town_LibraryMessage.LoanOf(new Town.Library.LoanOf(book)));
  }

  /**
   * Sends {@link Town.Library.Titles} and waits for its reply, which is durable together with the state.
   *
   * @param sorted the message's {@code sorted}
   * @param b the message's {@code b}
   * @param s the message's {@code s}
   * @param i the message's {@code i}
   * @param l the message's {@code l}
   * @param c the message's {@code c}
   * @param f the message's {@code f}
   * @param d the message's {@code d}
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public List<String> titles(boolean sorted, byte b, short s, int i, long l, char c, float f,
      double d) {
    return this.entity.call(new Town_LibraryMessage.Titles(new Town.Library.Titles(sorted, b, s, i, l, c, f, d)));
  }

  /**
   * Sends {@link Town.Library.Titles} without waiting.
   *
   * @param sorted the message's {@code sorted}
   * @param b the message's {@code b}
   * @param s the message's {@code s}
   * @param i the message's {@code i}
   * @param l the message's {@code l}
   * @param c the message's {@code c}
   * @param f the message's {@code f}
   * @param d the message's {@code d}
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<List<String>> titlesAsync(boolean sorted, byte b, short s, int i, long l,
      char c, float f, double d) {
    return this.entity.callAsync(new Town_LibraryMessage.Titles(new Town.Library.Titles(sorted, b, s, i, l, c, f, d)));
  }

  /**
   * Sends {@link Town.Library.Sync} and waits for its reply, which is durable together with the state.
   *
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Void sync() {
    return this.entity.call(new Town_LibraryMessage.Sync(new Town.Library.Sync()));
  }

  /**
   * Sends {@link Town.Library.Sync} without waiting.
   *
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> syncAsync() {
    return this.entity.callAsync(new Town_LibraryMessage.Sync(new Town.Library.Sync()));
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
    return new InTransaction(TransactionRef.of(context, "library/town", id, Town_LibraryCodec.MESSAGES));
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
    return other instanceof Town_LibraryClient that && entity.equals(that.entity);
  }

  @Override
  public int hashCode() {
    return entity.hashCode();
  }

  @Override
  public String toString() {
    return "Town_LibraryClient[" + entity.shownId() + "]";
  }

  /**
   * Sends casts as part of a transaction. They arrive in the order in which they were sent. Not
   * thread-safe.
   */
  public static final class InTransaction {
    private final TransactionRef<Town_LibraryMessage> entity;

    private InTransaction(TransactionRef<Town_LibraryMessage> entity) {
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
     * Sends {@link Town.Library.Add} if the transaction commits.
     *
     * @param books the message's {@code books}
     * @throws io.dgen.DgenException if no transaction can hold the message
     */
    public void add(List<Town.Book> books) {
      this.entity.cast(new Town_LibraryMessage.Add(new Town.Library.Add(books)));
    }
  }

  /**
   * Sends casts that are carried out later. As thread-safe as what it was made from: a client,
   * or a transaction.
   */
  public static final class Delayed {
    private final DelayedRef<Town_LibraryMessage> entity;

    private Delayed(DelayedRef<Town_LibraryMessage> entity) {
      this.entity = entity;
    }

    /**
     * Sends {@link Town.Library.Add}, to be carried out later.
     *
     * @param books the message's {@code books}
     * @return the handle that cancels it
     * @throws io.dgen.DgenException if it could not be sent
     */
    public Scheduled add(List<Town.Book> books) {
      return this.entity.cast(new Town_LibraryMessage.Add(new Town.Library.Add(books)));
    }
  }
}
