package io.dgen.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * What a commit holds of the snapshot that its transaction read: while it is held, nothing that was
 * written after the snapshot is forgotten. Made by {@link Timeline#lease}, which takes the read
 * point away from the transaction, and given back by whoever answers the commit.
 */
final class CommitLease {

  /** The last commit that the transaction saw. */
  final long snapshotVersion;

  /** Null when it has been given back. Guarded by the timeline's lock. */
  @Nullable SnapshotHandle handle;

  CommitLease(SnapshotHandle handle) {
    this.snapshotVersion = handle.version;
    this.handle = handle;
  }
}
