package io.dgen.internal.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One snapshot, shared by all transactions that read its version.
 *
 * <p>Two counts keep native memory safe. {@code users}, guarded by {@link Timeline}, are the
 * transactions that may still read; {@code pins} are the reads going on now and the timeline
 * itself. The snapshot is closed when the last pin goes, never during a read. A third, {@code
 * commits}, keeps what was written after it remembered, open or closed.
 */
final class SnapshotHandle {

  final long version;
  final StorageSnapshot snapshot;

  /** The transactions that may still read; guarded by the timeline's lock. */
  int users;

  /** The commits that have still to be compared with it; guarded by the timeline's lock. */
  int commits;

  /** Whether the timeline itself still pins it; guarded by the timeline's lock. */
  boolean isReadable = true;

  /**
   * When a newer snapshot took its place, in versions by the clock; guarded by the timeline's lock.
   */
  long supersededAt = Long.MAX_VALUE;

  private final AtomicInteger pins = new AtomicInteger(1);
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  SnapshotHandle(long version, StorageSnapshot snapshot) {
    this.version = version;
    this.snapshot = snapshot;
  }

  /** Keeps the snapshot open for one read; false if it is closed. */
  boolean pin() {
    int count = pins.get();
    while (count > 0) {
      if (pins.compareAndSet(count, count + 1)) {
        return true;
      }
      count = pins.get();
    }
    return false;
  }

  void unpin() {
    if (pins.decrementAndGet() == 0) {
      try {
        snapshot.close();
      } finally {
        closed.complete(null);
      }
    }
  }

  /** Completes when the snapshot is closed. */
  CompletableFuture<Void> closed() {
    return closed;
  }
}
