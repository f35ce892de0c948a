package io.dgen.internal.store;

import io.dgen.internal.overlay.KeyRange;
import io.dgen.internal.overlay.MergedReader;
import io.dgen.internal.overlay.Mutation;
import io.dgen.internal.overlay.PendingStamps;
import io.dgen.internal.overlay.RangeSet;
import io.dgen.internal.overlay.StoreLimits;
import io.dgen.internal.overlay.WriteMap;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a transaction, from its first operation to its commit: what it reads, what it
 * wrote, what it depends on. Guarded by its transaction's lock.
 */
final class TransactionAttempt {

  final WriteMap writes = new WriteMap();
  final RangeSet readConflicts = new RangeSet();
  final RangeSet writeConflicts = new RangeSet();
  final List<StoreWatch> watches = new ArrayList<>(0);
  final CompletableFuture<Void> commit = new CompletableFuture<>();

  private final Database database;
  private @Nullable ReadPoint readPoint;
  private boolean hasRead;
  private @Nullable CompletableFuture<byte[]> versionstamp;

  /** Completes when the commit is answered; created when it is submitted. */
  private @Nullable CompletableFuture<Void> decided;

  /** Why a read failed, and therefore the commit will fail. */
  private @Nullable StoreException failedRead;

  TransactionAttempt(Database database) {
    this.database = database;
  }

  /** Returns the read version, which the first read determines. */
  long readVersion() {
    return readPoint().version();
  }

  /**
   * Records that the caller has the answer of a read, so that the read version counts as known:
   * only from then on is it known on every store.
   */
  void noteRead() {
    hasRead = true;
  }

  /** Returns the read version, or {@link PendingStamps#UNKNOWN} until a read was answered. */
  long knownReadVersion() {
    return hasRead ? readVersion() : PendingStamps.UNKNOWN;
  }

  /** Returns the future of the versionstamp. */
  CompletableFuture<byte[]> versionstamp() {
    if (versionstamp == null) {
      versionstamp = new CompletableFuture<>();
    }
    return versionstamp;
  }

  /** Returns a future that completes when no commit of the attempt is in progress any more. */
  CompletableFuture<Void> decided() {
    return decided == null ? CompletableFuture.completedFuture(null) : decided;
  }

  /** Reads, through the attempt's own writes. */
  <T extends @Nullable Object> T read(boolean isSnapshot, Function<MergedReader, T> reading) {
    ReadPoint point = readPoint();
    SnapshotHandle handle = point.handle();
    if (database.timeline().isTooOld(point) || !handle.pin()) {
      failedRead = new StoreException(StoreError.TRANSACTION_TOO_OLD);
      throw failedRead;
    }
    try {
      return reading.apply(
          new MergedReader(handle.snapshot, writes, isSnapshot ? null : readConflicts));
    } catch (StoreException e) {
      if (e.is(StoreError.ACCESSED_UNREADABLE)) {
        failedRead = e;
      }
      throw e;
    } finally {
      handle.unpin();
    }
  }

  boolean isReadOnly() {
    return writes.isEmpty() && writeConflicts.isEmpty();
  }

  /**
   * Fails if a read has failed, as FoundationDB's commit does: that read's future may have been
   * ignored.
   */
  void checkReads() {
    if (failedRead != null) {
      throw failedRead;
    }
  }

  /**
   * Creates the request for the commit, which takes over the read point.
   *
   * @throws StoreException if the transaction is too large or too old
   */
  CommitRequest toRequest(Priority priority, CommitRequest.Outcome outcome) {
    List<KeyRange> reads = readConflicts.ranges();
    List<KeyRange> conflicts = writeConflicts.ranges();
    List<Mutation> mutations = writes.mutations();
    long size = writes.size() + size(reads) + size(conflicts);
    StoreLimits.checkTransaction(size);
    for (Mutation mutation : mutations) {
      switch (mutation.kind) {
        case SET, CLEAR, ADD, STAMPED_VALUE -> conflicts.add(KeyRange.point(mutation.key));
        case CLEAR_RANGE -> conflicts.add(new KeyRange(mutation.key, mutation.param));
        case STAMPED_KEY -> {
          // The commit adds the key once it knows it.
        }
      }
    }
    decided = new CompletableFuture<>();
    return new CommitRequest(
        priority,
        size,
        reads.isEmpty() ? null : lease(),
        reads,
        conflicts,
        mutations,
        List.copyOf(watches),
        outcome);
  }

  /** Passes the read point to the commit: from here on the attempt has nothing to release. */
  private CommitLease lease() {
    // A transaction that declared reads without reading is compared with the current content.
    CommitLease lease = database.timeline().lease(readPoint());
    readPoint = null;
    return lease;
  }

  /** Releases the read point, if no commit has taken it over; may be called again. */
  void release() {
    if (readPoint != null) {
      database.timeline().release(readPoint);
      readPoint = null;
    }
  }

  /** Returns the futures that may be pending: they fail when the attempt ends without a commit. */
  List<CompletableFuture<?>> pending() {
    List<CompletableFuture<?>> pending = new ArrayList<>(2 + watches.size());
    pending.add(commit);
    if (versionstamp != null) {
      pending.add(versionstamp);
    }
    watches.forEach(watch -> pending.add(watch.future()));
    return pending;
  }

  private ReadPoint readPoint() {
    if (readPoint == null) {
      readPoint = database.begin();
    }
    return readPoint;
  }

  private static long size(List<KeyRange> ranges) {
    long size = 0;
    for (KeyRange range : ranges) {
      size += range.size();
    }
    return size;
  }
}
