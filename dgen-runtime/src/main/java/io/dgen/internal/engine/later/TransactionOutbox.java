package io.dgen.internal.engine.later;

import io.dgen.DelayedMessage;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.MessageTooLargeException;
import io.dgen.generated.Destination;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.Outbox;
import io.dgen.generated.ServerMessage;
import io.dgen.generated.Timing;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.IdempotencyRecord.What;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.later.OpenAsks.Opened;
import io.dgen.internal.engine.query.TransactionQueries;
import io.dgen.internal.engine.send.Push;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.internal.term.Terms;
import io.dgen.spi.Environment;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends casts in a transaction that its owner commits: a round's, or a user's. They are pushed to
 * the queues blindly, in the order of the transaction's user versions, whichever client they are
 * sent through.
 */
public final class TransactionOutbox implements Outbox {

  private final Shared shared;
  private final Supplier<Transaction> writes;
  private final Set<Address> targets = new LinkedHashSet<>();
  private final List<Ticket> tickets = new ArrayList<>(0);
  private long bytes;

  /** The least that its messages add to the transaction's size. */
  private long least;

  TransactionOutbox(Shared shared, Supplier<Transaction> writes) {
    this.shared = shared;
    this.writes = writes;
  }

  /** The state that the outboxes of a node share. */
  public record Shared(
      NodeStore store,
      DelayedMessages delayed,
      IdempotencyStore records,
      TransactionQueries queries) {

    KeyLayout layout() {
      return store.layout();
    }

    Environment environment() {
      return store.environment();
    }

    /** Returns the view of the idempotency records within a user's transaction. */
    RoundIdempotency records(Transaction transaction) {
      return new RoundIdempotency(records, () -> transaction, () -> transaction, environment());
    }

    /** Returns the form in which a cast is stored. */
    <M> Envelope envelope(Destination<M> to, M message) {
      MessageCodec<M> codec = to.codec();
      byte[] payload = Terms.encode(out -> codec.write(message, out));
      int most = Sizes.maxMessage(layout().entity(to.server(), to.id()));
      if (payload.length > most) {
        throw new MessageTooLargeException(
            codec.name(message)
                + " to "
                + new Address(to.server(), to.id())
                + " has "
                + payload.length
                + " bytes, more than the "
                + most
                + " that a queued message may have; send a reference to the data, or split it",
            Effect.NONE);
      }
      return Envelope.of(
          codec.name(message),
          codec.kind(message),
          environment().now().toEpochMilli(),
          to.idempotencyKey(),
          payload);
    }

    <M> Ticket ticket(Destination<M> to, Timing timing) {
      return delayed.ticket(new Address(to.server(), to.id()), timing.due(environment().now()));
    }
  }

  @Override
  public <M> void cast(Destination<M> to, M message) {
    Envelope envelope = shared.envelope(to, message);
    Push.write(writes.get(), shared.layout().entity(to.server(), to.id()), List.of(envelope));
    count(to, envelope);
    targets.add(new Address(to.server(), to.id()));
  }

  @Override
  public <M> @Nullable Object query(Destination<M> to, M message) {
    HostedServer<?, M> server = shared.queries().server(to, message);
    try {
      return shared
          .queries()
          .run(
              server,
              message,
              shared.queries().read(writes.get(), new Address(to.server(), to.id())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DgenException("interrupted while querying " + to.server(), e, Effect.NONE);
    }
  }

  @Override
  public <M> DelayedMessage cast(Destination<M> to, M message, Timing timing) {
    try {
      return cast(to, message, timing, shared.records(writes.get()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DgenException("interrupted while sending to " + to.server(), e, Effect.NONE);
    }
  }

  /** Sends a delayed cast, given the transaction's view of the idempotency records. */
  <M> DelayedMessage cast(Destination<M> to, M message, Timing timing, RoundIdempotency records)
      throws InterruptedException {
    Envelope envelope = shared.envelope(to, message);
    Ticket ticket = shared.ticket(to, timing);
    String name =
        shared
            .delayed()
            .send(writes, ticket, envelope, What.ofKeyed(envelope, to.codec(), message), records);
    count(to, envelope);
    tickets.add(ticket);
    return new DelayedMessage(name);
  }

  /**
   * Asks for an entity.
   *
   * @param asker the entity that asks
   * @param codec the codec of its messages
   */
  <M extends ServerMessage> void ask(
      Address asker,
      MessageCodec<?> codec,
      Destination<M> to,
      M message,
      @Nullable Duration within,
      RoundIdempotency records)
      throws InterruptedException {
    Opened ask = new OpenAsks(shared).open(writes, asker, codec, to, message, within, records);
    Push.write(writes.get(), shared.layout().entity(to.server(), to.id()), List.of(ask.message()));
    count(to, ask.message());
    bytes += ask.bytes();
    least += ask.bytes();
    targets.add(new Address(to.server(), to.id()));
    Ticket timer = ask.timer();
    if (timer != null) {
      tickets.add(timer);
    }
  }

  private void count(Destination<?> to, Envelope envelope) {
    int payload = envelope.payload().bytes.length;
    bytes += payload + Push.OVERHEAD;
    least += payload + Push.leastOverhead(shared.layout().entity(to.server(), to.id()));
  }

  /** Returns the least number of bytes that the messages add to the transaction. */
  long least() {
    return least;
  }

  /** Returns how many bytes of messages were sent. */
  long bytes() {
    return bytes;
  }

  /** Returns the entities whose queues get messages when the transaction commits. */
  Set<Address> targets() {
    return targets;
  }

  /** Returns the messages that are delayed when the transaction commits. */
  List<Ticket> tickets() {
    return tickets;
  }
}
