package io.dgen.internal.engine.later;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.From;
import io.dgen.codec.TermCodec;
import io.dgen.error.Effect;
import io.dgen.error.IdempotencyKeyException;
import io.dgen.error.RefusedException;
import io.dgen.generated.codec.WaitingCaller;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Ask;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.FlatTuple;
import io.dgen.internal.engine.format.IdempotencyRecord;
import io.dgen.internal.engine.format.IdempotencyRecord.What;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.spi.Environment;
import io.dgen.store.Transaction;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency records of one entity, as one attempt at a round sees them: records are read with
 * a conflict and written in the transaction of the effect (rule 1), so that of two attempts under
 * one key, on whatever nodes, only one takes effect.
 */
public final class RoundIdempotency {

  private final IdempotencyStore records;
  private final Supplier<Transaction> reads;
  private final Supplier<Transaction> writes;
  private final Environment environment;

  /** The view that this one is a part of; null if it is the attempt's. */
  private final @Nullable RoundIdempotency outer;

  private final Map<Place, CompletableFuture<byte @Nullable []>> begun;

  /** The content of the store once the attempt commits, as far as it was read or written. */
  private final Map<Place, Known> known = new HashMap<>();

  /**
   * Creates the view of an attempt.
   *
   * @param reads the transaction, for reading
   * @param writes the same, for writing
   */
  RoundIdempotency(
      IdempotencyStore records,
      Supplier<Transaction> reads,
      Supplier<Transaction> writes,
      Environment environment) {
    this(records, reads, writes, environment, null, new HashMap<>());
  }

  private RoundIdempotency(
      IdempotencyStore records,
      Supplier<Transaction> reads,
      Supplier<Transaction> writes,
      Environment environment,
      @Nullable RoundIdempotency outer,
      Map<Place, CompletableFuture<byte @Nullable []>> begun) {
    this.records = records;
    this.reads = reads;
    this.writes = writes;
    this.environment = environment;
    this.outer = outer;
    this.begun = begun;
  }

  /**
   * Returns a view for one callback, whose changes may still be dropped.
   *
   * @param part what the callback writes
   */
  RoundIdempotency within(Transaction part) {
    return new RoundIdempotency(records, reads, () -> part, environment, this, begun);
  }

  /** Adds the changes of this view to the one that it is a part of. */
  void keep() {
    if (outer != null) {
      outer.known.putAll(known);
      early.forEach(outer.early::putIfAbsent);
    }
  }

  /** The place of a record. */
  record Place(Address address, String key) {

    /** Returns the text that {@link #parse} reads, for a {@link From}. */
    String text() {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Tuple.from(address.server(), address.id(), key).pack());
    }

    static Place parse(String text) {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      Tuple tuple = FlatTuple.decode(bytes, 0, bytes.length);
      return new Place(new Address(tuple.getString(0), tuple.getString(1)), tuple.getString(2));
    }
  }

  /** Returns the caller of a message, for a reply that is given later. */
  public static <R> From<R> from(
      Address address, @Nullable String key, Caller caller, TermCodec<R> codec) {
    Ask ask = caller.ask();
    String keyed = key == null ? null : new Place(address, key).text();
    return new WaitingCaller<>(
        caller.node().value(), caller.call(), ask == null ? keyed : ask.text(), codec);
  }

  /**
   * What is known of a key.
   *
   * @param stored the stored record, expired or not
   * @param record the record, unless it has expired
   */
  private record Known(@Nullable IdempotencyRecord stored, @Nullable IdempotencyRecord record) {}

  /** Replies to calls that have no record yet. */
  private final Map<Place, byte[]> early = new HashMap<>(0);

  /** Begins to read a record that will be needed. */
  public void prefetch(Address address, String key) {
    var unused = begin(new Place(address, key));
  }

  private CompletableFuture<byte @Nullable []> begin(Place place) {
    return begun.computeIfAbsent(
        place, each -> records.begin(reads.get(), each.address(), each.key()));
  }

  /** Returns the record of a key; null if there is none, or it has expired. */
  public @Nullable IdempotencyRecord find(Address address, String key) throws InterruptedException {
    return known(new Place(address, key)).record();
  }

  private byte @Nullable [] early(Place place) {
    byte[] reply = early.get(place);
    return reply == null && outer != null ? outer.early(place) : reply;
  }

  private @Nullable Known seen(Place place) {
    Known found = known.get(place);
    return found == null && outer != null ? outer.seen(place) : found;
  }

  private Known known(Place place) throws InterruptedException {
    Known found = seen(place);
    if (found == null) {
      byte[] first = environment.await(begin(place));
      IdempotencyRecord stored = records.read(reads.get(), place.address(), place.key(), first);
      boolean counts =
          stored != null && stored.ticket() == null && !records.isOver(stored.expiry());
      found = new Known(stored, counts ? stored : null);
      known.put(place, found);
    }
    return found;
  }

  /**
   * Records that a message has taken effect.
   *
   * @param what the message
   * @param reply its reply, in the form that callers get; null if it has none
   */
  public void done(Address address, String key, What what, byte @Nullable [] reply)
      throws InterruptedException {
    write(new Place(address, key), IdempotencyRecord.done(what, records.expiry(), reply));
  }

  /**
   * Records that a message was refused. If the refusal is not to be remembered, the key is free
   * again; a delayed message that ran under it no longer counts as one that is to come.
   */
  public void refused(
      Address address, String key, What what, boolean isCall, RefusedException refusal)
      throws InterruptedException {
    if (refusal.isRemembered()) {
      done(address, key, what, isCall ? ReplyRecord.refusal(refusal) : null);
    } else {
      unschedule(address, key, null);
    }
  }

  /** Records that a call has taken effect, and is answered later. */
  public void waiting(Address address, String key, What what, Caller caller)
      throws InterruptedException {
    Place place = new Place(address, key);
    byte[] reply = early(place);
    long expiry = records.expiry();
    write(
        place,
        reply == null
            ? IdempotencyRecord.waiting(what, expiry, caller)
            : IdempotencyRecord.done(what, expiry, Sizes.kept(reply)));
  }

  /** Adds a further caller that waits for the answer. */
  public void join(Address address, String key, IdempotencyRecord record, Caller caller)
      throws InterruptedException {
    write(new Place(address, key), record.with(caller));
  }

  /**
   * Records a reply that is given later than its call has run. If the call has an idempotency key,
   * the reply is kept, and goes to all callers that have used the key in the meantime.
   *
   * @param reply in the form of {@link ReplyRecord}
   * @return the callers that get it
   */
  public List<Caller> answer(WaitingCaller<?> from, byte[] reply) throws InterruptedException {
    String text = from.record();
    if (text != null && Ask.isAsk(from.call())) {
      return List.of(Caller.of(Ask.parse(from.node(), text)));
    }
    Caller direct = new Caller(new NodeId(from.node()), from.call());
    if (text == null) {
      return List.of(direct);
    }
    Place place = Place.parse(text);
    IdempotencyRecord record = known(place).record();
    if (record == null) {
      // Expired, or killed with its entity; or answered by the very callback that defers the reply.
      early.putIfAbsent(place, reply);
      return List.of(direct);
    }
    if (!record.isWaiting()) {
      return List.of(); // The first answer counts.
    }
    write(place, record.answered(Sizes.kept(reply)));
    return record.waiting();
  }

  /**
   * Records a message that is sent with a delay: if one was sent under its key before, it is the
   * same message.
   *
   * @param ticket its own name, if it is the first
   * @return the name of the first; its own name if none was sent with a delay before, or that one
   *     has run
   * @throws IdempotencyKeyException if another message has the key
   */
  Scheduling schedule(Address address, String key, What what, String ticket)
      throws InterruptedException {
    Place place = new Place(address, key);
    Known found = known(place);
    IdempotencyRecord stored = found.stored();
    String first = stored == null ? null : stored.ticket();
    IdempotencyRecord before = first != null ? stored : found.record();
    if (before != null && !before.isDamaged() && !before.what().isSame(what)) {
      throw new IdempotencyKeyException(refusal(address, key, before, what), Effect.NONE);
    }
    if (first != null) {
      return new Scheduling(first, false);
    }
    if (before != null) {
      return new Scheduling(ticket, false);
    }
    IdempotencyRecord record = IdempotencyRecord.scheduled(what, ticket);
    records.write(writes.get(), address, key, stored, record);
    known.put(place, new Known(record, null));
    return new Scheduling(ticket, true);
  }

  /**
   * The result for a message that is sent with a delay.
   *
   * @param ticket its name
   * @param isFirst whether it is to be stored
   */
  record Scheduling(String ticket, boolean isFirst) {}

  /**
   * Records that a delayed message will not run: a message that is then sent under its key is
   * another one.
   */
  void unschedule(Address address, String key, @Nullable String ticket)
      throws InterruptedException {
    Place place = new Place(address, key);
    IdempotencyRecord stored = known(place).stored();
    if (stored != null
        && stored.ticket() != null
        && (ticket == null || ticket.equals(stored.ticket()))) {
      records.clear(writes.get(), address, key, stored);
      known.put(place, new Known(null, null));
    }
  }

  private void write(Place place, IdempotencyRecord record) throws InterruptedException {
    records.write(writes.get(), place.address(), place.key(), known(place).stored(), record);
    known.put(place, new Known(record, record));
  }

  /** Returns why a message cannot be sent under a key that another one has. */
  public static String refusal(Address address, String key, IdempotencyRecord record, What what) {
    String name = record.what().name();
    return "the idempotency key "
        + Texts.quoted(key)
        + " of "
        + address
        + " belongs to a "
        + name
        + (record.ticket() == null ? " that has already run" : " that is not yet due")
        + "; it cannot be used for a "
        + what.name()
        + (name.equals(what.name()) ? " that says something else" : "")
        + ": give each request a key of its own";
  }
}
