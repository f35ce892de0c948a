package io.dgen.internal.engine.later;

import io.dgen.DelayedMessage;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.generated.Destination;
import io.dgen.generated.Outbox;
import io.dgen.generated.Timing;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.format.TooLarge;
import io.dgen.internal.engine.query.TransactionQueries;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages that the callbacks of one attempt at a round send, and their writes to users' own
 * keys: part of the round's transaction (rule 1), so that an attempt that is given up leaves
 * nothing behind.
 */
public final class RoundOutbox {

  private final Transactor.Attempt attempt;
  private final TransactionOutbox.Shared shared;
  private final TransactionOutbox outbox;
  private final RoundIdempotency records;
  private long written;
  private volatile @Nullable StoreException failure;

  RoundOutbox(
      Transactor.Attempt attempt, TransactionOutbox.Shared shared, RoundIdempotency records) {
    this.attempt = attempt;
    this.shared = shared;
    this.records = records;
    this.outbox = new TransactionOutbox(shared, attempt::writes);
  }

  /** What is to be done once the transaction has committed. */
  public record Sent(Set<Address> targets, List<Ticket> tickets) {

    public static final Sent NOTHING = new Sent(Set.of(), List.of());
  }

  public Sent sent() {
    return new Sent(outbox.targets(), outbox.tickets());
  }

  /**
   * Returns how many bytes the callbacks sent and wrote: they count towards the size at which the
   * round ends.
   */
  public long bytes() {
    return written + outbox.bytes();
  }

  private long least() {
    return written + outbox.least();
  }

  /** A read of the store. */
  @FunctionalInterface
  public interface Read<T> {
    T get() throws InterruptedException;
  }

  /**
   * Returns the store's failure of a callback's read: the attempt then fails, even if the callback
   * caught the exception. Null if no read failed.
   */
  public @Nullable StoreException failure() {
    return failure;
  }

  /**
   * Opens the transaction for a callback.
   *
   * @param address the entity, for errors
   */
  public Scope open(Address address) {
    return new Scope(address, Thread.currentThread());
  }

  /** The transaction as one callback may use it: until it returns, and on its own thread. */
  public final class Scope implements Outbox, GuardedTransaction.Open {

    private final Address address;
    private final Thread thread;
    private final GuardedTransaction transaction =
        new GuardedTransaction(this, shared.layout().root());
    private volatile boolean over;

    /** The size of the transaction when the callback began. */
    private final long before = least();

    private Scope(Address address, Thread thread) {
      this.address = address;
      this.thread = thread;
    }

    /** Ends the scope, when the callback has returned or thrown. */
    public void close() {
      over = true;
    }

    public Transaction transaction() {
      checkThread();
      return transaction;
    }

    @Override
    public <M> void cast(Destination<M> to, M message) {
      checkThread();
      outbox.cast(to, message);
      checkSize();
    }

    @Override
    public <M> @Nullable Object query(Destination<M> to, M message) {
      checkThread();
      Address target = new Address(to.server(), to.id());
      if (target.equals(address)) {
        throw new IllegalStateException(
            to.codec().name(message)
                + " to "
                + target
                + " is a query to the entity whose callback runs; use the state that the callback"
                + " takes");
      }
      TransactionQueries queries = shared.queries();
      HostedServer<?, M> server = queries.server(to, message);
      return queries.run(server, message, read(() -> queries.read(attempt.reads(), target)));
    }

    @Override
    public <M> DelayedMessage cast(Destination<M> to, M message, Timing timing) {
      checkThread();
      DelayedMessage delayed = read(() -> outbox.cast(to, message, timing, records));
      checkSize();
      return delayed;
    }

    /**
     * Checks the size, so that a callback that sends or writes without end is stopped before it
     * fills the memory.
     */
    private void checkSize() {
      if (least() - before > Sizes.TRANSACTION) {
        throw TooLarge.sent(address);
      }
    }

    public boolean cancel(Ticket ticket) {
      checkThread();
      return read(() -> shared.delayed().cancel(attempt.reads(), attempt::writes, ticket, records));
    }

    /** Reads for a callback. */
    public <T> T read(Read<T> read) {
      try {
        return read.get();
      } catch (StoreException e) {
        failed(e);
        throw e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DgenException("interrupted in a callback of " + address, e, Effect.NONE);
      }
    }

    @Override
    public Transaction reads() {
      checkOpen();
      return attempt.reads();
    }

    @Override
    public Transaction writes(int bytes) {
      checkOpen();
      written += bytes;
      checkSize();
      return attempt.writes();
    }

    @Override
    public void failed(StoreException error) {
      if (error.isRetryable() || error.is(StoreError.STORE_CLOSED)) {
        failure = error;
      }
    }

    public void checkThread() {
      checkOpen();
      if (!Thread.currentThread().equals(thread)) {
        throw new IllegalStateException(
            "the context of a callback of "
                + address
                + " was used on another thread; use it only on the thread that runs the callback");
      }
    }

    private void checkOpen() {
      if (over) {
        throw new IllegalStateException(
            "the context of a callback of "
                + address
                + " was used after the callback had returned; use it only within the callback");
      }
    }
  }
}
