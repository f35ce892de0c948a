package io.dgen.internal.engine.later;

import io.dgen.DelayedMessage;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.generated.CallbackOutbox;
import io.dgen.generated.Destination;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.ServerMessage;
import io.dgen.generated.Timing;
import io.dgen.generated.codec.WaitingCaller;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.format.TooLarge;
import io.dgen.internal.engine.query.TransactionQueries;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.overlay.NestedTransaction;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
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
  private final RoundIdempotency records;
  private final ReplyBatch replies;
  private final Set<Address> targets = new LinkedHashSet<>(0);
  private final List<Ticket> tickets = new ArrayList<>(0);
  private long bytes;
  private volatile @Nullable StoreException failure;

  RoundOutbox(
      Transactor.Attempt attempt,
      TransactionOutbox.Shared shared,
      RoundIdempotency records,
      ReplyBatch replies) {
    this.attempt = attempt;
    this.shared = shared;
    this.records = records;
    this.replies = replies;
  }

  /** What is to be done once the transaction has committed. */
  public record Sent(Set<Address> targets, List<Ticket> tickets) {

    public static final Sent NOTHING = new Sent(Set.of(), List.of());

    /** Returns the same with further entities whose queues got messages. */
    public Sent and(Set<Address> more) {
      if (more.isEmpty()) {
        return this;
      }
      Set<Address> all = new LinkedHashSet<>(targets);
      all.addAll(more);
      return new Sent(all, tickets);
    }
  }

  public Sent sent() {
    return new Sent(targets, tickets);
  }

  /**
   * Returns how many bytes the callbacks sent and wrote: they count towards the size at which the
   * round ends.
   */
  public long bytes() {
    return bytes;
  }

  /** A read of the store. */
  @FunctionalInterface
  private interface Read<T> {
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

  /**
   * The transaction as one callback may use it: until it returns, and on its own thread. What the
   * callback does is held back until {@link #keep}; if it is not kept, only its reads stay in the
   * transaction.
   */
  public final class Scope implements CallbackOutbox, GuardedTransaction.Open {

    private final Address address;
    private final Thread thread;
    private volatile boolean over;

    /** What the callback writes and sends. */
    private @Nullable Part part;

    private Scope(Address address, Thread thread) {
      this.address = address;
      this.thread = thread;
    }

    /** Ends the scope, when the callback has returned or thrown. */
    public void close() {
      over = true;
    }

    /** Makes what the callback has done a part of the round's transaction. */
    public void keep() {
      Part kept = part;
      if (kept != null) {
        kept.keep();
      }
    }

    private Part part() {
      Part current = part;
      if (current == null) {
        current = new Part(this);
        part = current;
      }
      return current;
    }

    public Transaction transaction() {
      checkThread();
      return part().guarded;
    }

    @Override
    public <M> void cast(Destination<M> to, M message) {
      checkThread();
      part().outbox.cast(to, message);
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
      Part current = part();
      DelayedMessage delayed =
          read(() -> current.outbox.cast(to, message, timing, current.records));
      checkSize();
      return delayed;
    }

    @Override
    public <M extends ServerMessage> void ask(
        MessageCodec<?> asker, Destination<M> to, M message, @Nullable Duration within) {
      checkThread();
      Part current = part();
      read(
          () -> {
            current.outbox.ask(address, asker, to, message, within, current.records);
            return current;
          });
      checkSize();
    }

    /**
     * Checks the size, so that a callback that sends or writes without end is stopped before it
     * fills the memory.
     */
    private void checkSize() {
      if (part().least() > Sizes.TRANSACTION) {
        throw TooLarge.sent(address);
      }
    }

    public boolean cancel(Ticket ticket) {
      checkThread();
      Part current = part();
      return read(
          () ->
              shared
                  .delayed()
                  .cancel(current.nested, () -> current.nested, ticket, current.records));
    }

    /**
     * Deletes the entity's delayed messages, as far as they were sent until now: as part of what
     * the callback does.
     */
    public void deleteDelayed() {
      checkThread();
      Part current = part();
      read(
          () -> {
            shared.delayed().deleteAll(current.nested, address, current.records);
            return true;
          });
    }

    /**
     * Replies to a call.
     *
     * @param reply in the form of {@link ReplyRecord}
     */
    public void reply(WaitingCaller<?> from, byte[] reply) {
      checkThread();
      Part current = part();
      for (Caller caller : read(() -> current.records.answer(from, reply))) {
        current.replies.add(new PartReply(caller, reply));
      }
    }

    /** Reads for a callback. */
    private <T> T read(Read<T> read) {
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
      return part().nested;
    }

    @Override
    public Transaction writes(int size) {
      checkOpen();
      Part current = part();
      current.written += size;
      checkSize();
      return current.nested;
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

  private record PartReply(Caller caller, byte[] reply) {}

  /** What one callback adds to the transaction. */
  private final class Part {

    private final NestedTransaction nested;
    private final GuardedTransaction guarded;
    private final TransactionOutbox outbox;
    private final RoundIdempotency records;
    private final List<PartReply> replies = new ArrayList<>(0);
    private long written;

    private Part(Scope scope) {
      this.nested =
          new NestedTransaction(
              attempt.reads(),
              () -> scope.read(() -> shared.environment().await(attempt.reads().getReadVersion())));
      this.guarded = new GuardedTransaction(scope, shared.layout().root());
      this.outbox = new TransactionOutbox(shared, () -> nested);
      this.records = RoundOutbox.this.records.within(nested);
    }

    /** Returns the least that this adds to the transaction's size. */
    private long least() {
      return written + outbox.least();
    }

    private void keep() {
      StoreException unreadable = nested.failure();
      if (unreadable != null) {
        throw unreadable;
      }
      if (nested.hasWrites()) {
        nested.keep(attempt.writes());
      }
      records.keep();
      for (PartReply each : replies) {
        RoundOutbox.this.replies.addLate(each.caller(), each.reply());
      }
      targets.addAll(outbox.targets());
      tickets.addAll(outbox.tickets());
      bytes += written + outbox.bytes();
    }
  }
}
