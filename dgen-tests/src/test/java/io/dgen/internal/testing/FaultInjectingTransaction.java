package io.dgen.internal.testing;

import io.dgen.internal.testing.FaultInjectingStore.Fault;
import io.dgen.store.MutationType;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.tests.harness.ForwardingTransaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A transaction whose commit may be made to fail. What waits for the commit fails with it. */
final class FaultInjectingTransaction extends ForwardingTransaction {

  private final FaultInjectingStore store;
  private final List<CompletableFuture<?>> watches = new CopyOnWriteArrayList<>();
  private volatile @Nullable CompletableFuture<byte[]> versionstamp;
  private volatile boolean writes;

  FaultInjectingTransaction(Transaction transaction, FaultInjectingStore store) {
    super(transaction);
    this.store = store;
  }

  @Override
  public void set(byte[] key, byte[] value) {
    writes = true;
    super.set(key, value);
  }

  @Override
  public void clear(byte[] key) {
    writes = true;
    super.clear(key);
  }

  @Override
  public void clear(byte[] begin, byte[] end) {
    writes = true;
    super.clear(begin, end);
  }

  @Override
  public void mutate(MutationType type, byte[] key, byte[] operand) {
    writes = true;
    super.mutate(type, key, operand);
  }

  @Override
  public void addWriteConflictRange(byte[] begin, byte[] end) {
    writes = true;
    super.addWriteConflictRange(begin, end);
  }

  @Override
  public CompletableFuture<byte[]> getVersionstamp() {
    CompletableFuture<byte[]> stamp = super.getVersionstamp();
    versionstamp = stamp;
    return stamp;
  }

  @Override
  public CompletableFuture<Void> watch(byte[] key) {
    CompletableFuture<Void> watch = super.watch(key);
    watches.add(watch);
    return watch;
  }

  @Override
  public CompletableFuture<Void> commit() {
    if (!writes) {
      return super.commit();
    }
    CompletableFuture<Void> result = new CompletableFuture<>();
    Fault fault = store.nextFault();
    store.run(() -> commit(fault, result));
    return result;
  }

  @Override
  public CompletableFuture<Void> onError(Throwable error) {
    return super.onError(error)
        .thenRun(
            () -> {
              writes = false;
              versionstamp = null;
              watches.clear();
            });
  }

  private void commit(Fault fault, CompletableFuture<Void> result) {
    switch (fault) {
      case NONE -> pass(result);
      case CONFLICT -> fail(result, new StoreException(StoreError.NOT_COMMITTED));
      case UNKNOWN_NOT_COMMITTED ->
          fail(result, new StoreException(StoreError.COMMIT_UNKNOWN_RESULT));
      case UNKNOWN_COMMITTED -> {
        // The versionstamp must not tell what the result hides.
        failWaiting(new StoreException(StoreError.COMMIT_UNKNOWN_RESULT));
        var unused =
            super.commit()
                .whenComplete(
                    (done, error) ->
                        result.completeExceptionally(
                            error == null
                                ? new StoreException(StoreError.COMMIT_UNKNOWN_RESULT)
                                : cause(error)));
      }
    }
  }

  private void pass(CompletableFuture<Void> result) {
    var unused =
        super.commit()
            .whenComplete(
                (done, error) -> {
                  if (error == null) {
                    result.complete(null);
                  } else {
                    result.completeExceptionally(cause(error));
                  }
                });
  }

  private void fail(CompletableFuture<Void> result, StoreException error) {
    failWaiting(error);
    result.completeExceptionally(error);
  }

  private void failWaiting(StoreException error) {
    CompletableFuture<byte[]> stamp = versionstamp;
    if (stamp != null) {
      stamp.completeExceptionally(error);
    }
    watches.forEach(watch -> watch.completeExceptionally(error));
  }

  private static Throwable cause(Throwable error) {
    Throwable cause = error.getCause();
    return error instanceof CompletionException && cause != null ? cause : error;
  }
}
