package io.dgen.internal.store.rocks;

import io.dgen.internal.overlay.StorageSnapshot;
import io.dgen.internal.store.Storage;
import io.dgen.internal.store.StorageBatch;
import io.dgen.internal.store.Uninterrupted;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The storage of a directory, which it holds for this process until it is closed. */
public final class DirectoryStorage implements Storage {

  private static final long BACKUP_SECONDS = 60;

  private final StoreDirectory directory;
  private final RocksStorage storage;
  private final Heartbeat heartbeat;

  /** Held while a backup is copied, so that the database is not closed during that time. */
  private final ReentrantLock copying = new ReentrantLock();

  /** Guarded by {@code copying}. */
  private boolean closed;

  private DirectoryStorage(StoreDirectory directory, RocksStorage storage) {
    this.directory = directory;
    this.storage = storage;
    this.heartbeat = Heartbeat.start("dgen-store-heartbeat", Heartbeat.OF_OWNER, directory::beat);
  }

  /**
   * Opens the storage of a directory; creates one if the directory is empty or does not exist. To
   * be called on a thread that is not interrupted.
   *
   * @param path the directory
   * @param nativeDirectory where the native library is kept; null for a place in the directory
   * @param clock tells a second opener since when the first one has had it
   * @return the storage
   * @throws io.dgen.error.DgenException if the directory holds something else, is in use, cannot be
   *     used, or is damaged; nothing in it was then changed
   */
  public static DirectoryStorage open(
      Path path, @Nullable Path nativeDirectory, InstantSource clock) {
    try (OpeningReport report = OpeningReport.begin(path)) {
      StoreDirectory directory = StoreDirectory.take(path, nativeDirectory, clock, report);
      try {
        report.now("opening the database");
        return new DirectoryStorage(directory, directory.openStorage());
      } catch (RuntimeException | Error e) {
        directory.release();
        throw e;
      }
    }
  }

  /**
   * Returns the directory in which nodes on this store may keep small files that are not part of
   * the data.
   *
   * @return a directory, which need not exist
   */
  public Path scratch() {
    return directory.scratch();
  }

  /**
   * Returns the incarnation of the store: a new one begins when a backup is opened.
   *
   * @return an id that no other store and no other incarnation has
   */
  public String incarnation() {
    return directory.incarnation();
  }

  /**
   * Copies everything that is durable to another directory, and verifies the copy. Commits continue
   * in the meantime.
   *
   * @param target the backup's directory; empty or nonexistent
   */
  public void backup(Path target) {
    copying.lock();
    try {
      checkOpen();
    } finally {
      copying.unlock();
    }
    long atLeast = storage.numbers().last();
    Uninterrupted.call(
        () -> {
          Backup.make(directory.path(), target, atLeast, this::copyTo);
          return true;
        });
  }

  private void copyTo(Path files) {
    copying.lock();
    try {
      checkOpen();
      storage.copyTo(files);
    } finally {
      copying.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreException(StoreError.STORE_CLOSED);
    }
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
    closeWith(
        () -> {
          storage.close(versionCeiling);
          directory.markClosed(versionCeiling);
        });
  }

  /** Closes the storage unchanged, without writing: after a failure. */
  public void abandon() {
    closeWith(storage::abandon);
  }

  private void closeWith(Runnable closing) {
    Uninterrupted.call(
        () -> {
          closeOnThisThread(closing);
          return true;
        });
  }

  private void closeOnThisThread(Runnable closing) {
    waitForBackup();
    try {
      closed = true;
      closing.run();
    } finally {
      copying.unlock();
      if (heartbeat.stop()) {
        directory.release();
      } else {
        StoreLog.log()
            .error(
                "the disk of {} hangs; the store is closed, but this process holds it until it"
                    + " ends",
                directory.path());
      }
    }
  }

  private void waitForBackup() {
    try {
      if (copying.tryLock(BACKUP_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      // No other code has this thread; treat it as if the time was over.
      Thread.currentThread().interrupt();
    }
    throw new StoreException(
        StoreError.IO_ERROR,
        "the store in "
            + directory.path()
            + " cannot be closed while a backup is being written; it accepts no more commits",
        null);
  }
}
