package io.dgen.internal.store;

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
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of the embedded store.
 *
 * <p>Its lock guards the attempt and the phase; futures are completed after it is released, as
 * completing one runs the code that callers attached.
 */
final class LocalTransaction implements Transaction {

  private enum Phase {
    ACTIVE,
    COMMITTING,
    COMMITTED,
    FAILED,
    /** For good: cancelled, closed, timed out, or the store is closed. */
    ENDED
  }

  /** FoundationDB's code for asking a transaction that wrote nothing for its versionstamp. */
  private static final int NO_COMMIT_VERSION = 2021;

  private final Database database;
  private final TransactionOptions options;
  private final Retries retries;
  private final ReadTransaction snapshotView = new SnapshotView(this);
  private final ReentrantLock lock = new ReentrantLock();

  private Attempt attempt;
  private Phase phase = Phase.ACTIVE;
  private @Nullable StoreException end;
  private @Nullable CompletableFuture<Void> backOff;
  private Scheduler.@Nullable Cancellable timer;
  private boolean isWaiting;
  private long committedVersion;

  /** The commit that is under way, if one is. */
  private @Nullable CommitRequest submitted;

  /** How many user versions the present attempt has claimed. */
  private int claimed;

  LocalTransaction(Database database, TransactionOptions options) {
    this.database = database;
    this.options = options;
    this.retries = new Retries(options, database.environment());
    this.attempt = new Attempt(database);
  }

  @Override
  public CompletableFuture<byte @Nullable []> get(byte[] key) {
    return get(key, false);
  }

  CompletableFuture<byte @Nullable []> get(byte[] key, boolean isSnapshot) {
    return read(
        isSnapshot,
        reader -> {
          Limits.checkKey(key);
          return key.length > Limits.KEY_SIZE ? null : reader.get(key);
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
          Limits.checkBound(selector.key());
          return reader.getKey(selector);
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
      throw new IllegalArgumentException("limit is " + limit + "; give 0 for all, or more");
    }
    return read(
        isSnapshot,
        reader -> {
          Limits.checkBound(begin.key());
          Limits.checkBound(end.key());
          return reader.getRange(begin, end, limit, reverse);
        });
  }

  @Override
  public CompletableFuture<Long> getReadVersion() {
    lock.lock();
    try {
      checkUsable();
      attempt.noteRead();
      return CompletableFuture.completedFuture(attempt.readVersion());
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      lock.unlock();
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
    Limits.checkWritable(key);
    Limits.checkValue(key, value.length);
    write(to -> to.writes.set(key, value));
  }

  @Override
  public void clear(byte[] key) {
    Limits.checkKey(key);
    if (key.length <= Limits.KEY_SIZE) {
      write(to -> to.writes.clear(key, to.knownReadVersion()));
    }
  }

  @Override
  public void clear(byte[] begin, byte[] end) {
    Limits.checkRange(begin, end);
    write(to -> to.writes.clear(begin, end, to.knownReadVersion()));
  }

  @Override
  public void mutate(MutationType type, byte[] key, byte[] operand) {
    switch (type) {
      case ADD -> {
        Limits.checkWritable(key);
        Limits.checkValue(key, operand.length);
        write(to -> to.writes.add(key, operand));
      }
      case SET_VERSIONSTAMPED_KEY -> {
        Atomics.checkOffset(key);
        Limits.checkWritable(key);
        Limits.checkValue(key, operand.length);
        write(to -> to.writes.setStampedKey(key, operand, to.knownReadVersion()));
      }
      case SET_VERSIONSTAMPED_VALUE -> {
        Atomics.checkOffset(operand);
        Limits.checkWritable(key);
        Limits.checkValue(key, operand.length);
        write(to -> to.writes.setStampedValue(key, operand));
      }
    }
  }

  @Override
  public void addReadConflictRange(byte[] begin, byte[] end) {
    Limits.checkRange(begin, end);
    write(to -> to.writes.addDependencies(begin, end, to.readConflicts));
  }

  @Override
  public void addWriteConflictRange(byte[] begin, byte[] end) {
    Limits.checkRange(begin, end);
    write(to -> to.writeConflicts.add(begin, end));
  }

  @Override
  public CompletableFuture<Void> watch(byte[] key) {
    lock.lock();
    try {
      checkUsable();
      Limits.checkWritable(key);
      byte[] seen = attempt.read(false, reader -> reader.get(key));
      startWaiting();
      CompletableFuture<Void> future = database.watches().newFuture();
      attempt.watches.add(new Watch(key, seen, future));
      return future;
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      lock.unlock();
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
      lock.unlock();
    }
  }

  @Override
  public CompletableFuture<Void> commit() {
    Attempt committing;
    CommitRequest request = null;
    StoreException refusal = null;
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
      lock.unlock();
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
      lock.unlock();
    }
  }

  @Override
  public int claimUserVersion() {
    lock.lock();
    try {
      if (claimed > 0xFFFF) {
        throw new IllegalStateException(
            "a transaction numbers at most 65,536 versionstamped keys; use more than one");
      }
      return claimed++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public CompletableFuture<Void> onError(Throwable error) {
    Attempt failed;
    CommitRequest abandoned;
    CompletableFuture<Void> earlier;
    CompletableFuture<Void> ready = new CompletableFuture<>();
    lock.lock();
    try {
      if (end != null) {
        return CompletableFuture.failedFuture(end);
      }
      checkTime();
      Duration delay = retries.next(error);
      failed = attempt;
      failed.release();
      abandoned = submitted;
      submitted = null;
      Attempt next = new Attempt(database);
      attempt = next;
      phase = Phase.ACTIVE;
      claimed = 0;
      earlier = backOff;
      backOff = ready;
      startWaiting();
      // A commit that is under way has happened, or never will, before the next attempt begins.
      CompletableFuture<Void> decided = failed.decided();
      var unused =
          database
              .environment()
              .scheduler()
              .schedule(() -> finishBackOffAfter(decided, next, ready), delay);
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } catch (NotRetryable e) {
      return CompletableFuture.failedFuture(error);
    } finally {
      lock.unlock();
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
   * Ends the transaction for good; what is pending fails. A commit that is under way goes on
   * without it: it is checked for conflicts all the same, and happens or not.
   */
  void end(StoreException error) {
    Attempt ended;
    CommitRequest abandoned;
    CompletableFuture<Void> waiting;
    lock.lock();
    try {
      if (end != null) {
        return;
      }
      ended = phase == Phase.COMMITTED ? null : attempt;
      end = error;
      // The committed version can still be asked for.
      phase = phase == Phase.COMMITTED ? phase : Phase.ENDED;
      attempt.release();
      abandoned = submitted;
      submitted = null;
      waiting = backOff;
      backOff = null;
      stopWaiting();
    } finally {
      lock.unlock();
    }
    withdraw(abandoned);
    if (ended != null) {
      fail(ended.pending(), error);
    }
    if (waiting != null) {
      waiting.completeExceptionally(error);
    }
  }

  private <T extends @Nullable Object> CompletableFuture<T> read(
      boolean isSnapshot, Function<MergedReader, T> reading) {
    lock.lock();
    try {
      checkUsable();
      T answer = attempt.read(isSnapshot, reading);
      attempt.noteRead();
      return CompletableFuture.completedFuture(answer);
    } catch (StoreException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      lock.unlock();
    }
  }

  private void write(Consumer<Attempt> writing) {
    lock.lock();
    try {
      checkUsable();
      writing.accept(attempt);
    } finally {
      lock.unlock();
    }
  }

  private void checkUsable() {
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

  /** From now on someone may wait for a future, which a timeout or the store's end must fail. */
  private void startWaiting() {
    if (!isWaiting) {
      isWaiting = true;
      database.addWaiting(this);
      if (options.timeout() != null) {
        timer =
            database
                .environment()
                .scheduler()
                .schedule(
                    () -> end(new StoreException(StoreError.TRANSACTION_TIMED_OUT)),
                    retries.remaining());
      }
    }
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
  private void stop(Attempt committed, Phase next, long version) {
    phase = next;
    submitted = null;
    committedVersion = version;
    committed.release();
    stopWaiting();
  }

  private void completeReadOnly(Attempt committed) {
    for (Watch watch : committed.watches) {
      if (!database.watches().arm(watch)) {
        database.environment().completions().execute(() -> watch.future().complete(null));
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
      CompletableFuture<Void> decided, Attempt next, CompletableFuture<Void> ready) {
    var unused = decided.thenRun(() -> finishBackOff(next, ready));
  }

  private void finishBackOff(Attempt next, CompletableFuture<Void> ready) {
    lock.lock();
    try {
      if (!attempt.equals(next)) {
        return;
      }
      backOff = null;
      stopWaiting();
    } finally {
      lock.unlock();
    }
    database.environment().completions().execute(() -> ready.complete(null));
  }

  private static void fail(List<CompletableFuture<?>> futures, StoreException error) {
    for (CompletableFuture<?> future : futures) {
      future.completeExceptionally(error);
    }
  }

  /** What became of the commit of one attempt. */
  private final class Outcome implements CommitRequest.Outcome {

    private final Attempt committing;

    Outcome(Attempt committing) {
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

    /** False if the transaction was ended meanwhile: its futures have failed. */
    private boolean finish(Phase next, long version) {
      lock.lock();
      try {
        if (!attempt.equals(committing) || phase != Phase.COMMITTING) {
          return false;
        }
        stop(committing, next, version);
        return true;
      } finally {
        lock.unlock();
      }
    }
  }
}
