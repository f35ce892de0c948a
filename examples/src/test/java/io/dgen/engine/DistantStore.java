package io.dgen.engine;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The store as one machine sees it: at the other end of a wire. */
final class DistantStore implements Store {

  private final Store store;
  private final Wire wire;
  private final AtomicInteger watches = new AtomicInteger();

  DistantStore(Store store, Wire wire) {
    this.store = store;
    this.wire = wire;
  }

  /** How many watches the machine holds. */
  int watches() {
    return watches.get();
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return new DistantTransaction(store.createTransaction(options));
  }

  /** The store belongs to the others too. */
  @Override
  public void close() {}

  private class DistantReads implements ReadTransaction {

    private final ReadTransaction reads;

    DistantReads(ReadTransaction reads) {
      this.reads = reads;
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(byte[] key) {
      return wire.pass(() -> reads.get(key));
    }

    @Override
    public CompletableFuture<byte[]> getKey(KeySelector selector) {
      return wire.pass(() -> reads.getKey(selector));
    }

    @Override
    public CompletableFuture<List<KeyValue>> getRange(
        KeySelector begin, KeySelector end, int limit, boolean reverse) {
      return wire.pass(() -> reads.getRange(begin, end, limit, reverse));
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
      return wire.pass(reads::getReadVersion);
    }

    @Override
    public ReadTransaction snapshot() {
      return new DistantReads(reads.snapshot());
    }

    @Override
    public boolean isSnapshot() {
      return reads.isSnapshot();
    }
  }

  private final class DistantTransaction extends DistantReads implements Transaction {

    private final Transaction transaction;

    DistantTransaction(Transaction transaction) {
      super(transaction);
      this.transaction = transaction;
    }

    @Override
    public void set(byte[] key, byte[] value) {
      transaction.set(key, value);
    }

    @Override
    public void clear(byte[] key) {
      transaction.clear(key);
    }

    @Override
    public void clear(byte[] begin, byte[] end) {
      transaction.clear(begin, end);
    }

    @Override
    public void mutate(MutationType type, byte[] key, byte[] operand) {
      transaction.mutate(type, key, operand);
    }

    @Override
    public int claimUserVersion() {
      return transaction.claimUserVersion();
    }

    @Override
    public void addReadConflictRange(byte[] begin, byte[] end) {
      transaction.addReadConflictRange(begin, end);
    }

    @Override
    public void addWriteConflictRange(byte[] begin, byte[] end) {
      transaction.addWriteConflictRange(begin, end);
    }

    /** One that was made while the wire is cut is lost, and nobody can tell. */
    @Override
    public CompletableFuture<Void> commit() {
      return wire.isCut()
          ? wire.pass(
              () ->
                  CompletableFuture.failedFuture(
                      new StoreException(StoreError.COMMIT_UNKNOWN_RESULT)))
          : wire.pass(transaction::commit);
    }

    @Override
    public long getCommittedVersion() {
      return transaction.getCommittedVersion();
    }

    @Override
    public CompletableFuture<byte[]> getVersionstamp() {
      return wire.hold(transaction.getVersionstamp());
    }

    /** A client sees to it that a watch outlives a cut. */
    @Override
    public CompletableFuture<Void> watch(byte[] key) {
      watches.incrementAndGet();
      CompletableFuture<Void> watch = wire.hold(transaction.watch(key));
      var unused = watch.whenComplete((fired, error) -> watches.decrementAndGet());
      return watch;
    }

    @Override
    public CompletableFuture<Void> onError(Throwable error) {
      return wire.pass(() -> transaction.onError(error));
    }

    @Override
    public void cancel() {
      transaction.cancel();
    }

    @Override
    public void close() {
      transaction.close();
    }
  }
}
