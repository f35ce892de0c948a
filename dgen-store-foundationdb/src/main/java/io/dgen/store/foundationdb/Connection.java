package io.dgen.store.foundationdb;

import com.apple.foundationdb.Database;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * The state that the transactions of one open store share: the database, and what must be closed
 * with it. Nothing native outlives it, even if a caller forgets to close a transaction.
 * Thread-safe.
 */
final class Connection implements AutoCloseable {

  private final Database database;
  private final Executor executor;
  private final FoundationDbOptions defaults;
  private final KeySpace keys;
  private final Set<FoundationDbTransaction> transactions = ConcurrentHashMap.newKeySet();
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Connection(Database database, Executor executor, FoundationDbOptions defaults, KeySpace keys) {
    this.database = database;
    this.executor = executor;
    this.defaults = defaults;
    this.keys = keys;
  }

  KeySpace keys() {
    return keys;
  }

  FoundationDbTransaction begin(TransactionOptions options) {
    checkOpen();
    FoundationDbTransaction transaction;
    try {
      transaction = new FoundationDbTransaction(this, options, create(options));
    } catch (IllegalStateException e) {
      throw closed(); // By another thread, just now.
    }
    transactions.add(transaction);
    if (closed) {
      transaction.end(closed());
      throw closed();
    }
    return transaction;
  }

  /**
   * Sets the options that FoundationDB forgets when a transaction is reset: all except timeout and
   * retry limit.
   */
  void prepareAttempt(com.apple.foundationdb.Transaction transaction, TransactionOptions options) {
    if (options.priority() == TransactionOptions.Priority.BATCH
        && defaults.backgroundPriority() == TransactionOptions.Priority.BATCH) {
      transaction.options().setPriorityBatch();
    }
    defaults.tags().forEach(transaction.options()::setAutoThrottleTag);
  }

  Watch add(CompletableFuture<Void> watched) {
    Watch watch = new Watch(watched);
    watches.add(watch);
    var unused = watch.whenComplete((done, error) -> watches.remove(watch));
    if (closed) {
      watch.completeExceptionally(closed());
    }
    return watch;
  }

  void forget(FoundationDbTransaction transaction) {
    transactions.remove(transaction);
  }

  boolean isClosed() {
    return closed;
  }

  static StoreException closed() {
    return new StoreException(StoreError.STORE_CLOSED);
  }

  private void checkOpen() {
    if (closed) {
      throw closed();
    }
  }

  @Override
  public void close() {
    closed = true;
    transactions.forEach(transaction -> transaction.end(closed()));
    watches.forEach(watch -> watch.completeExceptionally(closed()));
    database.close();
  }

  private com.apple.foundationdb.Transaction create(TransactionOptions options) {
    com.apple.foundationdb.Transaction transaction = database.createTransaction(executor);
    try {
      if (options.timeout().isPresent()) {
        transaction.options().setTimeout(millis(options.timeout().get()));
      }
      if (options.retryLimit() >= 0) {
        transaction.options().setRetryLimit(options.retryLimit());
      }
      prepareAttempt(transaction, options);
      return transaction;
    } catch (RuntimeException | Error e) {
      transaction.close();
      throw e;
    }
  }

  /**
   * Returns a duration in milliseconds: rounded up, since FoundationDB takes 0 for no timeout, and
   * at most FoundationDB's maximum.
   */
  static long millis(Duration duration) {
    if (duration.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) >= 0) {
      return Integer.MAX_VALUE;
    }
    return Math.max(1, duration.plusNanos(999_999).toMillis());
  }
}
