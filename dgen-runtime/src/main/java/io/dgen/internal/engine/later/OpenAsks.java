package io.dgen.internal.engine.later;

import io.dgen.error.Effect;
import io.dgen.error.MessageTooLargeException;
import io.dgen.generated.Destination;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.MessageKind;
import io.dgen.generated.ServerMessage;
import io.dgen.generated.Timing;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.AnswerRecord;
import io.dgen.internal.engine.format.Ask;
import io.dgen.internal.engine.format.AskRecord;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.ReplyRecord.Problem;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.term.Terms;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What entities have asked others. Each open ask has a row at its asker, from the transaction that
 * asks to the one that handles the answer, which reads it with a conflict: of several answers to
 * one ask, and of an answer and the end of its time, one counts. The row goes with the entity when
 * that is killed, and so what comes afterwards is late. Thread-safe.
 */
public final class OpenAsks {

  private final TransactionOutbox.Shared shared;

  OpenAsks(TransactionOutbox.Shared shared) {
    this.shared = shared;
  }

  /**
   * What one ask adds to a transaction.
   *
   * @param bytes the size of its messages and rows
   * @param timer the delayed message that says that its time is over; null for none
   */
  record Opened(Envelope message, int bytes, @Nullable Ticket timer) {}

  /**
   * Opens an ask in a transaction, which still has to push the message.
   *
   * @param asker the entity that asks
   * @param codec the codec of its messages
   * @param records the transaction's view of the idempotency records
   */
  <M extends ServerMessage> Opened open(
      Supplier<Transaction> writes,
      Address asker,
      MessageCodec<?> codec,
      Destination<M> to,
      M message,
      @Nullable Duration within,
      RoundIdempotency records)
      throws InterruptedException {
    if (to.codec().kind(message) != MessageKind.CALL) {
      throw new IllegalArgumentException(
          to.codec().name(message) + " is not a call, and has no answer; send it with the client");
    }
    RandomGenerator random = shared.environment().random();
    UUID number = new UUID(random.nextLong(), random.nextLong());
    Address asked = new Address(to.server(), to.id());
    String name = to.server() + "." + to.codec().name(message);
    Envelope envelope = shared.envelope(to, message).asking(new Ask(asker, number, asked));
    byte[] record = Terms.encode(out -> codec.writeAsked(name, message.message(), out));
    if (record.length > Sizes.MAX_ASKED) {
      throw new MessageTooLargeException(
          name
              + ", which "
              + asker
              + " asks, has "
              + record.length
              + " bytes, more than the "
              + Sizes.MAX_ASKED
              + " that may be asked; send a reference to the data",
          Effect.NONE);
    }
    Ticket timer = null;
    String timeout = null;
    if (within != null) {
      timer = shared.delayed().ticket(asker, Timing.after(within).due(shared.environment().now()));
      timeout =
          shared.delayed().send(writes, timer, over(name, asked, number, within), null, records);
    }
    byte[] row =
        new AskRecord(name, asked, shared.environment().now().toEpochMilli(), timeout, record)
            .encoded();
    EntityKeys keys = keys(asker);
    List<byte[]> chunks = Envelope.cut(row);
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      writes.get().set(keys.ask(number, chunk), chunks.get(chunk));
    }
    return new Opened(envelope, row.length, timer);
  }

  /** Returns the answer that says that the time is over. */
  private Envelope over(String name, Address asked, UUID number, Duration within) {
    String text =
        asked
            + " did not answer "
            + name
            + " within "
            + within
            + "; what was asked is not withdrawn, and may still take effect";
    return new AnswerRecord(number, ReplyRecord.problem(Problem.TIMED_OUT, text), null)
        .message(name, shared.environment().now().toEpochMilli());
  }

  /** Begins to read an open ask, with a conflict. */
  public CompletableFuture<List<KeyValue>> begin(Transaction reads, Address asker, UUID number) {
    byte[] prefix = keys(asker).ask(number);
    return reads.getRange(prefix, Keys.prefixEnd(prefix), 0);
  }

  /**
   * Returns an open ask.
   *
   * @param rows what {@link #begin} read
   * @return null if it is not open
   * @throws io.dgen.codec.CodecException if it is unreadable
   */
  public static @Nullable AskRecord read(List<KeyValue> rows) {
    return rows.isEmpty() ? null : AskRecord.decode(Envelope.joined(rows));
  }

  /** Ends an ask, as part of a transaction that handles its answer. */
  public void close(Transactor.Attempt attempt, Address asker, UUID number, AskRecord record)
      throws InterruptedException {
    byte[] prefix = keys(asker).ask(number);
    attempt.writes().clear(prefix, Keys.prefixEnd(prefix));
    String timeout = record.timeout();
    if (timeout != null) {
      var unused =
          shared
              .delayed()
              .cancel(
                  attempt.reads(),
                  attempt::writes,
                  Ticket.parse(timeout),
                  shared.records(attempt.reads()));
    }
  }

  /**
   * Returns a message that leaves the queue without being handled, as it is to be kept: an answer
   * takes with it what was asked, and its ask ends.
   */
  public Envelope whole(Transactor.Attempt attempt, Address asker, Envelope message)
      throws InterruptedException {
    AnswerRecord answer = AnswerRecord.withoutAsked(message);
    if (answer == null) {
      return message;
    }
    AskRecord record =
        read(shared.environment().await(begin(attempt.reads(), asker, answer.number())));
    if (record == null) {
      return message;
    }
    close(attempt, asker, answer.number(), record);
    return message.withPayload(answer.with(record.payload()).encoded());
  }

  /**
   * Returns a message as the entity would handle it, without a conflict: an answer with what was
   * asked.
   *
   * @param keys the keys of the entity
   * @return null for an answer that is late
   */
  public static @Nullable Envelope seen(
      Environment environment, ReadTransaction snapshot, EntityKeys keys, Envelope message)
      throws InterruptedException {
    AnswerRecord answer = AnswerRecord.withoutAsked(message);
    if (answer == null) {
      return message;
    }
    byte[] prefix = keys.ask(answer.number());
    AskRecord ask = read(environment.await(snapshot.getRange(prefix, Keys.prefixEnd(prefix), 0)));
    return ask == null ? null : message.withPayload(answer.with(ask.payload()).encoded());
  }

  private EntityKeys keys(Address asker) {
    return shared.layout().entity(asker.server(), asker.id());
  }
}
