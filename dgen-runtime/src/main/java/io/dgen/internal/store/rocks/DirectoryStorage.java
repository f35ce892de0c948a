package io.dgen.internal.store.rocks;

import io.dgen.internal.store.Storage;
import io.dgen.internal.store.StorageBatch;
import io.dgen.internal.store.StorageSnapshot;
import java.nio.file.Path;
import java.time.InstantSource;

/** The storage of a directory, which it keeps for this process until it is closed. */
public final class DirectoryStorage implements Storage {

  private final StoreDirectory directory;
  private final RocksStorage storage;

  private DirectoryStorage(StoreDirectory directory, RocksStorage storage) {
    this.directory = directory;
    this.storage = storage;
  }

  /**
   * Opens the storage of a directory; makes one if the directory is empty or not there.
   *
   * @param path the directory
   * @param clock tells a second opener since when the first one has it
   * @return the storage
   * @throws io.dgen.DgenException if the directory holds something else, is in use, cannot be used,
   *     or is damaged
   */
  public static DirectoryStorage open(Path path, InstantSource clock) {
    StoreDirectory directory = StoreDirectory.take(path, clock);
    try {
      return new DirectoryStorage(directory, directory.openStorage());
    } catch (RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  /**
   * Where nodes on this store may keep small files that are no part of the data.
   *
   * @return a directory, which need not exist
   */
  public Path scratch() {
    return directory.scratch();
  }

  @Override
  public long versionCeiling() {
    return storage.versionCeiling();
  }

  @Override
  public boolean isDurable() {
    return storage.isDurable();
  }

  @Override
  public StorageSnapshot snapshot() {
    return storage.snapshot();
  }

  @Override
  public StorageBatch newBatch() {
    return storage.newBatch();
  }

  @Override
  public void close(long versionCeiling) {
    try (directory) {
      storage.close(versionCeiling);
      directory.markClosed(versionCeiling);
    }
  }

  /** Closes the storage as it is, without writing: after a failure. */
  public void abandon() {
    try (directory) {
      storage.abandon();
    }
  }
}
