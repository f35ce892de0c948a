package io.dgen.internal.store;

import io.dgen.internal.overlay.StorageSnapshot;
import io.dgen.internal.overlay.StoreLimits;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a store: which one readers get, which one the next commit gets, and which
 * snapshots are still read. Thread-safe.
 *
 * <p>Versions follow the clock, a million a second. A read version may be newer than the last
 * commit, so one rule keeps reads and commits apart: a group of commits takes a version above every
 * read version given out, and while it is on its way to the disk no read version reaches it.
 */
final class Timeline {

  /**
   * How far ahead of the present a version is made durable, so that a version that was only read,
   * never written, is not given out again after a restart: ten seconds.
   */
  static final long CEILING_VERSIONS = 10_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier nanos;
  private final long originNanos;
  private final long originVersion;

  /**
   * What is still needed, oldest first: snapshots that are open, and those whose version a commit
   * is still to be compared with. The last one is the newest commit.
   */
  private final Deque<SnapshotHandle> needed = new ArrayDeque<>();

  /** All that are not closed, including those that are no longer needed but still read. */
  private final Set<SnapshotHandle> unclosed = new HashSet<>();

  private final CompletableFuture<Void> unread = new CompletableFuture<>();

  private SnapshotHandle current;
  private long handedOut;
  private volatile long ceiling;
  private long inFlight = Long.MAX_VALUE;
  private boolean closed;

  /**
   * Creates a timeline above every version that was given out before.
   *
   * @param start the first version
   * @param ceiling the durable ceiling; no version above it is given out to readers
   */
  Timeline(LongSupplier nanos, long start, long ceiling, StorageSnapshot snapshot) {
    this.nanos = nanos;
    this.originNanos = nanos.getAsLong();
    this.originVersion = start;
    this.handedOut = start;
    this.ceiling = ceiling;
    this.current = new SnapshotHandle(start, snapshot, this::closed);
    needed.add(current);
    unclosed.add(current);
  }

  /** Returns the current version according to the clock. */
  long now() {
    return originVersion + (nanos.getAsLong() - originNanos) / 1_000;
  }

  /** Returns a read point for a transaction, to be released with {@link #release}. */
  ReadPoint begin() {
    lock.lock();
    try {
      if (closed) {
        throw new StoreException(StoreError.STORE_CLOSED);
      }
      // Not above the ceiling: after a crash it would be given out again. It waits for the next
      // ceiling.
      long now = now();
      long version = Math.max(current.version, Math.min(now, Math.min(inFlight - 1, ceiling)));
      handedOut = Math.max(handedOut, version);
      current.users++;
      return new ReadPoint(version, now, current);
    } finally {
      lock.unlock();
    }
  }

  /** Releases a transaction's read point. */
  void release(ReadPoint point) {
    SnapshotHandle unused;
    lock.lock();
    try {
      point.handle().users--;
      unused = removeUnused();
    } finally {
      lock.unlock();
    }
    SnapshotHandle.unpinAll(unused);
  }

  /**
   * Releases a transaction's read point and returns a lease for its commit, which is then decided
   * on what it read, however long that takes. Only here is a commit compared with the clock: one
   * that comes within the five seconds is not too old later, when the disk is slow.
   *
   * @throws StoreException if the transaction is too old; it then still has its read point
   */
  CommitLease lease(ReadPoint point) {
    SnapshotHandle unused;
    CommitLease lease;
    lock.lock();
    try {
      if (closed) {
        throw new StoreException(StoreError.STORE_CLOSED);
      }
      SnapshotHandle handle = point.handle();
      if (!handle.isReadable || isTooOld(point)) {
        throw new StoreException(StoreError.TRANSACTION_TOO_OLD);
      }
      lease = new CommitLease(handle);
      handle.commits++;
      handle.users--;
      unused = removeUnused();
    } finally {
      lock.unlock();
    }
    SnapshotHandle.unpinAll(unused);
    return lease;
  }

  /** Releases the lease of an answered commit. Has no effect if it was released before. */
  void release(@Nullable CommitLease lease) {
    if (lease == null) {
      return;
    }
    lock.lock();
    try {
      if (lease.handle != null) {
        lease.handle.commits--;
        lease.handle = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether a transaction has been reading for more than five seconds. */
  boolean isTooOld(ReadPoint point) {
    return now() - point.startedAt() > StoreLimits.READ_WINDOW_VERSIONS;
  }

  /**
   * Returns how far the clock is below the durable ceiling, in versions; negative if it is above.
   */
  long belowCeiling() {
    return ceiling - now();
  }

  /** Starts a group of commits: returns a version above every version that was given out. */
  long startGroup() {
    lock.lock();
    try {
      long version = Math.max(handedOut + 1, now());
      // Even if the group fails: it may be on disk, so its version must not be used again.
      handedOut = version;
      inFlight = version;
      return version;
    } finally {
      lock.unlock();
    }
  }

  /** Returns what to make durable with a group, so that no version up to it is given out again. */
  static long ceilingOf(long version) {
    return version + CEILING_VERSIONS;
  }

  /** Ends a group whose version is not used. */
  void abandonGroup() {
    lock.lock();
    try {
      inFlight = Long.MAX_VALUE;
    } finally {
      lock.unlock();
    }
  }

  /** Publishes a durable group: transactions that begin from now on see it. */
  void publish(long version, StorageSnapshot snapshot) {
    SnapshotHandle next = new SnapshotHandle(version, snapshot, this::closed);
    SnapshotHandle unused;
    lock.lock();
    try {
      unclosed.add(next);
      needed.addLast(next);
      // Not the group's version: transactions have begun on the old one until this moment.
      current.supersededAt = now();
      current = next;
      handedOut = version;
      ceiling = Math.max(ceiling, ceilingOf(version));
      inFlight = Long.MAX_VALUE;
      unused = removeUnused();
    } finally {
      lock.unlock();
    }
    SnapshotHandle.unpinAll(unused);
  }

  /**
   * Returns the oldest version that a commit is still to be compared with, now or later. Writes up
   * to it may be forgotten.
   */
  long oldestNeeded() {
    lock.lock();
    try {
      return needed.getFirst().version;
    } finally {
      lock.unlock();
    }
  }

  /** Pins the newest commit's snapshot for one read. */
  SnapshotHandle pinCurrent() {
    lock.lock();
    try {
      if (!current.pin()) {
        throw new StoreException(StoreError.STORE_CLOSED);
      }
      return current;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the snapshots that no transaction may read any more: unused, or five seconds old. */
  void sweep() {
    SnapshotHandle unused;
    lock.lock();
    try {
      unused = removeUnused();
    } finally {
      lock.unlock();
    }
    SnapshotHandle.unpinAll(unused);
  }

  /** Returns whether transactions still read a snapshot that a later commit has replaced. */
  boolean hasSuperseded() {
    lock.lock();
    try {
      return needed.size() > 1;
    } finally {
      lock.unlock();
    }
  }

  /** Removes what is not needed; returns the snapshots to unpin, linked. Allocates nothing. */
  private @Nullable SnapshotHandle removeUnused() {
    if (needed.size() <= 1) {
      return null;
    }
    long oldest = now() - StoreLimits.READ_WINDOW_VERSIONS;
    SnapshotHandle unused = null;
    var handles = needed.iterator();
    while (handles.hasNext()) {
      SnapshotHandle handle = handles.next();
      if (handle.equals(current)) {
        continue;
      }
      if (handle.isReadable && (handle.users == 0 || handle.supersededAt < oldest)) {
        handle.isReadable = false;
        handle.nextUnused = unused;
        unused = handle;
      }
      if (!handle.isReadable && handle.commits == 0) {
        handles.remove();
      }
    }
    return unused;
  }

  /** Returns the version of the newest commit. */
  long newestVersion() {
    lock.lock();
    try {
      return current.version;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The remains of a closed timeline.
   *
   * @param lastVersion the largest version that was given out
   * @param unread completes when the last read in progress has ended
   */
  record Remains(long lastVersion, CompletableFuture<Void> unread) {}

  /** Closes all snapshots; those that are being read when that ends. */
  Remains close() {
    SnapshotHandle unused = null;
    long last;
    lock.lock();
    try {
      closed = true;
      last = handedOut;
      for (SnapshotHandle handle : needed) {
        if (handle.isReadable) {
          handle.isReadable = false;
          handle.nextUnused = unused;
          unused = handle;
        }
      }
      needed.clear();
    } finally {
      lock.unlock();
    }
    SnapshotHandle.unpinAll(unused);
    return new Remains(last, unread);
  }

  private void closed(SnapshotHandle handle) {
    boolean last;
    lock.lock();
    try {
      unclosed.remove(handle);
      last = closed && unclosed.isEmpty();
    } finally {
      lock.unlock();
    }
    if (last) {
      unread.complete(null);
    }
  }
}
