package io.dgen.internal.store;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.ReadTransaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A view of a transaction whose reads add no read conflicts. Like all reads, they see its own
 * writes.
 */
final class SnapshotView implements ReadTransaction {

  private final LocalTransaction transaction;

  SnapshotView(LocalTransaction transaction) {
    this.transaction = transaction;
  }

  @Override
  public CompletableFuture<byte @Nullable []> get(byte[] key) {
    return transaction.get(key, true);
  }

  @Override
  public CompletableFuture<byte[]> getKey(KeySelector selector) {
    return transaction.getKey(selector, true);
  }

  @Override
  public CompletableFuture<List<KeyValue>> getRange(
      KeySelector begin, KeySelector end, int limit, boolean reverse) {
    return transaction.getRange(begin, end, limit, reverse, true);
  }

  @Override
  public CompletableFuture<Long> getReadVersion() {
    return transaction.getReadVersion();
  }

  @Override
  public ReadTransaction snapshot() {
    return this;
  }

  @Override
  public boolean isSnapshot() {
    return true;
  }
}
