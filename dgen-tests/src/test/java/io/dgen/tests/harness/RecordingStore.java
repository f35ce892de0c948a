package io.dgen.tests.harness;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The store of one node, that remembers what the node reads, writes and watches. */
public final class RecordingStore implements Store {

  /** What was done to a key. */
  public enum Use {
    READ,
    /** A range that begins at the key. */
    READ_RANGE,
    WRITE,
    WATCH
  }

  private record Entry(Use use, KeyKind kind, String key) {}

  private final Store store;
  private final int rootLength = Cluster.OPTIONS.root().length();
  private final List<Entry> entries = new CopyOnWriteArrayList<>();

  public RecordingStore(Store store) {
    this.store = store;
  }

  /** Forgets what was before. */
  public void forget() {
    entries.clear();
  }

  /** The kinds of the keys that something was done to. */
  public Set<KeyKind> kinds(Use... uses) {
    Set<KeyKind> kinds = EnumSet.noneOf(KeyKind.class);
    entries.stream()
        .filter(entry -> Arrays.asList(uses).contains(entry.use()))
        .forEach(entry -> kinds.add(entry.kind()));
    return kinds;
  }

  /** The keys of one kind that something was done to, as often as it was. */
  public List<String> keys(Use use, KeyKind kind) {
    return entries.stream()
        .filter(entry -> entry.use() == use && entry.kind() == kind)
        .map(Entry::key)
        .toList();
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return new Recorded(store.createTransaction(options));
  }

  /** The store belongs to the others too. */
  @Override
  public void close() {}

  private void record(Use use, byte[] key) {
    entries.add(
        new Entry(use, KeyKind.of(key, rootLength), KeyKind.tuple(key, rootLength).toString()));
  }

  private final class Recorded extends ForwardingTransaction {

    Recorded(Transaction transaction) {
      super(transaction);
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(ReadTransaction from, byte[] key) {
      record(Use.READ, key);
      return super.get(from, key);
    }

    @Override
    public CompletableFuture<List<KeyValue>> getRange(
        ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse) {
      record(Use.READ_RANGE, begin.key());
      return super.getRange(from, begin, end, limit, reverse);
    }

    @Override
    public void set(byte[] key, byte[] value) {
      record(Use.WRITE, key);
      super.set(key, value);
    }

    @Override
    public void clear(byte[] key) {
      record(Use.WRITE, key);
      super.clear(key);
    }

    @Override
    public void clear(byte[] begin, byte[] end) {
      record(Use.WRITE, begin);
      super.clear(begin, end);
    }

    @Override
    public void mutate(MutationType type, byte[] key, byte[] operand) {
      // A versionstamped key ends with the offset of the stamp.
      record(
          Use.WRITE,
          type == MutationType.SET_VERSIONSTAMPED_KEY
              ? Arrays.copyOf(key, key.length - Integer.BYTES)
              : key);
      super.mutate(type, key, operand);
    }

    @Override
    public CompletableFuture<Void> watch(byte[] key) {
      record(Use.WATCH, key);
      return super.watch(key);
    }
  }
}
