package io.dgen.tests.simulation;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import io.dgen.tests.harness.ForwardingTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store as one node sees it, and, if asked for, a note of each attempt at a transaction that
 * the node makes. It may have no time for work at batch priority: nothing of that is answered then.
 */
final class TracedStore implements Store {

  /** What keys are for, by the first element of their tuple. */
  enum Kind {
    ENTITY(0),
    READY(1),
    BUMP(2),
    DUE(3),
    REPLY(4),
    MAIL(5),
    NODE(6),
    RECEIPT(7),
    EXPIRY(8),
    RUNNING_TIME(9),
    DAMAGED(10),
    QUERY(11),
    QUERY_BELL(12),
    /** Not the engine's. */
    OTHER(-1);

    /** In the tuple layer a zero is one byte, and a small number two, of which the latter is it. */
    private static final byte ZERO = 0x14;

    private static final byte[] ROOT = "dgen".getBytes(StandardCharsets.UTF_8);

    private final int tag;

    Kind(int tag) {
      this.tag = tag;
    }

    /** What every tuple of this kind begins with. */
    int tag() {
      return tag;
    }

    static Kind of(byte[] key) {
      if (!Arrays.equals(key, 0, Math.min(ROOT.length, key.length), ROOT, 0, ROOT.length)) {
        return OTHER;
      }
      int tag = key[ROOT.length] == ZERO ? 0 : key[ROOT.length + 1];
      return Arrays.stream(values()).filter(kind -> kind.tag == tag).findFirst().orElseThrow();
    }

    /** A key of the engine's, without the root. */
    static Tuple tuple(byte[] key) {
      return Tuple.fromBytes(key, ROOT.length, key.length - ROOT.length);
    }
  }

  private final Simulation simulation;
  private final Store store;
  private final List<Trace> noted = new ArrayList<>();
  private boolean traces;
  private boolean starvesBatch;
  private @Nullable Kind failing;
  private Predicate<byte[]> heldBack = key -> false;
  private Function<byte[], CompletableFuture<Void>> until =
      key -> CompletableFuture.completedFuture(null);

  TracedStore(Simulation simulation, Store store) {
    this.simulation = simulation;
    this.store = store;
  }

  /** Has no time for batch work from now on. */
  TracedStore starveBatch() {
    starvesBatch = true;
    return this;
  }

  /** The next commit that clears keys of a kind fails for good. */
  TracedStore failNextThatClears(Kind kind) {
    failing = kind;
    return this;
  }

  /**
   * Holds commits back that set certain keys, by plain sets, from now on.
   *
   * @param keys which keys
   * @param until until when, for the last such key of a transaction
   */
  TracedStore holdBack(Predicate<byte[]> keys, Function<byte[], CompletableFuture<Void>> until) {
    this.heldBack = keys;
    this.until = until;
    return this;
  }

  /** One attempt at a transaction. */
  static final class Trace {

    final TransactionOptions options;
    final Set<Kind> cleared = EnumSet.noneOf(Kind.class);
    final Set<Kind> written = EnumSet.noneOf(Kind.class);
    final List<Kind> reads = new ArrayList<>();

    /** How many reads came one after the other, each when one before it was answered. */
    int depth;

    boolean committed;

    Trace(TransactionOptions options) {
      this.options = options;
    }

    boolean isBatch() {
      return options.priority() == TransactionOptions.Priority.BATCH;
    }
  }

  /** Notes each attempt from now on. */
  TracedStore trace() {
    traces = true;
    return this;
  }

  /** What was noted since the last call. */
  List<Trace> take() {
    List<Trace> all = List.copyOf(noted);
    noted.clear();
    return all;
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return new TracedTransaction(options, store.createTransaction(options));
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("the store belongs to the simulation");
  }

  private final class TracedTransaction extends ForwardingTransaction {

    private final TransactionOptions options;
    private Trace trace;
    private int answered;

    /** What holds the commit back. */
    private byte @Nullable [] holding;

    TracedTransaction(TransactionOptions options, Transaction transaction) {
      super(transaction);
      this.options = options;
      begin();
    }

    private void begin() {
      trace = new Trace(options);
      answered = 0;
      holding = null;
      if (traces) {
        noted.add(trace);
      }
    }

    private boolean starves() {
      return starvesBatch && trace.isBatch();
    }

    /** Nothing but a timeout ends it. */
    private <T> CompletableFuture<T> starved() {
      CompletableFuture<T> answer = new CompletableFuture<>();
      if (options.timeout().isPresent()) {
        simulation.schedule(
            new Simulation.Life(),
            options.timeout().get(),
            () ->
                answer.completeExceptionally(new StoreException(StoreError.TRANSACTION_TIMED_OUT)));
      }
      return answer;
    }

    private <T> CompletableFuture<T> read(byte[] key, Supplier<CompletableFuture<T>> action) {
      if (starves()) {
        return starved();
      }
      trace.reads.add(Kind.of(key));
      int depth = answered + 1;
      Trace mine = trace;
      mine.depth = Math.max(mine.depth, depth);
      return action
          .get()
          .whenComplete(
              (value, error) -> {
                if (trace == mine) {
                  answered = Math.max(answered, depth);
                }
              });
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(ReadTransaction from, byte[] key) {
      return read(key, () -> from.get(key));
    }

    @Override
    public CompletableFuture<byte[]> getKey(ReadTransaction from, KeySelector selector) {
      return read(selector.key(), () -> from.getKey(selector));
    }

    @Override
    public CompletableFuture<List<KeyValue>> getRange(
        ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse) {
      return read(begin.key(), () -> from.getRange(begin, end, limit, reverse));
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
      return starves() ? starved() : super.getReadVersion();
    }

    @Override
    public void set(byte[] key, byte[] value) {
      trace.written.add(Kind.of(key));
      if (heldBack.test(key)) {
        holding = key;
      }
      super.set(key, value);
    }

    @Override
    public void clear(byte[] key) {
      trace.cleared.add(Kind.of(key));
      super.clear(key);
    }

    @Override
    public void clear(byte[] begin, byte[] end) {
      trace.cleared.add(Kind.of(begin));
      super.clear(begin, end);
    }

    @Override
    public void mutate(MutationType type, byte[] key, byte[] operand) {
      trace.written.add(Kind.of(key));
      super.mutate(type, key, operand);
    }

    @Override
    public CompletableFuture<Void> commit() {
      if (starves()) {
        return starved();
      }
      if (trace.cleared.contains(failing)) {
        failing = null;
        return CompletableFuture.failedFuture(new StoreException(StoreError.STORE_CLOSED));
      }
      Trace mine = trace;
      CompletableFuture<Void> committed =
          holding == null
              ? super.commit()
              : until.apply(holding).thenCompose(over -> super.commit());
      return committed.thenRun(() -> mine.committed = true);
    }

    @Override
    public CompletableFuture<Void> onError(Throwable error) {
      return super.onError(error).thenRun(this::begin);
    }
  }
}
