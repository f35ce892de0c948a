package io.dgen.internal.store.rocks;

import io.dgen.internal.store.Storage;
import io.dgen.internal.store.StorageBatch;
import io.dgen.internal.store.StorageSnapshot;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.nio.file.Path;
import org.rocksdb.Checkpoint;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Keeps everything in one RocksDB database. */
final class RocksStorage implements Storage {

  private final Families families;
  private final RocksErrors errors;
  private final WriteOptions durably = new WriteOptions().setSync(true);
  private final DirectoryOwnership ownership;

  /** Written by the thread that writes groups. */
  private volatile GroupNumber numbers = new GroupNumber(0, 0, 0);

  /**
   * Whether a write failed. Used by the thread that writes, and by the one that closes after it.
   */
  private boolean isFailed;

  private RocksStorage(Families families, RocksErrors errors, DirectoryOwnership ownership) {
    this.families = families;
    this.errors = errors;
    this.ownership = ownership;
  }

  /**
   * Opens a database that an inspection has found whole, or makes one.
   *
   * @param files where its files are
   * @param createIfMissing whether to make one if there is none
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

  /** What the last group was. */
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
   * Writes a batch with the ceiling, and returns when it is on the disk and may be acknowledged.
   *
   * @throws StoreException if it is not, or if the directory is no more this process's
   */
  void write(WriteBatch batch, long versionCeiling) {
    checkOwned();
    GroupNumber next = new GroupNumber(versionCeiling, numbers.last() + 1, numbers.count() + 1);
    try {
      GroupNumber.put(batch, families, next.ceiling(), next.last());
      // Until it has returned it may be in the log or not, so no number is right for another one.
      isFailed = true;
      families.database().write(durably, batch);
      isFailed = false;
    } catch (RocksDBException e) {
      throw errors.failed("writing", e);
    }
    numbers = next;
    ownership.wrote(next.last(), next.ceiling());
  }

  /** Stops what RocksDB does by itself if the directory is lost: its files may be another's. */
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
              + " was closed as it was when writing failed; what was acknowledged is in it",
          null);
    }
    try (durably;
        families;
        WriteBatch last = new WriteBatch();
        FlushOptions andWait = new FlushOptions().setWaitForFlush(true)) {
      write(last, versionCeiling);
      // Data files are checked by checksums and sizes when they are read again, which the tail of a
      // log cannot be; and the next start has no log to replay.
      families.database().flush(andWait, families.all());
    } catch (RocksDBException e) {
      throw errors.failed("closing", e);
    }
  }

  /** Closes the database as it is, without writing. */
  void abandon() {
    families.close();
    durably.close();
  }
}
