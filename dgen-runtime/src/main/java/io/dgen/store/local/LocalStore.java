package io.dgen.store.local;

import io.dgen.DgenException;
import io.dgen.internal.store.Database;
import io.dgen.internal.store.Environments;
import io.dgen.internal.store.memory.MemoryStorage;
import io.dgen.internal.store.rocks.DirectoryStorage;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The embedded store: strictly serializable transactions on local disk, for one process. A commit
 * that was acknowledged survives the death of the process and of the machine. Thread-safe.
 *
 * <p>Transactions that commit at the same time share one write to the disk, so many writers commit
 * far more than one does. Futures are completed on virtual threads; what a caller attaches to them
 * may block. If a write to the disk fails, that commit and every later one fail with {@link
 * io.dgen.store.StoreError#IO_ERROR}.
 *
 * <p>The store on disk uses native code (RocksDB): start the JVM with {@code
 * --enable-native-access=ALL-UNNAMED}, or JDK 24 and later print a warning.
 */
public final class LocalStore implements Store {

  private final Database database;
  private final Optional<Path> scratch;

  private LocalStore(Database database, Optional<Path> scratch) {
    this.database = database;
    this.scratch = scratch;
  }

  /**
   * Opens the store of a directory, and makes one if the directory is empty or not there.
   *
   * <p>It is for one process, and is opened once at a time.
   *
   * @param directory where the store is; it holds nothing else
   * @return the store
   * @throws DgenException if the directory is in use, holds something else, cannot be used, or is
   *     damaged; the message says what to do
   */
  public static LocalStore open(Path directory) {
    InstantSource clock = InstantSource.system();
    DirectoryStorage storage = DirectoryStorage.open(directory, clock);
    // Versions follow the wall clock over restarts, so that they also count the time between.
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    try {
      return new LocalStore(
          new Database(storage, Environments.system(), now), Optional.of(storage.scratch()));
    } catch (RuntimeException | Error e) {
      storage.abandon();
      throw e;
    }
  }

  /**
   * Opens a store that lives in memory and is gone when it is closed: for tests. It needs no native
   * code, and behaves as the store on disk does, but commits on the caller's thread.
   *
   * @return an empty store
   */
  public static LocalStore inMemory() {
    return new LocalStore(
        new Database(new MemoryStorage(), Environments.system(), 0), Optional.empty());
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return database.createTransaction(options);
  }

  @Override
  public Optional<Path> scratchDirectory() {
    return scratch;
  }

  @Override
  public void close() {
    database.close();
  }
}
