package io.dgen.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * A commit's hold on the snapshot that its transaction read: while it is held, nothing that was
 * written after the snapshot is forgotten. Created by {@link Timeline#lease}, which takes the read
 * point away from the transaction, and released by the thread that answers the commit.
 */
final class CommitLease {

  /** The last commit that the transaction saw. */
  final long snapshotVersion;

  /** Null once it has been released. Guarded by the timeline's lock. */
  @Nullable SnapshotHandle handle;

  CommitLease(SnapshotHandle handle) {
    this.snapshotVersion = handle.version;
    this.handle = handle;
  }
}
