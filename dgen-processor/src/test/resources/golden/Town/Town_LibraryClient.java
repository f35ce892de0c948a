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
final class Town_LibraryClient extends CastClient<Town_LibraryMessage, Town_LibraryClient, Town_LibraryClient.InTransaction, Town_LibraryClient.Delayed, Town_LibraryClient.Batch> {
  private Town_LibraryClient(EntityRef<Town_LibraryMessage> ref) {
    super(ref, Town_LibraryClient::new, InTransaction::new, Delayed::new, Batch::new);
  }

  /**
   * Returns a client of one entity; the entity is created by its first message.
   */
  public static Town_LibraryClient of(Dgen dgen, String id) {
    return new Town_LibraryClient(EntityRef.of(dgen, "library/town", id, Town_LibraryCodec.MESSAGES));
  }

  /**
   * Sends {@link Town.Library.Add} and waits until it, or its effect, is durable.
   */
  public void add(List<Town.Book> books) {
    add(new Town.Library.Add(books));
  }

  public void add(Town.Library.Add message) {
    this.ref.cast(new Town_LibraryMessage.Add(message));
  }

  /**
   * Sends {@link Town.Library.Add} without waiting; the future completes once it, or its effect, is durable.
   */
  public CompletableFuture<Void> addAsync(List<Town.Book> books) {
    return addAsync(new Town.Library.Add(books));
  }

  public CompletableFuture<Void> addAsync(Town.Library.Add message) {
    return this.ref.castAsync(new Town_LibraryMessage.Add(message));
  }

  /**
   * Sends {@link Town.Library.Seal} and waits until its effect is durable.
   */
  public void seal(byte... seal) {
    seal(new Town.Library.Seal(seal));
  }

  public void seal(Town.Library.Seal message) {
    this.ref.info(new Town_LibraryMessage.Seal(message));
  }

  /**
   * Sends {@link Town.Library.Seal} without waiting; the future completes once its effect is durable.
   */
  public CompletableFuture<Void> sealAsync(byte... seal) {
    return sealAsync(new Town.Library.Seal(seal));
  }

  public CompletableFuture<Void> sealAsync(Town.Library.Seal message) {
    return this.ref.infoAsync(new Town_LibraryMessage.Seal(message));
  }

  /**
   * Sends {@link Town.Library.Lend} and returns its reply, once that is durable.
   */
  public Boolean lend(UUID book, String reader, Duration term) {
    return lend(new Town.Library.Lend(book, reader, term));
  }

  public Boolean lend(Town.Library.Lend message) {
    return this.ref.call(new Town_LibraryMessage.Lend(message));
  }

  /**
   * Sends {@link Town.Library.Lend} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Boolean> lendAsync(UUID book, String reader, Duration term) {
    return lendAsync(new Town.Library.Lend(book, reader, term));
  }

  public CompletableFuture<Boolean> lendAsync(Town.Library.Lend message) {
    return this.ref.callAsync(new Town_LibraryMessage.Lend(message));
  }

  /**
   * Sends {@link Town.Library.LoanOf} and returns its reply, once that is durable.
   */
  public Optional<Town.Loan> loanOf(UUID book) {
    return loanOf(new Town.Library.LoanOf(book));
  }

  public Optional<Town.Loan> loanOf(Town.Library.LoanOf message) {
    return this.ref.call(new Town_LibraryMessage.LoanOf(message));
  }

  /**
   * Sends {@link Town.Library.LoanOf} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Optional<Town.Loan>> loanOfAsync(UUID book) {
    return loanOfAsync(new Town.Library.LoanOf(book));
  }

  public CompletableFuture<Optional<Town.Loan>> loanOfAsync(Town.Library.LoanOf message) {
    return this.ref.callAsync(new Town_LibraryMessage.LoanOf(message));
  }

  /**
   * Sends {@link Town.Library.Titles} and returns its reply, once that is durable.
   */
  public List<String> titles(boolean sorted, byte b, short s, int i, long l, char c, float f,
      double d) {
    return titles(new Town.Library.Titles(sorted, b, s, i, l, c, f, d));
  }

  public List<String> titles(Town.Library.Titles message) {
    return this.ref.call(new Town_LibraryMessage.Titles(message));
  }

  /**
   * Sends {@link Town.Library.Titles} without waiting; the future completes with its reply.
   */
  public CompletableFuture<List<String>> titlesAsync(boolean sorted, byte b, short s, int i, long l,
      char c, float f, double d) {
    return titlesAsync(new Town.Library.Titles(sorted, b, s, i, l, c, f, d));
  }

  public CompletableFuture<List<String>> titlesAsync(Town.Library.Titles message) {
    return this.ref.callAsync(new Town_LibraryMessage.Titles(message));
  }

  /**
   * Sends {@link Town.Library.Sync} and returns its reply, once that is durable.
   */
  public Void sync() {
    return this.ref.call(new Town_LibraryMessage.Sync(new Town.Library.Sync()));
  }

  /**
   * Sends {@link Town.Library.Sync} without waiting; the future completes with its reply.
   */
  public CompletableFuture<Void> syncAsync() {
    return this.ref.callAsync(new Town_LibraryMessage.Sync(new Town.Library.Sync()));
  }

  /**
   * Returns a client for use inside a callback, as part of its transaction.
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
     */
    public void add(List<Town.Book> books) {
      add(new Town.Library.Add(books));
    }

    public void add(Town.Library.Add message) {
      this.ref.cast(new Town_LibraryMessage.Add(message));
    }
  }

  /**
   * Sends delayed casts.
   */
  public static final class Delayed extends CastSender<DelayedRef<Town_LibraryMessage>> {
    private Delayed(DelayedRef<Town_LibraryMessage> ref) {
      super(ref);
    }

    /**
     * Sends {@link Town.Library.Add} with a delay, and returns the handle that cancels it.
     */
    public DelayedMessage add(List<Town.Book> books) {
      return add(new Town.Library.Add(books));
    }

    public DelayedMessage add(Town.Library.Add message) {
      return this.ref.cast(new Town_LibraryMessage.Add(message));
    }
  }

  /**
   * Collects casts that are sent together.
   */
  public static final class Batch extends CastSender<BatchRef<Town_LibraryMessage>> {
    private Batch(BatchRef<Town_LibraryMessage> ref) {
      super(ref);
    }

    /**
     * Adds {@link Town.Library.Add} to the batch.
     */
    public void add(List<Town.Book> books) {
      add(new Town.Library.Add(books));
    }

    public void add(Town.Library.Add message) {
      this.ref.add(new Town_LibraryMessage.Add(message));
    }
  }
}
