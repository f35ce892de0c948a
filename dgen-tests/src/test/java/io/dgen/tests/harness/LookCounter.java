package io.dgen.tests.harness;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is read in transactions that are not tried again: the looks for lost time. */
public final class LookCounter implements Store {

  private final Store store;
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicLong mostBytes = new AtomicLong();

  public LookCounter(Store store) {
    this.store = store;
  }

  public int looks() {
    return looks.get();
  }

  public int mostAtOnce() {
    return mostAtOnce.get();
  }

  /** How many bytes one of them read. */
  public long mostBytes() {
    return mostBytes.get();
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    Transaction transaction = store.createTransaction(options);
    return options.retryLimit() == 0 ? new Look(transaction) : transaction;
  }

  /** The store belongs to the others too. */
  @Override
  public void close() {}

  private final class Look extends ForwardingTransaction {

    private final AtomicLong bytes = new AtomicLong();

    Look(Transaction transaction) {
      super(transaction);
      looks.incrementAndGet();
      mostAtOnce.accumulateAndGet(open.incrementAndGet(), Math::max);
    }

    @Override
    public CompletableFuture<List<KeyValue>> getRange(
        ReadTransaction from, KeySelector begin, KeySelector end, int limit, boolean reverse) {
      return super.getRange(from, begin, end, limit, reverse)
          .thenApply(
              rows -> {
                long size = rows.stream().mapToLong(row -> row.value().length).sum();
                mostBytes.accumulateAndGet(bytes.addAndGet(size), Math::max);
                return rows;
              });
    }

    @Override
    public void close() {
      open.decrementAndGet();
      super.close();
    }
  }
}
