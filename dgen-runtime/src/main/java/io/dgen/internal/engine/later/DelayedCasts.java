package io.dgen.internal.engine.later;

import io.dgen.DelayedMessage;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.generated.Destination;
import io.dgen.generated.Outbox;
import io.dgen.generated.Timing;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.IdempotencyRecord.What;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.send.Deadlines;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.engine.work.CallbackThread;
import io.dgen.internal.engine.work.InFlight;
import io.dgen.spi.Environment;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends delayed casts, and cancels them, from outside any transaction. Thread-safe. */
public final class DelayedCasts {

  private final TransactionOutbox.Shared shared;
  private final Transactor transactor;
  private final Deadlines deadlines;
  private final DelayTimers dueShards;
  private final InFlight busy;
  private final Environment callers;

  /**
   * Creates it.
   *
   * @param callers runs the waits of users' threads
   */
  public DelayedCasts(
      TransactionOutbox.Shared shared,
      Deadlines deadlines,
      DelayTimers dueShards,
      InFlight busy,
      Environment callers) {
    this.shared = shared;
    this.transactor = shared.store().transactor();
    this.deadlines = deadlines;
    this.dueShards = dueShards;
    this.busy = busy;
    this.callers = callers;
  }

  /** Returns an outbox for a user's or a callback's transaction. */
  public Outbox in(Transaction transaction) {
    if (transaction instanceof GuardedTransaction guarded
        && guarded.open() instanceof RoundOutbox.Scope scope) {
      return scope;
    }
    CallbackThread.refuse("send in another transaction", "send with the client's in(context, id)");
    return new TransactionOutbox(shared, () -> transaction);
  }

  /** Sends a delayed cast, and waits until it is durable. */
  public <M> DelayedMessage send(Destination<M> to, M message, Timing timing, Duration timeout) {
    Envelope envelope = shared.envelope(to, message);
    Ticket ticket = shared.ticket(to, timing);
    // Here, since users' codecs must not run on a thread of the engine.
    What what = What.ofKeyed(envelope, to.codec(), message);
    Waiting waiting = new Waiting(envelope.name() + " to " + ticket.address(), timeout);
    busy.begin();
    deadlines.add(waiting, timeout);
    shared.environment().execute(() -> send(ticket, envelope, what, waiting));
    return new DelayedMessage(await(waiting.done, "sending " + envelope.name()));
  }

  private void send(Ticket ticket, Envelope envelope, @Nullable What what, Waiting waiting) {
    try {
      String name =
          transactor
              .run(
                  attempt ->
                      shared
                          .delayed()
                          .send(
                              attempt::writes,
                              ticket,
                              envelope,
                              what,
                              shared.records(attempt.reads())))
              .value();
      dueShards.sent(ticket);
      waiting.done.complete(name);
    } catch (InterruptedException e) {
      waiting.done.completeExceptionally(
          new DgenException("interrupted while sending " + waiting.what, e, Effect.UNKNOWN));
    } catch (RuntimeException | Error e) {
      waiting.done.completeExceptionally(e);
    } finally {
      deadlines.remove(waiting);
      busy.end();
    }
  }

  /** Cancels a message in a transaction of its own. */
  public boolean cancel(String text) {
    Ticket ticket = Ticket.parse(text);
    try {
      return transactor
          .<Boolean>run(
              attempt ->
                  shared
                      .delayed()
                      .cancel(
                          attempt.reads(),
                          attempt::writes,
                          ticket,
                          shared.records(attempt.reads())))
          .value();
    } catch (InterruptedException e) {
      throw interrupted("cancelling a message to " + ticket.address(), e);
    }
  }

  /** Cancels a message in a user's or a callback's transaction. */
  public boolean cancel(String text, Transaction transaction) {
    Ticket ticket = Ticket.parse(text);
    if (transaction instanceof GuardedTransaction guarded
        && guarded.open() instanceof RoundOutbox.Scope scope) {
      return scope.cancel(ticket);
    }
    CallbackThread.refuse(
        "cancel a delayed message in another transaction", "use context.cancel(message)");
    try {
      return shared
          .delayed()
          .cancel(transaction, () -> transaction, ticket, shared.records(transaction));
    } catch (InterruptedException e) {
      throw interrupted("cancelling a message to " + ticket.address(), e);
    }
  }

  private String await(CompletableFuture<String> done, String what) {
    try {
      return callers.await(done);
    } catch (InterruptedException e) {
      throw interrupted(what + ", which is not withdrawn", e);
    }
  }

  private static DgenException interrupted(String what, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new DgenException("interrupted while " + what, e, Effect.UNKNOWN);
  }

  /** A sender that waits for its transaction. */
  private static final class Waiting extends Deadlines.Entry {

    private final String what;
    private final Duration timeout;
    private final CompletableFuture<String> done = new CompletableFuture<>();

    Waiting(String what, Duration timeout) {
      this.what = what;
      this.timeout = timeout;
    }

    @Override
    public void expired() {
      done.completeExceptionally(
          new CallTimeoutException(
              "no acknowledgement of the delayed "
                  + what
                  + " within "
                  + timeout.toMillis()
                  + " ms: the store is slow. It may still be sent",
              null));
    }
  }
}
