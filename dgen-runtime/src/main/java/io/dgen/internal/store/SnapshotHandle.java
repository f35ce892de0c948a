package io.dgen.internal.store;

import io.dgen.internal.overlay.StorageSnapshot;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot, shared by all transactions that read its version.
 *
 * <p>Two counts keep native memory safe. {@code users}, guarded by {@link Timeline}, are the
 * transactions that may still read; {@code pins} are the reads in progress and the timeline itself.
 * The snapshot is closed when the last pin is released, never during a read. A third, {@code
 * commits}, keeps later writes remembered, whether or not the snapshot is open.
 */
final class SnapshotHandle {

  final long version;
  final StorageSnapshot snapshot;

  /** The transactions that may still read; guarded by the timeline's lock. */
  int users;

  /** The commits that are still to be compared with it; guarded by the timeline's lock. */
  int commits;

  /** Whether the timeline itself still pins it; guarded by the timeline's lock. */
  boolean isReadable = true;

  /**
   * When a newer snapshot replaced it, in versions by the clock; guarded by the timeline's lock.
   */
  long supersededAt = Long.MAX_VALUE;

  /** The next handle to be unpinned together with this one; null for the last. */
  @Nullable SnapshotHandle nextUnused;

  private final AtomicInteger pins = new AtomicInteger(1);
  private final Consumer<SnapshotHandle> onClosed;

  /**
   * Creates a handle with one pin.
   *
   * @param onClosed called when the snapshot has been closed
   */
  SnapshotHandle(long version, StorageSnapshot snapshot, Consumer<SnapshotHandle> onClosed) {
    this.version = version;
    this.snapshot = snapshot;
    this.onClosed = onClosed;
  }

  /** Keeps the snapshot open for one read; returns false if it is closed. */
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
        onClosed.accept(this);
      }
    }
  }

  /** Unpins a handle and all that follow it. */
  static void unpinAll(@Nullable SnapshotHandle first) {
    for (SnapshotHandle handle = first; handle != null; handle = handle.nextUnused) {
      handle.unpin();
    }
  }
}
