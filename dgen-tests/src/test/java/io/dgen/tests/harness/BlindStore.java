package io.dgen.tests.harness;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The store as a node sees it that never sees another node's heartbeat: it believes that it is
 * alone and owns everything.
 */
public final class BlindStore implements Store {

  private final Store store;
  private final int rootLength = Cluster.OPTIONS.root().length();
  private volatile byte[] own = {};

  public BlindStore(Store store) {
    this.store = store;
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return new Blind(store.createTransaction(options));
  }

  /** The store belongs to the others too. */
  @Override
  public void close() {}

  private boolean isAnothers(KeyValue row) {
    return KeyKind.of(row.key(), rootLength) == KeyKind.NODE && !Arrays.equals(row.key(), own);
  }

  private final class Blind extends ForwardingTransaction {

    Blind(Transaction transaction) {
      super(transaction);
    }

    @Override
    public void mutate(MutationType type, byte[] key, byte[] operand) {
      if (type == MutationType.SET_VERSIONSTAMPED_VALUE
          && KeyKind.of(key, rootLength) == KeyKind.NODE) {
        own = key;
      }
      super.mutate(type, key, operand);
    }

    @Override
    public CompletableFuture<List<KeyValue>> getRange(
        ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse) {
      return super.getRange(from, begin, end, limit, reverse)
          .thenApply(rows -> rows.stream().filter(row -> !isAnothers(row)).toList());
    }
  }
}
