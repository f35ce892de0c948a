package io.dgen.internal.store.rocks;

import io.dgen.internal.overlay.StorageSnapshot;
import io.dgen.internal.store.Storage;
import io.dgen.internal.store.StorageBatch;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.nio.file.Path;
import org.rocksdb.Checkpoint;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** A storage that keeps everything in one RocksDB database. */
final class RocksStorage implements Storage {

  private final Families families;
  private final RocksErrors errors;
  private final WriteOptions durably = new WriteOptions().setSync(true);
  private final DirectoryOwnership ownership;

  /** Written by the thread that writes groups. */
  private volatile GroupNumber numbers = new GroupNumber(0, 0, 0);

  /** Whether a write failed. Used by the writing thread, and by the one that closes after it. */
  private boolean isFailed;

  private RocksStorage(Families families, RocksErrors errors, DirectoryOwnership ownership) {
    this.families = families;
    this.errors = errors;
    this.ownership = ownership;
  }

  /**
   * Opens a database that an inspection has found undamaged, or creates one.
   *
   * @param files its directory
   * @param createIfMissing whether to create one if there is none
   * @param ownership of the directory
   * @return the storage
   */
  static RocksStorage open(Path files, boolean createIfMissing, DirectoryOwnership ownership) {
    RocksErrors errors = new RocksErrors(files);
    Families families;
    try {
      families = Families.open(files, createIfMissing);
    } catch (RocksDBException e) {
      throw errors.failed("opening the database", e);
    }
    RocksStorage storage = new RocksStorage(families, errors, ownership);
    try {
      storage.numbers = GroupNumber.read(families);
      return storage;
    } catch (RocksDBException e) {
      storage.abandon();
      throw errors.failed("reading", e);
    }
  }

  /** Returns the numbers of the last group. */
  GroupNumber numbers() {
    return numbers;
  }

  @Override
  public long versionCeiling() {
    return numbers.ceiling();
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public StorageSnapshot snapshot() {
    return new RocksSnapshot(families, errors, ownership);
  }

  @Override
  public StorageBatch newBatch() {
    return new RocksBatch(this, families, errors);
  }

  /**
   * Writes a batch with the ceiling, and returns when it is on disk and may be acknowledged.
   *
   * @throws StoreException if it is not, or if this process no longer owns the directory
   */
  void write(WriteBatch batch, long versionCeiling) {
    checkOwned();
    GroupNumber next = new GroupNumber(versionCeiling, numbers.last() + 1, numbers.count() + 1);
    try {
      GroupNumber.put(batch, families, next.ceiling(), next.last());
      // Until it has returned it may or may not be in the log, so no number is right for another
      // one.
      isFailed = true;
      families.database().write(durably, batch);
      isFailed = false;
    } catch (RocksDBException e) {
      throw errors.failed("writing", e);
    }
    numbers = next;
    ownership.wrote(next.last(), next.ceiling());
  }

  /**
   * Stops RocksDB's background work if the directory is lost: its files may be another process's.
   */
  private void checkOwned() {
    try {
      ownership.check();
    } catch (StoreException e) {
      families.database().cancelAllBackgroundWork(false);
      throw e;
    }
  }

  /** Makes a consistent copy of the files, in a directory that does not exist yet. */
  void copyTo(Path target) {
    ownership.check();
    try (Checkpoint checkpoint = Checkpoint.create(families.database())) {
      checkpoint.createCheckpoint(target.toString());
    } catch (RocksDBException e) {
      throw errors.failed("copying to " + target, e);
    }
  }

  @Override
  public void close(long versionCeiling) {
    if (isFailed || ownership.isLost()) {
      abandon();
      ownership.check();
      throw new StoreException(
          StoreError.IO_ERROR,
          "the store in "
              + errors.directory()
              + " was closed unchanged after a write had failed; everything that was acknowledged"
              + " is in it",
          null);
    }
    try (durably;
        families;
        WriteBatch last = new WriteBatch();
        FlushOptions andWait = new FlushOptions().setWaitForFlush(true)) {
      write(last, versionCeiling);
      // Data files are verified by checksums and sizes when they are read again, which is not
      // possible for the tail of a log; and the next start has no log to replay.
      families.database().flush(andWait, families.all());
    } catch (RocksDBException e) {
      throw errors.failed("closing", e);
    }
  }

  /** Closes the database unchanged, without writing. */
  void abandon() {
    families.close();
    durably.close();
  }
}
