package io.dgen.internal.overlay;

import io.dgen.internal.overlay.Mutation.Kind;
import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a transaction whose writes may still be dropped: they are held here until {@link #keep}
 * hands them to the outer transaction, and reads through it see them. Reads go to the outer
 * transaction, with their conflicts, and stay part of it in any case.
 *
 * <p>Writes are only listed, in order, until something is read or cleared after them. A read that
 * is under way may also see writes that come after it. What ends or outlives a transaction is not
 * supported. Safe for use by several threads.
 */
public final class NestedTransaction extends TwoViews {

  private final Transaction outer;
  private final ReadVersion readVersion;

  /** The writes, in order. */
  private final List<Mutation> writes = new ArrayList<>();

  private final List<KeyRange> writeConflicts = new ArrayList<>(0);

  /** The writes by key, once they are needed so. */
  private @Nullable WriteMap map;

  /** The first failure of a read; null for none. */
  private @Nullable StoreException failed;

  /**
   * Creates a part without writes.
   *
   * @param outer the transaction that it is a part of
   * @param readVersion the outer transaction's read version, or {@link PendingStamps#UNKNOWN} as
   *     long as it has read nothing
   */
  public NestedTransaction(Transaction outer, ReadVersion readVersion) {
    this.outer = outer;
    this.readVersion = readVersion;
  }

  @Override
  protected Transaction below() {
    return outer;
  }

  /** The outer transaction's read version, which may have to be waited for. */
  @FunctionalInterface
  public interface ReadVersion {

    /**
     * Returns the read version.
     *
     * @throws StoreException if the store failed
     */
    long get();
  }

  /**
   * Returns the failure of a read of what the part wrote, even if its future was ignored: what was
   * written then is not to be committed. Null for none.
   */
  public synchronized @Nullable StoreException failure() {
    return failed;
  }

  /** Hands the writes to a transaction, in their order. */
  public synchronized void keep(Transaction to) {
    WriteMap indexed = map;
    for (Mutation each : indexed == null ? writes : indexed.mutations()) {
      switch (each.kind) {
        case SET -> to.set(each.key, each.param);
        case CLEAR -> to.clear(each.key);
        case CLEAR_RANGE -> to.clear(each.key, each.param);
        case ADD -> to.mutate(MutationType.ADD, each.key, each.param);
        case STAMPED_KEY -> to.mutate(MutationType.SET_VERSIONSTAMPED_KEY, each.key, each.param);
        case STAMPED_VALUE ->
            to.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, each.key, each.param);
      }
    }
    for (KeyRange each : writeConflicts) {
      to.addWriteConflictRange(each.begin(), each.end());
    }
  }

  /** Returns whether there is anything to keep. */
  public synchronized boolean hasWrites() {
    return !writes.isEmpty() || !writeConflicts.isEmpty();
  }

  @Override
  public void set(byte[] key, byte[] value) {
    StoreLimits.checkWritable(key);
    StoreLimits.checkValue(key, value.length);
    write(new Mutation(Kind.SET, key.clone(), value.clone()));
  }

  @Override
  public void clear(byte[] key) {
    StoreLimits.checkKey(key);
    if (key.length <= StoreLimits.KEY_SIZE) {
      clear(Mutation.clear(key.clone()));
    }
  }

  @Override
  public void clear(byte[] begin, byte[] end) {
    StoreLimits.checkRange(begin, end);
    clear(new Mutation(Kind.CLEAR_RANGE, begin.clone(), end.clone()));
  }

  /** Clears; the map of the writes says whether that is decidable. */
  private synchronized void clear(Mutation mutation) {
    apply(indexed(), mutation);
    writes.add(mutation);
  }

  @Override
  public void mutate(MutationType type, byte[] key, byte[] operand) {
    Kind kind =
        switch (type) {
          case ADD -> Kind.ADD;
          case SET_VERSIONSTAMPED_KEY -> {
            Atomics.checkOffset(key);
            yield Kind.STAMPED_KEY;
          }
          case SET_VERSIONSTAMPED_VALUE -> {
            Atomics.checkOffset(operand);
            yield Kind.STAMPED_VALUE;
          }
        };
    StoreLimits.checkWritable(key);
    StoreLimits.checkValue(key, operand.length);
    write(new Mutation(kind, key.clone(), operand.clone()));
  }

  private synchronized void write(Mutation mutation) {
    WriteMap indexed = map;
    if (indexed != null) {
      apply(indexed, mutation);
    }
    writes.add(mutation);
  }

  /**
   * Returns the writes by key. A clear needs them so too: it is refused at once if it is undecided.
   */
  private WriteMap indexed() {
    WriteMap indexed = map;
    if (indexed == null) {
      indexed = new WriteMap();
      for (Mutation each : writes) {
        apply(indexed, each);
      }
      map = indexed;
    }
    return indexed;
  }

  private void apply(WriteMap to, Mutation each) {
    switch (each.kind) {
      case SET -> to.set(each.key, each.param);
      case CLEAR -> to.clear(each.key, readVersion.get());
      case CLEAR_RANGE -> to.clear(each.key, each.param, readVersion.get());
      case ADD -> to.add(each.key, each.param);
      case STAMPED_KEY -> to.setStampedKey(each.key, each.param, readVersion.get());
      case STAMPED_VALUE -> to.setStampedValue(each.key, each.param);
    }
  }

  @Override
  protected CompletableFuture<byte @Nullable []> get(ReadTransaction from, byte[] key) {
    return read(
        () -> from.get(key),
        indexed -> {
          if (indexed.isUnreadable(key)) {
            throw new StoreException(StoreError.ACCESSED_UNREADABLE);
          }
          KeyWrites own = indexed.at(key);
          if (own != null && own.isKnown()) {
            return CompletableFuture.completedFuture(own.value());
          }
          if (own == null && indexed.clearedAround(key) != null) {
            return CompletableFuture.completedFuture(null);
          }
          return own == null ? from.get(key) : from.get(key).thenApply(own::over);
        });
  }

  @Override
  protected CompletableFuture<byte[]> getKey(ReadTransaction from, KeySelector selector) {
    return read(
        () -> from.getKey(selector), indexed -> new NestedScan(from, indexed, this).key(selector));
  }

  @Override
  protected CompletableFuture<List<KeyValue>> getRange(
      ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse) {
    return read(
        () -> from.getRange(begin, end, limit, reverse),
        indexed -> new NestedScan(from, indexed, this).range(begin, end, limit, reverse));
  }

  /** Reads the outer transaction alone as long as nothing was written. */
  private <T extends @Nullable Object> CompletableFuture<T> read(
      Supplier<CompletableFuture<T>> alone, Function<WriteMap, CompletableFuture<T>> merged) {
    synchronized (this) {
      if (!writes.isEmpty()) {
        return noted(merged);
      }
    }
    return alone.get();
  }

  /** Reads, and remembers the failure. */
  private <T extends @Nullable Object> CompletableFuture<T> noted(
      Function<WriteMap, CompletableFuture<T>> merged) {
    CompletableFuture<T> read;
    try {
      read = merged.apply(indexed());
    } catch (StoreException e) {
      read = CompletableFuture.failedFuture(e);
    }
    return read.whenComplete(
        (value, error) -> {
          Throwable cause = error instanceof CompletionException ? error.getCause() : error;
          if (cause instanceof StoreException failure) {
            synchronized (this) {
              failed = failed == null ? failure : failed;
            }
          }
        });
  }

  @Override
  public int claimUserVersion() {
    return outer.claimUserVersion();
  }

  @Override
  public void addReadConflictRange(byte[] begin, byte[] end) {
    outer.addReadConflictRange(begin, end);
  }

  @Override
  public void addWriteConflictRange(byte[] begin, byte[] end) {
    StoreLimits.checkRange(begin, end);
    synchronized (this) {
      writeConflicts.add(new KeyRange(begin.clone(), end.clone()));
    }
  }

  @Override
  public CompletableFuture<Void> commit() {
    throw unsupported();
  }

  @Override
  public long getCommittedVersion() {
    throw unsupported();
  }

  @Override
  public CompletableFuture<byte[]> getVersionstamp() {
    throw unsupported();
  }

  @Override
  public CompletableFuture<Void> watch(byte[] key) {
    throw unsupported();
  }

  @Override
  public CompletableFuture<Void> onError(Throwable error) {
    throw unsupported();
  }

  @Override
  public void cancel() {
    throw unsupported();
  }

  @Override
  public void close() {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException("a part of a transaction can only read and write");
  }
}
