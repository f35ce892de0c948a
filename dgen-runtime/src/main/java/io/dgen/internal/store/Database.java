package io.dgen.internal.store;

import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A store over a storage: hands out transactions and ends them all when it is closed. */
public final class Database implements Store {

  private final Storage storage;
  private final Environment environment;
  private final Timeline timeline;
  private final Watches watches;
  private final Committer committer;

  /** The transactions that someone waits for. */
  private final Set<LocalTransaction> waiting = ConcurrentHashMap.newKeySet();

  private final AtomicReference<@Nullable CompletableFuture<Void>> ceilingRaise =
      new AtomicReference<>();

  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens a store over a storage, which it closes in the end.
   *
   * @param storage where the data is
   * @param environment time, threads and chance
   * @param earliestVersion no version is given out below it
   */
  public Database(Storage storage, Environment environment, long earliestVersion) {
    this.storage = storage;
    this.environment = environment;
    long start = Math.max(storage.versionCeiling(), earliestVersion) + 1;
    this.timeline =
        new Timeline(environment.nanos(), start, firstCeiling(storage, start), storage.snapshot());
    this.watches = new Watches(this::newestValue);
    CommitPipeline pipeline = new CommitPipeline(storage, timeline, watches);
    this.committer = committer(pipeline);
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
      return new InlineCommitter(pipeline, environment.completions());
    }
    SnapshotSweeper sweeper = new SnapshotSweeper(timeline, environment.scheduler());
    GroupCommitter group =
        new GroupCommitter(pipeline, environment.completions(), sweeper::afterCommit);
    group.start();
    return group;
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    checkOpen();
    return new LocalTransaction(this, options);
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    committer.close();
    StoreException error = new StoreException(StoreError.STORE_CLOSED);
    for (LocalTransaction transaction : Set.copyOf(waiting)) {
      transaction.end(error);
    }
    for (Watch watch : watches.close()) {
      environment.completions().execute(() -> watch.future().completeExceptionally(error));
    }
    storage.close(timeline.close());
  }

  Environment environment() {
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

  /**
   * Gives a transaction what it reads. If no version has been made durable for a while, which takes
   * a store without commits, that is done first, so that a read version never lags behind the
   * clock.
   */
  ReadPoint begin() {
    long below = timeline.belowCeiling();
    if (below < Timeline.CEILING_VERSIONS / 2) {
      CompletableFuture<Void> raised = raiseCeiling();
      if (below < 0) {
        raised.join();
      }
    }
    return timeline.begin();
  }

  /** Has a transaction ended when the store is closed. */
  void addWaiting(LocalTransaction transaction) {
    waiting.add(transaction);
    checkOpen();
  }

  void removeWaiting(LocalTransaction transaction) {
    waiting.remove(transaction);
  }

  void checkOpen() {
    if (closed.get()) {
      throw new StoreException(StoreError.STORE_CLOSED);
    }
  }

  /** Commits nothing but a new ceiling. Completes also if that fails: the old one still holds. */
  private CompletableFuture<Void> raiseCeiling() {
    CompletableFuture<Void> raising = new CompletableFuture<>();
    CompletableFuture<Void> underWay = ceilingRaise.compareAndExchange(null, raising);
    if (underWay != null) {
      return underWay;
    }
    committer.submit(
        CommitRequest.ofNothing(
            () -> {
              ceilingRaise.set(null);
              raising.complete(null);
            }));
    return raising;
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
