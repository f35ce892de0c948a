package io.dgen.internal.store;

import io.dgen.internal.overlay.Atomics;
import io.dgen.internal.overlay.MergedReader;
import io.dgen.internal.overlay.StoreLimits;
import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of the embedded store.
 *
 * <p>Arguments that are arrays are copied: a caller may reuse them at once, while the transaction,
 * and after it the resolver, still compare keys.
 *
 * <p>Its lock guards the attempt and the phase; futures are completed after it is released, as that
 * runs callers' continuations. Reads of the storage run under the lock, so a timeout or the closing
 * store, which end the transaction from outside, do not wait for it: the end is noted, and the
 * holder of the lock handles it on release.
 */
final class LocalTransaction implements Transaction {

  private enum Phase {
    ACTIVE,
    COMMITTING,
    COMMITTED,
    FAILED,
    /** Ended permanently: cancelled, closed, timed out, or the store is closed. */
    ENDED
  }

  /** FoundationDB's code for requesting the versionstamp of a transaction that wrote nothing. */
  private static final int NO_COMMIT_VERSION = 2021;

  private final Database database;
  private final TransactionOptions options;
  private final Retries retries;
  private final ReadTransaction snapshotView = new SnapshotView(this);
  private final ReentrantLock lock = new ReentrantLock();

  private TransactionAttempt attempt;
  private Phase phase = Phase.ACTIVE;

  /** Why it ended; the first reason counts. */
  private final AtomicReference<@Nullable StoreException> ending = new AtomicReference<>();

  /** Whether the operations that were pending at its end have been failed. */
  private boolean isSettled;

  /** Whether the attempt has its read version, as far as is known without the lock. */
  private volatile boolean hasBegun;

  private volatile boolean declaresReads;
  private @Nullable CompletableFuture<Void> backOff;
  private Scheduler.@Nullable Cancellable timer;
  private boolean isWaiting;
  private long committedVersion;

  /** The commit in progress, if there is one. */
  private @Nullable CommitRequest submitted;

  /** How many user versions the current attempt has claimed. */
  private int claimed;

  LocalTransaction(Database database, TransactionOptions options) {
    this.database = database;
    this.options = options;
    this.retries = new Retries(options, database.environment());
    this.attempt = new TransactionAttempt(database);
  }

  @Override
  public CompletableFuture<byte @Nullable []> get(byte[] key) {
    return get(key, false);
  }

  CompletableFuture<byte @Nullable []> get(byte[] key, boolean isSnapshot) {
    return read(
        isSnapshot,
        reader -> {
          StoreLimits.checkKey(key);
          return key.length > StoreLimits.KEY_SIZE ? null : reader.get(key.clone());
        });
  }

  @Override
  public CompletableFuture<byte[]> getKey(KeySelector selector) {
    return getKey(selector, false);
  }

  CompletableFuture<byte[]> getKey(KeySelector selector, boolean isSnapshot) {
    return read(
        isSnapshot,
        reader -> {
          StoreLimits.checkBound(selector.key());
          return reader.getKey(own(selector));
        });
  }

  @Override
  public CompletableFuture<List<KeyValue>> getRange(
      KeySelector begin, KeySelector end, int limit, boolean reverse) {
    return getRange(begin, end, limit, reverse, false);
  }

  CompletableFuture<List<KeyValue>> getRange(
      KeySelector begin, KeySelector end, int limit, boolean reverse, boolean isSnapshot) {
    if (limit < 0) {
      throw new IllegalArgumentException(
          "limit is " + limit + "; pass 0 for all, or a positive number");
    }
    return read(
        isSnapshot,
        reader -> {
          StoreLimits.checkBound(begin.key());
          StoreLimits.checkBound(end.key());
          return reader.getRange(own(begin), own(end), limit, reverse);
        });
  }

  @Override
  public CompletableFuture<Long> getReadVersion() {
    StoreException late = awaitReadable();
    if (late != null) {
      return CompletableFuture.failedFuture(late);
    }
    lock.lock();
    try {
      checkUsable();
      attempt.noteRead();
      long version = attempt.readVersion();
      hasBegun = true;
      return CompletableFuture.completedFuture(version);
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      unlock();
    }
  }

  @Override
  public ReadTransaction snapshot() {
    return snapshotView;
  }

  @Override
  public boolean isSnapshot() {
    return false;
  }

  @Override
  public void set(byte[] key, byte[] value) {
    StoreLimits.checkWritable(key);
    StoreLimits.checkValue(key, value.length);
    write(to -> to.writes.set(key.clone(), value.clone()));
  }

  @Override
  public void clear(byte[] key) {
    StoreLimits.checkKey(key);
    if (key.length <= StoreLimits.KEY_SIZE) {
      write(to -> to.writes.clear(key.clone(), to.knownReadVersion()));
    }
  }

  @Override
  public void clear(byte[] begin, byte[] end) {
    StoreLimits.checkRange(begin, end);
    write(to -> to.writes.clear(begin.clone(), end.clone(), to.knownReadVersion()));
  }

  @Override
  public void mutate(MutationType type, byte[] key, byte[] operand) {
    switch (type) {
      case ADD -> {
        StoreLimits.checkWritable(key);
        StoreLimits.checkValue(key, operand.length);
        write(to -> to.writes.add(key.clone(), operand.clone()));
      }
      case SET_VERSIONSTAMPED_KEY -> {
        Atomics.checkOffset(key);
        StoreLimits.checkWritable(key);
        StoreLimits.checkValue(key, operand.length);
        write(to -> to.writes.setStampedKey(key.clone(), operand.clone(), to.knownReadVersion()));
      }
      case SET_VERSIONSTAMPED_VALUE -> {
        Atomics.checkOffset(operand);
        StoreLimits.checkWritable(key);
        StoreLimits.checkValue(key, operand.length);
        write(to -> to.writes.setStampedValue(key.clone(), operand.clone()));
      }
    }
  }

  @Override
  public void addReadConflictRange(byte[] begin, byte[] end) {
    StoreLimits.checkRange(begin, end);
    declaresReads = true;
    write(to -> to.writes.addDependencies(begin.clone(), end.clone(), to.readConflicts));
  }

  @Override
  public void addWriteConflictRange(byte[] begin, byte[] end) {
    StoreLimits.checkRange(begin, end);
    write(to -> to.writeConflicts.add(begin.clone(), end.clone()));
  }

  @Override
  public CompletableFuture<Void> watch(byte[] key) {
    StoreException late = awaitReadable();
    if (late != null) {
      return CompletableFuture.failedFuture(late);
    }
    lock.lock();
    try {
      checkUsable();
      StoreLimits.checkWritable(key);
      byte[] own = key.clone();
      byte[] seen = attempt.read(false, reader -> reader.get(own));
      hasBegun = true;
      startWaiting();
      CompletableFuture<Void> future = database.watches().newFuture();
      attempt.watches.add(new StoreWatch(own, seen, future));
      return future;
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      unlock();
    }
  }

  @Override
  public CompletableFuture<byte[]> getVersionstamp() {
    lock.lock();
    try {
      checkUsable();
      startWaiting();
      return attempt.versionstamp();
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      unlock();
    }
  }

  @Override
  public CompletableFuture<Void> commit() {
    TransactionAttempt committing;
    CommitRequest request = null;
    StoreException refusal = declaresReads ? awaitReadable() : null;
    if (refusal != null) {
      return CompletableFuture.failedFuture(refusal);
    }
    lock.lock();
    try {
      checkUsable();
      committing = attempt;
      try {
        committing.checkReads();
        if (committing.isReadOnly()) {
          stop(committing, Phase.COMMITTED, -1);
        } else {
          startWaiting();
          request = committing.toRequest(options.priority(), new Outcome(committing));
          submitted = request;
          phase = Phase.COMMITTING;
        }
      } catch (StoreException e) {
        stop(committing, Phase.FAILED, -1);
        refusal = e;
      }
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      unlock();
    }
    if (request != null) {
      database.committer().submit(request);
    } else if (refusal != null) {
      fail(committing.pending(), refusal);
    } else {
      completeReadOnly(committing);
    }
    return committing.commit;
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
      unlock();
    }
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
      unlock();
    }
  }

  @Override
  public CompletableFuture<Void> onError(Throwable error) {
    TransactionAttempt failed;
    CommitRequest abandoned;
    CompletableFuture<Void> earlier;
    CompletableFuture<Void> ready = new CompletableFuture<>();
    lock.lock();
    try {
      StoreException end = ending.get();
      if (end != null) {
        return CompletableFuture.failedFuture(end);
      }
      checkTime();
      Duration delay = retries.next(error);
      failed = attempt;
      failed.release();
      abandoned = submitted;
      submitted = null;
      TransactionAttempt next = new TransactionAttempt(database);
      attempt = next;
      phase = Phase.ACTIVE;
      hasBegun = false;
      declaresReads = false;
      claimed = 0;
      earlier = backOff;
      backOff = ready;
      startWaiting();
      // A commit in progress has happened, or never will, before the next attempt begins.
      CompletableFuture<Void> decided = failed.decided();
      var unused =
          database.completions().runAfter(delay, () -> finishBackOffAfter(decided, next, ready));
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } catch (NotRetryable e) {
      return CompletableFuture.failedFuture(error);
    } finally {
      unlock();
    }
    withdraw(abandoned);
    StoreException cancelled = new StoreException(StoreError.TRANSACTION_CANCELLED);
    fail(failed.pending(), cancelled);
    if (earlier != null) {
      earlier.completeExceptionally(cancelled);
    }
    return ready;
  }

  @Override
  public void cancel() {
    end(new StoreException(StoreError.TRANSACTION_CANCELLED));
  }

  @Override
  public void close() {
    end(new StoreException(StoreError.TRANSACTION_CANCELLED, "the transaction is closed", null));
  }

  /**
   * Ends the transaction permanently; pending operations fail. A commit in progress continues
   * without it: it is still checked for conflicts, and happens or not. Waits for no lock: if the
   * transaction is being used, it ends right after that.
   */
  void end(StoreException error) {
    if (ending.compareAndSet(null, error)) {
      settle();
    }
  }

  private void unlock() {
    lock.unlock();
    if (ending.get() != null && !lock.isHeldByCurrentThread()) {
      settle();
    }
  }

  /** Does the rest of the work when the transaction has ended, unless the lock is taken. */
  private void settle() {
    Ended ended = null;
    if (lock.tryLock()) {
      try {
        ended = settleOnce();
      } finally {
        lock.unlock();
      }
    }
    if (ended != null) {
      ended.fail();
    }
  }

  private @Nullable Ended settleOnce() {
    StoreException error = ending.get();
    if (error == null || isSettled) {
      return null;
    }
    isSettled = true;
    Ended ended = new Ended(error, phase == Phase.COMMITTED ? null : attempt, submitted, backOff);
    // The committed version may still be read.
    phase = phase == Phase.COMMITTED ? phase : Phase.ENDED;
    attempt.release();
    submitted = null;
    backOff = null;
    stopWaiting();
    return ended;
  }

  /** What is to be failed, and withdrawn, once no lock is held any more. */
  private final class Ended {

    private final StoreException error;
    private final @Nullable TransactionAttempt attempt;
    private final @Nullable CommitRequest abandoned;
    private final @Nullable CompletableFuture<Void> backOff;

    Ended(
        StoreException error,
        @Nullable TransactionAttempt attempt,
        @Nullable CommitRequest abandoned,
        @Nullable CompletableFuture<Void> backOff) {
      this.error = error;
      this.attempt = attempt;
      this.abandoned = abandoned;
      this.backOff = backOff;
    }

    void fail() {
      withdraw(abandoned);
      if (attempt != null) {
        LocalTransaction.fail(attempt.pending(), error);
      }
      if (backOff != null) {
        backOff.completeExceptionally(error);
      }
    }
  }

  /** Waits for a read version, which is never done under the lock. */
  private @Nullable StoreException awaitReadable() {
    if (hasBegun) {
      return null;
    }
    try {
      database.awaitReadable(options.timeout() == null ? null : retries.remaining());
      return null;
    } catch (StoreException e) {
      return e;
    }
  }

  private <T extends @Nullable Object> CompletableFuture<T> read(
      boolean isSnapshot, Function<MergedReader, T> reading) {
    StoreException late = awaitReadable();
    if (late != null) {
      return CompletableFuture.failedFuture(late);
    }
    lock.lock();
    try {
      checkUsable();
      T answer = attempt.read(isSnapshot, reading);
      attempt.noteRead();
      hasBegun = true;
      return CompletableFuture.completedFuture(answer);
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      unlock();
    }
  }

  private static KeySelector own(KeySelector selector) {
    return new KeySelector(selector.key().clone(), selector.orEqual(), selector.offset());
  }

  private void write(Consumer<TransactionAttempt> writing) {
    lock.lock();
    try {
      checkUsable();
      writing.accept(attempt);
    } finally {
      unlock();
    }
  }

  private void checkUsable() {
    StoreException end = ending.get();
    if (end != null) {
      throw end;
    }
    database.checkOpen();
    checkTime();
    if (phase != Phase.ACTIVE) {
      throw new StoreException(StoreError.USED_DURING_COMMIT);
    }
  }

  private void checkTime() {
    if (retries.isTimedOut()) {
      throw new StoreException(StoreError.TRANSACTION_TIMED_OUT);
    }
  }

  /**
   * Registers that futures may be pending from now on, which a timeout or the closing store must
   * fail.
   */
  private void startWaiting() {
    if (!isWaiting) {
      database.addWaiting(this);
      if (options.timeout() != null) {
        boolean scheduled = false;
        try {
          timer = database.completions().runAfter(retries.remaining(), this::timeOut);
          scheduled = true;
        } finally {
          if (!scheduled) {
            database.removeWaiting(this);
          }
        }
      }
      isWaiting = true;
    }
  }

  private void timeOut() {
    end(new StoreException(StoreError.TRANSACTION_TIMED_OUT));
  }

  private void stopWaiting() {
    if (isWaiting) {
      isWaiting = false;
      database.removeWaiting(this);
      if (timer != null) {
        timer.cancel();
        timer = null;
      }
    }
  }

  private void withdraw(@Nullable CommitRequest abandoned) {
    if (abandoned != null && database.committer().withdraw(abandoned)) {
      abandoned.outcome.withdrawn();
    }
  }

  /** Ends the attempt with its commit. */
  private void stop(TransactionAttempt committed, Phase next, long version) {
    phase = next;
    submitted = null;
    committedVersion = version;
    committed.release();
    stopWaiting();
  }

  private void completeReadOnly(TransactionAttempt committed) {
    for (StoreWatch watch : committed.watches) {
      if (!database.watches().arm(watch)) {
        database.completions().run(watch);
      }
    }
    committed
        .versionstamp()
        .completeExceptionally(
            new StoreException(
                NO_COMMIT_VERSION,
                "the transaction wrote nothing, so it has no versionstamp",
                false,
                false,
                null));
    committed.commit.complete(null);
  }

  private void finishBackOffAfter(
      CompletableFuture<Void> decided, TransactionAttempt next, CompletableFuture<Void> ready) {
    var unused = decided.thenRun(() -> finishBackOff(next, ready));
  }

  private void finishBackOff(TransactionAttempt next, CompletableFuture<Void> ready) {
    lock.lock();
    try {
      if (!attempt.equals(next)) {
        return;
      }
      backOff = null;
      stopWaiting();
    } finally {
      unlock();
    }
    ready.complete(null);
  }

  private static void fail(List<CompletableFuture<?>> futures, StoreException error) {
    for (CompletableFuture<?> future : futures) {
      future.completeExceptionally(error);
    }
  }

  /** The outcome of the commit of one attempt. */
  private final class Outcome implements CommitRequest.Outcome {

    private final TransactionAttempt committing;

    Outcome(TransactionAttempt committing) {
      this.committing = committing;
    }

    @Override
    public void committed(long version, byte[] versionstamp) {
      if (finish(Phase.COMMITTED, version)) {
        committing.versionstamp().complete(versionstamp);
        committing.commit.complete(null);
      }
      committing.decided().complete(null);
    }

    @Override
    public void failed(StoreException error) {
      if (finish(Phase.FAILED, -1)) {
        fail(committing.pending(), error);
      }
      committing.decided().complete(null);
    }

    @Override
    public void withdrawn() {
      committing.decided().complete(null);
    }

    /**
     * Finishes the transaction; returns false if it was ended in the meantime: its futures have
     * failed.
     */
    private boolean finish(Phase next, long version) {
      lock.lock();
      try {
        if (!attempt.equals(committing) || phase != Phase.COMMITTING) {
          return false;
        }
        stop(committing, next, version);
        return true;
      } finally {
        unlock();
      }
    }
  }
}
