package io.dgen.store.foundationdb;

import com.apple.foundationdb.FDBException;
import io.dgen.internal.overlay.Atomics;
import io.dgen.internal.overlay.StoreLimits;
import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of a cluster.
 *
 * <p>Calls that the client would refuse only at the commit, far from the mistake (its own calls
 * return before they are checked), are refused here at once. The lock guards the phase and the
 * native transaction, which a retry replaces; it is never held while a future is completed or the
 * client is called, since both run foreign code.
 */
final class FoundationDbTransaction implements Transaction {

  private enum Phase {
    ACTIVE,
    COMMITTING,
    COMMITTED,
    FAILED,
    RESETTING
  }

  private final Connection connection;
  private final TransactionOptions options;
  private final KeySpace keys;
  private final FoundationDbReads reads;
  private final FoundationDbReads snapshotReads;
  private final ReentrantLock lock = new ReentrantLock();

  private com.apple.foundationdb.Transaction transaction;

  /** The stamped writes of the current attempt. */
  private StampedWrites stamped;

  /** Fails with the commit of the current attempt; never completes otherwise. */
  private CompletableFuture<Void> commitFailure = new CompletableFuture<>();

  private Phase phase = Phase.ACTIVE;

  /** Why it can no longer be used; null while it can. */
  private @Nullable StoreException end;

  private @Nullable CompletableFuture<Void> backOff;
  private long committedVersion;

  /** How many user versions the current attempt has claimed. */
  private int claimed;

  FoundationDbTransaction(
      Connection connection,
      TransactionOptions options,
      com.apple.foundationdb.Transaction transaction) {
    this.connection = connection;
    this.options = options;
    this.keys = connection.keys();
    this.transaction = transaction;
    this.stamped = new StampedWrites(transaction);
    this.reads = new FoundationDbReads(this, keys, false);
    this.snapshotReads = new FoundationDbReads(this, keys, true);
  }

  @Override
  public CompletableFuture<byte @Nullable []> get(byte[] key) {
    return reads.get(key);
  }

  @Override
  public CompletableFuture<byte[]> getKey(KeySelector selector) {
    return reads.getKey(selector);
  }

  @Override
  public CompletableFuture<List<KeyValue>> getRange(
      KeySelector begin, KeySelector end, int limit, boolean reverse) {
    return reads.getRange(begin, end, limit, reverse);
  }

  @Override
  public CompletableFuture<Long> getReadVersion() {
    return call(
        com.apple.foundationdb.Transaction::getReadVersion,
        (version, stamps) -> {
          stamps.noteReadVersion(version);
          return version;
        });
  }

  @Override
  public ReadTransaction snapshot() {
    return snapshotReads;
  }

  @Override
  public boolean isSnapshot() {
    return false;
  }

  @Override
  public void set(byte[] key, byte[] value) {
    byte[] whole = keys.writable(key);
    StoreLimits.checkValue(key, value.length);
    write((to, stamps) -> to.set(whole, value));
  }

  @Override
  public void clear(byte[] key) {
    byte[] whole = keys.key(key);
    write((to, stamps) -> stamps.clear(whole, Keys.after(whole), () -> to.clear(whole)));
  }

  @Override
  public void clear(byte[] begin, byte[] end) {
    StoreLimits.checkRange(begin, end);
    byte[] from = keys.bound(begin);
    byte[] until = keys.bound(end);
    write((to, stamps) -> stamps.clear(from, until, () -> to.clear(from, until)));
  }

  @Override
  public void mutate(MutationType type, byte[] key, byte[] operand) {
    switch (type) {
      case ADD -> mutate(com.apple.foundationdb.MutationType.ADD, keys.writable(key), operand);
      case SET_VERSIONSTAMPED_KEY -> {
        Atomics.checkOffset(key);
        StoreLimits.checkKey(key);
        byte[] whole = Atomics.shift(keys.prefix(), key);
        StoreLimits.checkWritable(whole);
        StoreLimits.checkValue(whole, operand.length);
        write((to, stamps) -> stamps.set(whole, operand));
      }
      case SET_VERSIONSTAMPED_VALUE -> {
        Atomics.checkOffset(operand);
        mutate(
            com.apple.foundationdb.MutationType.SET_VERSIONSTAMPED_VALUE,
            keys.writable(key),
            operand);
      }
    }
  }

  private void mutate(com.apple.foundationdb.MutationType type, byte[] whole, byte[] operand) {
    StoreLimits.checkValue(whole, operand.length);
    write((to, stamps) -> to.mutate(type, whole, operand));
  }

  @Override
  public int claimUserVersion() {
    lock.lock();
    try {
      if (claimed > 0xFFFF) {
        throw new IllegalStateException(
            "a transaction can number at most 65,536 versionstamped keys; use more than one"
                + " transaction");
      }
      return claimed++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void addReadConflictRange(byte[] begin, byte[] end) {
    StoreLimits.checkRange(begin, end);
    write((to, stamps) -> to.addReadConflictRange(keys.bound(begin), keys.bound(end)));
  }

  @Override
  public void addWriteConflictRange(byte[] begin, byte[] end) {
    StoreLimits.checkRange(begin, end);
    write((to, stamps) -> to.addWriteConflictRange(keys.bound(begin), keys.bound(end)));
  }

  @Override
  public CompletableFuture<byte[]> getVersionstamp() {
    return untilRefused(
        call(com.apple.foundationdb.Transaction::getVersionstamp, (stamp, stamps) -> stamp));
  }

  @Override
  public CompletableFuture<Void> watch(byte[] key) {
    com.apple.foundationdb.Transaction watching;
    lock.lock();
    try {
      watching = active();
      stamped.noteReading();
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      lock.unlock();
    }
    try {
      return untilRefused(connection.add(watching.watch(keys.writable(key))));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(explain(e, false));
    }
  }

  /**
   * Makes a versionstamp or a watch fail with the commit. The client does so if the cluster refuses
   * the commit, but keeps them until the next attempt if it refuses the commit itself.
   */
  private <F extends CompletableFuture<?>> F untilRefused(F promise) {
    CompletableFuture<Void> refused;
    lock.lock();
    try {
      refused = commitFailure;
    } finally {
      lock.unlock();
    }
    var unused =
        refused.exceptionally(
            error -> {
              promise.completeExceptionally(error);
              return null;
            });
    return promise;
  }

  @Override
  public CompletableFuture<Void> commit() {
    com.apple.foundationdb.Transaction committing;
    CompletableFuture<Void> refused;
    lock.lock();
    try {
      committing = active();
      refused = commitFailure;
      phase = Phase.COMMITTING;
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      lock.unlock();
    }
    CompletableFuture<Void> result = new CompletableFuture<>();
    try {
      var unused =
          committing
              .commit()
              .whenComplete((done, error) -> finishCommit(committing, error, refused, result));
    } catch (RuntimeException e) {
      finishCommit(committing, e, refused, result);
    }
    return result;
  }

  private void finishCommit(
      com.apple.foundationdb.Transaction committing,
      @Nullable Throwable error,
      CompletableFuture<Void> refused,
      CompletableFuture<Void> result) {
    if (error != null) {
      Throwable explained = explain(error, true);
      enter(Phase.FAILED);
      refused.completeExceptionally(explained);
      result.completeExceptionally(explained);
      return;
    }
    try {
      committedVersion = committing.getCommittedVersion();
    } catch (RuntimeException e) {
      committedVersion = -1; // Closed as soon as it had committed: no one will ask.
    }
    enter(Phase.COMMITTED);
    result.complete(null);
  }

  @Override
  public long getCommittedVersion() {
    lock.lock();
    try {
      if (phase != Phase.COMMITTED) {
        throw new IllegalStateException("the transaction has not committed: wait for commit()");
      }
      return committedVersion;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompletableFuture<Void> onError(Throwable error) {
    CompletableFuture<Void> ready = new CompletableFuture<>();
    com.apple.foundationdb.Transaction failed;
    StoreException failure;
    lock.lock();
    try {
      if (end != null) {
        return CompletableFuture.failedFuture(end);
      }
      if (!(error instanceof StoreException retryable) || !retryable.isRetryable()) {
        return CompletableFuture.failedFuture(error);
      }
      if (phase == Phase.RESETTING) {
        throw new IllegalStateException("onError was called twice: wait for the first to complete");
      }
      failure = retryable;
      failed = transaction;
      phase = Phase.RESETTING;
      backOff = ready;
    } finally {
      lock.unlock();
    }
    try {
      var unused =
          failed
              .onError(Failures.toNative(failure))
              .whenComplete((renewed, refusal) -> finishReset(renewed, refusal, ready));
    } catch (RuntimeException e) {
      finishReset(null, e, ready);
    }
    return ready;
  }

  /**
   * Continues with the transaction that fdb-java created from the failed one. If it created none
   * (too many retries, timed out), it has closed the failed one.
   */
  private void finishReset(
      com.apple.foundationdb.@Nullable Transaction renewed,
      @Nullable Throwable refusal,
      CompletableFuture<Void> ready) {
    Throwable failure = refusal;
    if (renewed != null) {
      try {
        connection.prepareAttempt(renewed, options);
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    boolean ended;
    lock.lock();
    try {
      backOff = null;
      ended = end != null;
      if (renewed != null) {
        transaction = renewed;
        stamped = new StampedWrites(renewed);
        commitFailure = new CompletableFuture<>();
        claimed = 0;
        phase = failure == null ? Phase.ACTIVE : Phase.FAILED;
      }
    } finally {
      lock.unlock();
    }
    if (ended && renewed != null) {
      renewed.close(); // It was closed during the back-off, and so was the future of that.
    } else if (failure == null) {
      ready.complete(null);
    } else {
      Throwable explained = explain(failure, false);
      end(
          explained instanceof StoreException known
              ? known
              : new StoreException(StoreError.TRANSACTION_CANCELLED));
      ready.completeExceptionally(explained);
    }
  }

  @Override
  public void cancel() {
    end(new StoreException(StoreError.TRANSACTION_CANCELLED));
  }

  @Override
  public void close() {
    end(new StoreException(StoreError.TRANSACTION_CANCELLED, "the transaction is closed", null));
  }

  /** Ends the transaction permanently; the client fails pending operations. May be called again. */
  void end(StoreException reason) {
    com.apple.foundationdb.Transaction ending;
    CompletableFuture<Void> waiting;
    boolean done;
    lock.lock();
    try {
      if (end == null) {
        end = reason;
      }
      done = phase == Phase.COMMITTED || phase == Phase.RESETTING;
      ending = transaction;
      waiting = backOff;
      backOff = null;
    } finally {
      lock.unlock();
    }
    connection.forget(this);
    if (!done) {
      cancel(ending);
    }
    ending.close();
    if (waiting != null) {
      waiting.completeExceptionally(reason);
    }
  }

  private static void cancel(com.apple.foundationdb.Transaction ending) {
    try {
      ending.cancel();
    } catch (IllegalStateException e) {
      // It is already closed.
    }
  }

  /** Reads through the client, and translates the result. */
  <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> read(
      Function<com.apple.foundationdb.Transaction, CompletableFuture<T>> operation,
      Function<T, R> translation) {
    return call(
        operation,
        (value, stamps) -> {
          stamps.noteRead();
          return translation.apply(value);
        });
  }

  /** Calls the client, and translates the result. */
  private <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> call(
      Function<com.apple.foundationdb.Transaction, CompletableFuture<T>> operation,
      BiFunction<T, StampedWrites, R> translation) {
    CompletableFuture<R> result = new CompletableFuture<>();
    StampedWrites stamps;
    try {
      stamps = activeWrites();
    } catch (StoreException e) {
      result.completeExceptionally(e);
      return result;
    }
    stamps.noteReading();
    try {
      var unused =
          operation
              .apply(stamps.transaction())
              .whenComplete(
                  (value, error) -> {
                    if (error == null) {
                      result.complete(translation.apply(value, stamps));
                    } else {
                      result.completeExceptionally(explain(error, false));
                    }
                  });
    } catch (RuntimeException e) {
      result.completeExceptionally(explain(e, false));
    }
    return result;
  }

  private void write(BiConsumer<com.apple.foundationdb.Transaction, StampedWrites> operation) {
    StampedWrites stamps = activeWrites();
    try {
      operation.accept(stamps.transaction(), stamps);
    } catch (FDBException | IllegalStateException | CompletionException e) {
      throw explain(e, false) instanceof RuntimeException explained ? explained : e;
    }
  }

  private com.apple.foundationdb.Transaction active() {
    return activeWrites().transaction();
  }

  /** Returns the writes of the current attempt, which must still be open to reads and writes. */
  private StampedWrites activeWrites() {
    lock.lock();
    try {
      if (end != null) {
        throw end;
      }
      if (phase != Phase.ACTIVE) {
        throw new StoreException(StoreError.USED_DURING_COMMIT);
      }
      return stamped;
    } finally {
      lock.unlock();
    }
  }

  private void enter(Phase next) {
    lock.lock();
    try {
      phase = next;
    } finally {
      lock.unlock();
    }
  }

  /** Translates a failure: what the client calls cancelled may be a closed store. */
  private Throwable explain(Throwable error, boolean committing) {
    Throwable explained = Failures.translate(error, committing);
    boolean cancelled =
        explained instanceof StoreException known && known.is(StoreError.TRANSACTION_CANCELLED);
    return cancelled && !committing && connection.isClosed() ? Connection.closed() : explained;
  }
}
