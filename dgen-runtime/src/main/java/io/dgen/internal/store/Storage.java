package io.dgen.internal.store;

import io.dgen.internal.overlay.StorageSnapshot;

/**
 * The keys and values behind the transaction engine, reduced to what it needs. One thread at a time
 * writes; many read snapshots.
 *
 * <p>Every method throws a {@link io.dgen.store.StoreException} with {@link
 * io.dgen.store.StoreError#IO_ERROR} if the storage fails.
 */
public interface Storage {

  /**
   * Returns the version that was durable when the storage was opened.
   *
   * @return no version above it was given out before; 0 for an empty storage
   */
  long versionCeiling();

  /**
   * Returns whether a commit waits for a device, so that it pays to commit many transactions at
   * once on a separate thread.
   *
   * @return false if a commit only touches memory
   */
  boolean isDurable();

  /**
   * Returns a snapshot of the current content.
   *
   * @return a snapshot to be closed by the caller
   */
  StorageSnapshot snapshot();

  /**
   * Starts a batch of writes.
   *
   * @return an empty batch
   */
  StorageBatch newBatch();

  /**
   * Closes the storage. No snapshot and no batch may be open.
   *
   * @param versionCeiling no version above it has been given out; durable after the call
   */
  void close(long versionCeiling);
}
