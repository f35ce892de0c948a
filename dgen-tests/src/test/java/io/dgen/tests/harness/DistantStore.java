package io.dgen.tests.harness;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
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
public final class DistantStore implements Store {

  private final Store store;
  private final Wire wire;
  private final AtomicInteger watches = new AtomicInteger();

  public DistantStore(Store store, Wire wire) {
    this.store = store;
    this.wire = wire;
  }

  /** How many watches the machine holds. */
  public int watches() {
    return watches.get();
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return new DistantTransaction(store.createTransaction(options));
  }

  /** The store belongs to the others too. */
  @Override
  public void close() {}

  private final class DistantTransaction extends ForwardingTransaction {

    DistantTransaction(Transaction transaction) {
      super(transaction);
    }

    @Override
    public CompletableFuture<byte @Nullable []> get(ReadTransaction from, byte[] key) {
      return wire.pass(() -> from.get(key));
    }

    @Override
    public CompletableFuture<List<KeyValue>> getRange(
        ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse) {
      return wire.pass(() -> from.getRange(begin, end, limit, reverse));
    }

    @Override
    public CompletableFuture<byte[]> getKey(ReadTransaction from, KeySelector selector) {
      return wire.pass(() -> from.getKey(selector));
    }

    @Override
    public CompletableFuture<Long> getReadVersion() {
      return wire.pass(transaction()::getReadVersion);
    }

    /** One that was made while the wire is cut is lost, and nobody can tell. */
    @Override
    public CompletableFuture<Void> commit() {
      return wire.isCut()
          ? wire.pass(
              () ->
                  CompletableFuture.failedFuture(
                      new StoreException(StoreError.COMMIT_UNKNOWN_RESULT)))
          : wire.pass(transaction()::commit);
    }

    @Override
    public CompletableFuture<byte[]> getVersionstamp() {
      return wire.hold(transaction().getVersionstamp());
    }

    /** A client sees to it that a watch outlives a cut. */
    @Override
    public CompletableFuture<Void> watch(byte[] key) {
      watches.incrementAndGet();
      CompletableFuture<Void> watch = wire.hold(transaction().watch(key));
      var unused = watch.whenComplete((fired, error) -> watches.decrementAndGet());
      return watch;
    }

    @Override
    public CompletableFuture<Void> onError(Throwable error) {
      return wire.pass(() -> transaction().onError(error));
    }
  }
}
