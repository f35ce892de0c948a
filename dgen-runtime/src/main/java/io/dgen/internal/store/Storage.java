package io.dgen.internal.store;

/**
 * Where keys and values are: all that the transaction engine needs to know of it. One thread at a
 * time writes; snapshots are read by many.
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
   * once on a thread of its own.
   *
   * @return false if a commit is only memory
   */
  boolean isDurable();

  /**
   * What is stored now.
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
   * Closes the storage. No snapshot and no batch is open any more.
   *
   * @param versionCeiling no version above it has been given out; durable after the call
   */
  void close(long versionCeiling);
}
