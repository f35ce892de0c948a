package sample;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.Scheduled;
import io.dgen.generated.CastClient;
import io.dgen.generated.TransactionClient;
import io.dgen.spi.DelayedRef;
import io.dgen.spi.EntityRef;
import io.dgen.spi.TransactionRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * Sends messages to one entity of {@link Town.Library}.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
final class Town_LibraryClient extends CastClient<Town_LibraryMessage, Town_LibraryClient, Town_LibraryClient.InTransaction, Town_LibraryClient.Delayed> {
  private Town_LibraryClient(EntityRef<Town_LibraryMessage> ref) {
    super(ref, Town_LibraryClient::new, InTransaction::new, Delayed::new);
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
   * Sends {@link Town.Library.Add} and waits until the message, or its effect, is durable.
   *
   * @param books the message's {@code books}
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void add(List<Town.Book> books) {
    this.ref.cast(new Town_LibraryMessage.Add(new Town.Library.Add(books)));
  }

  /**
   * Sends {@link Town.Library.Add} without waiting.
   *
   * @param books the message's {@code books}
   * @return a future, completed with null once the message, or its effect, is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> addAsync(List<Town.Book> books) {
    return this.ref.castAsync(new Town_LibraryMessage.Add(new Town.Library.Add(books)));
  }

  /**
   * Sends {@link Town.Library.Seal} and waits until the callback ran and its effect is durable.
   *
   * @param seal the message's {@code seal}
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void seal(byte... seal) {
    this.ref.info(new Town_LibraryMessage.Seal(new Town.Library.Seal(seal)));
  }

  /**
   * Sends {@link Town.Library.Seal} without waiting.
   *
   * @param seal the message's {@code seal}
   * @return a future, completed with null once the callback ran and its effect is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> sealAsync(byte... seal) {
    return this.ref.infoAsync(new Town_LibraryMessage.Seal(new Town.Library.Seal(seal)));
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
    return this.ref.call(new Town_LibraryMessage.Lend(new Town.Library.Lend(book, reader, term)));
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
    return this.ref.callAsync(new Town_LibraryMessage.Lend(new Town.Library.Lend(book, reader, term)));
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
    return this.ref.call(new Town_LibraryMessage.LoanOf(new Town.Library.LoanOf(book)));
  }

  /**
   * Sends {@link Town.Library.LoanOf} without waiting.
   *
   * @param book the message's {@code book}
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Optional<Town.Loan>> loanOfAsync(UUID book) {
    return this.ref.callAsync(new Town_LibraryMessage.LoanOf(new Town.Library.LoanOf(book)));
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
    return this.ref.call(new Town_LibraryMessage.Titles(new Town.Library.Titles(sorted, b, s, i, l, c, f, d)));
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
    return this.ref.callAsync(new Town_LibraryMessage.Titles(new Town.Library.Titles(sorted, b, s, i, l, c, f, d)));
  }

  /**
   * Sends {@link Town.Library.Sync} and waits for its reply, which is durable together with the state.
   *
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Void sync() {
    return this.ref.call(new Town_LibraryMessage.Sync(new Town.Library.Sync()));
  }

  /**
   * Sends {@link Town.Library.Sync} without waiting.
   *
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> syncAsync() {
    return this.ref.callAsync(new Town_LibraryMessage.Sync(new Town.Library.Sync()));
  }

  /**
   * Sends casts that are enqueued all together or not at all, and waits until they are durable.
   *
   * @param messages what to send, in order; at most 10,000
   * @throws io.dgen.MessageTooLargeException if they do not fit into one transaction
   */
  public void castAll(List<? extends Town_LibraryMessage.Cast> messages) {
    this.ref.castAll(messages);
  }

  /**
   * Sends casts that are enqueued all together or not at all.
   *
   * @param messages what to send, in order; at most 10,000
   * @return completes when they are durable, or with a {@link io.dgen.MessageTooLargeException} if they do not fit into one transaction
   */
  public CompletableFuture<Void> castAllAsync(List<? extends Town_LibraryMessage.Cast> messages) {
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
    return new InTransaction(TransactionRef.of(context, "library/town", id, Town_LibraryCodec.MESSAGES));
  }

  /**
   * Sends casts as part of a transaction.
   */
  public static final class InTransaction extends TransactionClient<Town_LibraryMessage, Delayed> {
    private InTransaction(TransactionRef<Town_LibraryMessage> ref) {
      super(ref, Delayed::new);
    }

    /**
     * Sends {@link Town.Library.Add} if the transaction commits.
     *
     * @param books the message's {@code books}
     * @throws io.dgen.DgenException if no transaction can hold the message
     */
    public void add(List<Town.Book> books) {
      this.ref.cast(new Town_LibraryMessage.Add(new Town.Library.Add(books)));
    }
  }

  /**
   * Sends casts that are carried out later. As thread-safe as what it was made from: a client,
   * or a transaction.
   */
  public static final class Delayed {
    private final DelayedRef<Town_LibraryMessage> ref;

    private Delayed(DelayedRef<Town_LibraryMessage> ref) {
      this.ref = ref;
    }

    /**
     * Sends {@link Town.Library.Add}, to be carried out later.
     *
     * @param books the message's {@code books}
     * @return the handle that cancels it
     * @throws io.dgen.DgenException if it could not be sent
     */
    public Scheduled add(List<Town.Book> books) {
      return this.ref.cast(new Town_LibraryMessage.Add(new Town.Library.Add(books)));
    }
  }
}
