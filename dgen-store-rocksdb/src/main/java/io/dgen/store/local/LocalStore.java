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
 * The embedded store: strictly serializable transactions on local disk, for one process. An
 * acknowledged commit survives a crash of the process and of the machine. Thread-safe.
 *
 * <p>Transactions that commit at the same time share one write to the disk, so many writers commit
 * far more than one does. Futures are completed on platform threads of the store; callers'
 * continuations may block, though each blocked one occupies a thread. If a write to the disk fails,
 * that commit and every later one fail with {@link io.dgen.store.StoreError#IO_ERROR}.
 *
 * <p>While the disk does not respond, transactions keep their timeouts. A transaction without a
 * timeout waits for its commit as long as the disk takes; its first read fails with {@link
 * io.dgen.store.StoreError#FUTURE_VERSION} after 5 seconds if it needs the disk. {@link #close}
 * gives up after 30 seconds for each of its two steps, a write in progress and the storage itself,
 * and fails; the storage is closed when the disk responds, and its directory is in use until then.
 *
 * <p>The store on disk uses native code (RocksDB): start the JVM with {@code
 * --enable-native-access=ALL-UNNAMED}; otherwise JDK 24 and later print a warning.
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
   * and creates one if the directory is empty or does not exist.
   *
   * @param directory the store's directory; it holds nothing else
   * @return the store
   * @throws DgenException as {@link #open(Path, LocalStoreOptions)} does
   */
  public static LocalStore open(Path directory) {
    return open(directory, LocalStoreOptions.DEFAULT);
  }

  /**
   * Opens the store of a directory with options, and creates one if the directory is empty or does
   * not exist.
   *
   * @param directory the store's directory; it holds nothing else
   * @param options sets the options, such as {@code it -> it.nativeDirectory(path)}
   * @return the store
   * @throws DgenException as {@link #open(Path, LocalStoreOptions)} does
   */
  public static LocalStore open(
      Path directory, Consumer<? super LocalStoreOptions.Builder> options) {
    LocalStoreOptions.Builder builder = LocalStoreOptions.builder();
    options.accept(builder);
    return open(directory, builder.build());
  }

  /**
   * Opens the store of a directory, and creates one if the directory is empty or does not exist.
   *
   * <p>A store is for one process, and is opened once at a time. A copy of the directory is a store
   * of its own; to copy one that is open, use {@link #backup}.
   *
   * <p>After a process was killed, the store opens at once. If it cannot be determined whether the
   * last owner is alive, since it ran in another container, on another machine, or before a reboot,
   * the directory is watched for three seconds first.
   *
   * @param directory the store's directory; it holds nothing else
   * @param options how to open it
   * @return the store
   * @throws DgenException if the directory is in use, holds something else, is damaged, or cannot
   *     be used; the message says what to do. Nothing in it was then changed
   */
  public static LocalStore open(Path directory, LocalStoreOptions options) {
    return Uninterrupted.call(() -> openHere(directory, options));
  }

  private static LocalStore openHere(Path directory, LocalStoreOptions options) {
    InstantSource clock = InstantSource.system();
    DirectoryStorage storage =
        DirectoryStorage.open(directory, options.nativeDirectory().orElse(null), clock);
    // Versions follow the wall clock across restarts, so that they also count the time between.
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
   * Copies the store to another directory, while it is open and commits continue. The copy contains
   * everything that was acknowledged before the call, and only whole transactions. It is read once
   * before this returns, so that damage to the store is found now and not when the backup is
   * needed.
   *
   * <p>Data files are shared with the store through hard links if both are on one file system: to
   * be safe from a failing disk, copy the backup to another one. {@code docs/backup.md} says how to
   * restore it.
   *
   * <p>The backup opens as a new {@link #incarnation} of the store.
   *
   * @param target the backup's directory; empty, or nonexistent in an existing directory
   * @throws DgenException if the target is not empty; a {@link io.dgen.store.StoreException} with
   *     {@link io.dgen.store.StoreError#IO_ERROR} if it cannot be written or is incomplete. Opening
   *     what is then left in the target is refused
   */
  public void backup(Path target) {
    directory.backup(target);
  }

  /**
   * Returns the id of this incarnation of the store: a new one begins when a {@linkplain #backup
   * backup} is opened. Values that the store gave out after the backup was made, such as read
   * versions and versionstamps, may occur again in the new incarnation with another meaning: store
   * the incarnation with any such value that is kept outside the store, and ignore values of
   * another one.
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
