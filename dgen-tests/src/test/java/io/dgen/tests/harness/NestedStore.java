package io.dgen.tests.harness;

import io.dgen.internal.overlay.NestedTransaction;
import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A store whose transactions consist of parts, as those of a round do: each is kept after a few
 * writes. Such a transaction must do what any does.
 */
public final class NestedStore implements Store {

  /** How many writes a part has. */
  private static final int PART = 3;

  /** The read version while nothing was read. */
  private static final long UNKNOWN = -1;

  private final Store store;

  public NestedStore(Store store) {
    this.store = store;
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return new Parts(store.createTransaction(options));
  }

  @Override
  public void close() {
    store.close();
  }

  private static final class Parts extends ForwardingTransaction {

    private NestedTransaction part;
    private int writes;
    private int limit = PART;
    private volatile boolean hasRead;

    Parts(Transaction transaction) {
      super(transaction);
      part = part();
    }

    private NestedTransaction part() {
      return new NestedTransaction(transaction(), this::readVersion);
    }

    /** To ask for it is a read, after which fewer keys are possible ones. */
    private long readVersion() {
      return hasRead ? transaction().getReadVersion().join() : UNKNOWN;
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
      hasRead = true;
      return transaction().getReadVersion();
    }

    private synchronized NestedTransaction current() {
      return part;
    }

    private synchronized void keep() {
      NestedTransaction kept = part;
      part = part();
      writes = 0;
      kept.keep(transaction());
      if (kept.failure() != null) {
        failCommit();
      }
    }

    /** Lets a read of the store's transaction fail as one of a part has. */
    private void failCommit() {
      byte[] key = {'x'};
      transaction()
          .mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key, new byte[10 + Integer.BYTES]);
      var unused = transaction().get(key);
    }

    private synchronized void wrote() {
      if (++writes >= limit) {
        keep();
      }
    }

    private ReadTransaction through(ReadTransaction from) {
      hasRead = true;
      return from.isSnapshot() ? current().snapshot() : current();
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(ReadTransaction from, byte[] key) {
      return through(from).get(key);
    }

    @Override
    public CompletableFuture<byte[]> getKey(ReadTransaction from, KeySelector selector) {
      return through(from).getKey(selector);
    }

    @Override
    public CompletableFuture<List<KeyValue>> getRange(
        ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse) {
      return through(from).getRange(begin, end, limit, reverse);
    }

    @Override
    public void set(byte[] key, byte[] value) {
      current().set(key, value);
      wrote();
    }

    @Override
    public void clear(byte[] key) {
      current().clear(key);
      cleared();
    }

    @Override
    public void clear(byte[] begin, byte[] end) {
      current().clear(begin, end);
      cleared();
    }

    /** Whether a clear is decided in view of earlier parts is known when its part is kept. */
    private void cleared() {
      keep();
    }

    @Override
    public void mutate(MutationType type, byte[] key, byte[] operand) {
      current().mutate(type, key, operand);
      wrote();
    }

    @Override
    public void addReadConflictRange(byte[] begin, byte[] end) {
      current().addReadConflictRange(begin, end);
    }

    @Override
    public void addWriteConflictRange(byte[] begin, byte[] end) {
      current().addWriteConflictRange(begin, end);
      wrote();
    }

    @Override
    public CompletableFuture<Void> watch(byte[] key) {
      hasRead = true;
      keep();
      return transaction().watch(key);
    }

    @Override
    public CompletableFuture<Void> commit() {
      try {
        keep();
      } catch (StoreException e) {
        return CompletableFuture.failedFuture(e);
      }
      return transaction().commit();
    }

    /** Nothing is held back any more, so that the store refuses it. */
    @Override
    public void cancel() {
      synchronized (this) {
        part = part();
        limit = 1;
      }
      transaction().cancel();
    }

    @Override
    public CompletableFuture<Void> onError(Throwable error) {
      synchronized (this) {
        part = part();
        writes = 0;
        hasRead = false;
      }
      return transaction().onError(error);
    }
  }
}
