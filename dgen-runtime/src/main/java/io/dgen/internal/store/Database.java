package io.dgen.internal.store;

import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A store over a storage: creates transactions, and ends them all when it is closed. */
public final class Database implements Store {

  /** How long closing waits for a write and for reads in progress. */
  private static final Duration CLOSING = Duration.ofSeconds(30);

  /** How long a transaction that has no timeout waits for its read version. */
  private static final Duration BEGINNING = Duration.ofSeconds(5);

  private final Storage storage;
  private final StoreEnvironment environment;
  private final StoreCompletions completions;
  private final Timeline timeline;
  private final Watches watches;
  private final Committer committer;

  /** The transactions that have pending futures. */
  private final Set<LocalTransaction> waiting = ConcurrentHashMap.newKeySet();

  private final AtomicReference<@Nullable CompletableFuture<Void>> ceilingRaise =
      new AtomicReference<>();

  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<Void> storageClosed = new CompletableFuture<>();

  /** The remains of the closed timeline; used by the closing thread alone. */
  private Timeline.@Nullable Remains remains;

  /**
   * Opens a store over a storage, which it closes at its end.
   *
   * @param storage the storage; still the caller's to close if this throws
   * @param environment time, threads and randomness
   * @param earliestVersion no version is given out below it
   */
  public Database(Storage storage, StoreEnvironment environment, long earliestVersion) {
    this.storage = storage;
    this.environment = environment;
    this.completions = new StoreCompletions(environment);
    long start = Math.max(storage.versionCeiling(), earliestVersion) + 1;
    this.timeline =
        new Timeline(environment.nanos(), start, firstCeiling(storage, start), storage.snapshot());
    this.watches = new Watches(this::newestValue);
    boolean opened = false;
    try {
      this.committer = committer(new CommitPipeline(storage, timeline, watches));
      opened = true;
    } finally {
      if (!opened) {
        timeline.close();
      }
    }
  }

  private static long firstCeiling(Storage storage, long start) {
    if (!storage.isDurable()) {
      return Long.MAX_VALUE;
    }
    try (StorageBatch batch = storage.newBatch()) {
      batch.commit(Timeline.ceilingOf(start));
    }
    return Timeline.ceilingOf(start);
  }

  private Committer committer(CommitPipeline pipeline) {
    if (!storage.isDurable()) {
      return new InlineCommitter(pipeline, completions);
    }
    SnapshotSweeper sweeper = new SnapshotSweeper(timeline, completions);
    GroupCommitter group = new GroupCommitter(pipeline, completions, sweeper::afterCommit);
    group.start(environment.workers());
    return group;
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    checkOpen();
    return new LocalTransaction(this, options);
  }

  /**
   * Closes the store: waiting commits fail, the write and the reads in progress end first, then the
   * storage is closed.
   *
   * @throws StoreException if one of them does not end within 30 seconds, as the disk does not
   *     respond. The storage is closed as soon as it does; until then it stays in use
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean inTime = environment.workers().await(committer.close(this::closeStorage), CLOSING);
    StoreException error = new StoreException(StoreError.STORE_CLOSED);
    for (LocalTransaction transaction : Set.copyOf(waiting)) {
      completions.run(() -> transaction.end(error));
    }
    for (StoreWatch watch : watches.close()) {
      watch.fail(error);
      completions.run(watch);
    }
    if (!inTime || !environment.workers().await(storageClosed, CLOSING)) {
      throw new StoreException(
          StoreError.IO_ERROR,
          "the store accepts no more transactions, but its storage could not be closed within 30"
              + " seconds, as the disk does not respond; it is closed as soon as the disk does, and"
              + " until then its directory stays in use",
          null);
    }
    try {
      storageClosed.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Closes the storage when nothing is being read; the last step of the committer. */
  private StoreWorkers.Next closeStorage() {
    if (remains == null) {
      remains = timeline.close();
    }
    if (!remains.unread().isDone()) {
      return StoreWorkers.Next.RETRY;
    }
    try {
      storage.close(remains.lastVersion());
      storageClosed.complete(null);
    } catch (RuntimeException | Error e) {
      storageClosed.completeExceptionally(e);
    }
    return StoreWorkers.Next.END;
  }

  StoreEnvironment environment() {
    return environment;
  }

  Timeline timeline() {
    return timeline;
  }

  Watches watches() {
    return watches;
  }

  Committer committer() {
    return committer;
  }

  StoreCompletions completions() {
    return completions;
  }

  /**
   * Waits, if the clock has passed the newest durable version, for a newer one to become durable:
   * so a read version never lags behind the clock. This only happens if there are no commits. Not
   * to be called under a lock.
   *
   * @param remaining how long the transaction may wait; null if it has no timeout
   * @throws StoreException if it takes longer than that, or than five seconds
   */
  void awaitReadable(@Nullable Duration remaining) {
    if (!isBehind()) {
      return;
    }
    Duration bound =
        remaining != null && remaining.compareTo(BEGINNING) < 0 ? remaining : BEGINNING;
    if (!environment.workers().await(raiseCeiling(), bound)) {
      throw bound.equals(remaining)
          ? new StoreException(StoreError.TRANSACTION_TIMED_OUT)
          : new StoreException(
              StoreError.FUTURE_VERSION,
              "the disk has not written for 5 seconds, so no new read version can be given out",
              null);
    }
  }

  /** Returns whether a new transaction has to wait for its read version. */
  boolean isBehind() {
    return timeline.belowCeiling() < 0;
  }

  /** Returns a read point for a transaction. */
  ReadPoint begin() {
    if (timeline.belowCeiling() < Timeline.CEILING_VERSIONS / 2) {
      var unused = raiseCeiling();
    }
    return timeline.begin();
  }

  /** Registers a transaction to be ended when the store is closed. */
  void addWaiting(LocalTransaction transaction) {
    waiting.add(transaction);
    if (closed.get()) {
      // Closing may have looked before.
      waiting.remove(transaction);
      checkOpen();
    }
  }

  void removeWaiting(LocalTransaction transaction) {
    waiting.remove(transaction);
  }

  void checkOpen() {
    if (closed.get()) {
      throw new StoreException(StoreError.STORE_CLOSED);
    }
  }

  /**
   * Commits nothing but a new ceiling. Completes even if that fails: the old one is still valid.
   */
  private CompletableFuture<Void> raiseCeiling() {
    CompletableFuture<Void> raising = new CompletableFuture<>();
    CompletableFuture<Void> underWay = ceilingRaise.compareAndExchange(null, raising);
    if (underWay != null) {
      return underWay;
    }
    boolean submitted = false;
    try {
      committer.submit(CommitRequest.ofNothing(() -> raised(raising)));
      submitted = true;
    } finally {
      // Otherwise it would never be tried again.
      if (!submitted) {
        raised(raising);
      }
    }
    return raising;
  }

  private void raised(CompletableFuture<Void> raising) {
    ceilingRaise.set(null);
    raising.complete(null);
  }

  private byte @Nullable [] newestValue(byte[] key) {
    SnapshotHandle handle = timeline.pinCurrent();
    try {
      return handle.snapshot.get(key);
    } finally {
      handle.unpin();
    }
  }
}
