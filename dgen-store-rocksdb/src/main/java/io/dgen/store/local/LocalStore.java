package io.dgen.store.local;

import io.dgen.error.DgenException;
import io.dgen.internal.store.Database;
import io.dgen.internal.store.Environments;
import io.dgen.internal.store.Uninterrupted;
import io.dgen.internal.store.rocks.DirectoryStorage;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The embedded store: strictly serializable transactions on local disk, for one process. A commit
 * that was acknowledged survives the death of the process and of the machine. Thread-safe.
 *
 * <p>Transactions that commit at the same time share one write to the disk, so many writers commit
 * far more than one does. Futures are completed on platform threads of the store's own; what a
 * caller attaches to them may block, though each that does so keeps a thread. If a write to the
 * disk fails, that commit and every later one fail with {@link io.dgen.store.StoreError#IO_ERROR}.
 *
 * <p>While the disk does not answer, transactions keep their timeouts. One without a timeout waits
 * for its commit as long as the disk takes; its first read fails with {@link
 * io.dgen.store.StoreError#FUTURE_VERSION} after 5 seconds if it needs the disk. {@link #close}
 * gives up after 30 seconds for each of its two steps, a write that is under way and the storage
 * itself, and fails; the storage is closed when the disk answers, and its directory is in use until
 * then.
 *
 * <p>The store on disk uses native code (RocksDB): start the JVM with {@code
 * --enable-native-access=ALL-UNNAMED}, or JDK 24 and later print a warning.
 */
public final class LocalStore implements Store {

  private final Database database;
  private final DirectoryStorage directory;

  private LocalStore(Database database, DirectoryStorage directory) {
    this.database = database;
    this.directory = directory;
  }

  /**
   * Opens the store of a directory with the {@linkplain LocalStoreOptions#DEFAULT default options},
   * and makes one if the directory is empty or not there.
   *
   * @param directory where the store is; it holds nothing else
   * @return the store
   * @throws DgenException as {@link #open(Path, LocalStoreOptions)} says
   */
  public static LocalStore open(Path directory) {
    return open(directory, LocalStoreOptions.DEFAULT);
  }

  /**
   * Opens the store of a directory with options, and makes one if the directory is empty or not
   * there.
   *
   * @param directory where the store is; it holds nothing else
   * @param options such as {@code it -> it.nativeDirectory(path)}
   * @return the store
   * @throws DgenException as {@link #open(Path, LocalStoreOptions)} says
   */
  public static LocalStore open(
      Path directory, Consumer<? super LocalStoreOptions.Builder> options) {
    LocalStoreOptions.Builder builder = LocalStoreOptions.builder();
    options.accept(builder);
    return open(directory, builder.build());
  }

  /**
   * Opens the store of a directory, and makes one if the directory is empty or not there.
   *
   * <p>It is for one process, and is opened once at a time. A copy of the directory is a store of
   * its own; to copy one that is open, use {@link #backup}.
   *
   * <p>After a process that was killed, the store opens at once. Where the last owner cannot be
   * asked whether it lives, since it ran in another container, on another machine, or before a
   * reboot, the directory is watched for three seconds first.
   *
   * @param directory where the store is; it holds nothing else
   * @param options how it is opened
   * @return the store
   * @throws DgenException if the directory is in use, holds something else, is not a whole store,
   *     or cannot be used; the message says what to do. Nothing in it was changed then
   */
  public static LocalStore open(Path directory, LocalStoreOptions options) {
    return Uninterrupted.call(() -> openHere(directory, options));
  }

  private static LocalStore openHere(Path directory, LocalStoreOptions options) {
    InstantSource clock = InstantSource.system();
    DirectoryStorage storage =
        DirectoryStorage.open(directory, options.nativeDirectory().orElse(null), clock);
    // Versions follow the wall clock over restarts, so that they also count the time between.
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    try {
      return new LocalStore(new Database(storage, Environments.system(), now), storage);
    } catch (RuntimeException | Error e) {
      storage.abandon();
      throw e;
    }
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return database.createTransaction(options);
  }

  @Override
  public Optional<Path> scratchDirectory() {
    return Optional.of(directory.scratch());
  }

  /**
   * Copies the store to another directory, while it is open and commits go on. The copy has
   * everything that was acknowledged before the call, and whole transactions alone. It is read once
   * before this returns, so that a damaged store is found out now and not when it is needed.
   *
   * <p>Data files are shared with the store through hard links where both are on one file system:
   * to be safe from the disk, copy the backup to another one. {@code docs/backup.md} says how it is
   * restored.
   *
   * <p>The backup opens as a new {@link #incarnation} of the store.
   *
   * @param target the backup's directory; empty, or not there in a directory that is
   * @throws DgenException if the target is not empty; a {@link io.dgen.store.StoreException} with
   *     {@link io.dgen.store.StoreError#IO_ERROR} if it cannot be written or is not whole. What is
   *     left in the target then is refused when it is opened
   */
  public void backup(Path target) {
    directory.backup(target);
  }

  /**
   * Identifies this life of the store: a new one begins where a {@linkplain #backup backup} is
   * opened. What the store gave out after the backup was made, such as read versions and
   * versionstamps, may come again in the new incarnation with another meaning: whoever keeps them
   * outside of the store keeps the incarnation with them, and trusts none of another.
   *
   * @return the id, which no other store and no other incarnation has
   */
  public String incarnation() {
    return directory.incarnation();
  }

  @Override
  public void close() {
    database.close();
  }
}
