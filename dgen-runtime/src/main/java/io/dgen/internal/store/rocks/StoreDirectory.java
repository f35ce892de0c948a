package io.dgen.internal.store.rocks;

import io.dgen.DgenException;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A directory that holds a store: the lock, a marker file that says what it is, and RocksDB's files
 * in a directory of their own.
 */
final class StoreDirectory implements AutoCloseable {

  private static final String LOCK = "dgen-store.lock";
  private static final String MARKER = "dgen-store.properties";
  private static final String FILES = "rocksdb";

  /** What nodes on this machine note for their next start. It may be missing, and is no data. */
  private static final String SCRATCH = "scratch";

  private static final Set<String> OURS = Set.of(LOCK, MARKER, MARKER + ".new", FILES, SCRATCH);

  private final Path directory;
  private final DirectoryLock lock;
  private final StoreMarker marker;

  private StoreDirectory(Path directory, DirectoryLock lock, StoreMarker marker) {
    this.directory = directory;
    this.lock = lock;
    this.marker = marker;
  }

  /**
   * Takes a directory for this process; makes it if it is not there.
   *
   * @throws DgenException if it holds something else, is in use, or cannot be used
   */
  static StoreDirectory take(Path directory, InstantSource clock) {
    prepare(directory);
    DirectoryLock lock = DirectoryLock.acquire(directory, directory.resolve(LOCK), clock.instant());
    try {
      StoreMarker marker = StoreMarker.read(directory.resolve(MARKER));
      return new StoreDirectory(directory, lock, marker);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Opens the storage inside, and refuses one that has lost what was there. */
  RocksStorage openStorage() {
    boolean isNew = !marker.exists();
    Path files = directory.resolve(FILES);
    if (!isNew && !Files.exists(files.resolve("CURRENT"))) {
      throw damaged(files + " or its file CURRENT is missing");
    }
    if (!isNew && !marker.isClosed() && !hasLog(files)) {
      throw damaged(files + " has no log, and the store was not closed in order");
    }
    RocksStorage storage = RocksStorage.open(files, isNew);
    try {
      if (!storage.isContiguous()) {
        throw damaged("commits in the middle are missing");
      }
      long stored = storage.versionCeiling();
      if (!isNew
          && (stored < marker.version() || (marker.isClosed() && stored != marker.version()))) {
        throw damaged(
            "its files end at version "
                + stored
                + " and not at "
                + marker.version()
                + ", so commits are missing");
      }
      marker.write(stored, false);
      return storage;
    } catch (RuntimeException e) {
      storage.abandon();
      throw e;
    }
  }

  /** Where nodes may keep small files that are no part of the data; it need not exist. */
  Path scratch() {
    return directory.resolve(SCRATCH);
  }

  /** Notes that the storage was closed in order, at a version. */
  void markClosed(long version) {
    marker.write(version, true);
  }

  @Override
  public void close() {
    lock.close();
  }

  private StoreException damaged(String what) {
    return new StoreException(
        StoreError.IO_ERROR,
        "the store in "
            + directory
            + " is damaged: "
            + what
            + "; restore the whole directory from a backup",
        null);
  }

  /** Whether there is a log: RocksDB opens a database without one as if nothing had been in it. */
  private static boolean hasLog(Path files) {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(files, "*.log")) {
      return logs.iterator().hasNext();
    } catch (IOException e) {
      throw new DgenException(files + " cannot be read: " + e + "; see to the rights there", e);
    }
  }

  private static void prepare(Path directory) {
    try {
      Files.createDirectories(directory);
      try (Stream<Path> entries = Files.list(directory)) {
        List<String> names = entries.map(entry -> entry.getFileName().toString()).toList();
        if (!names.contains(MARKER) && !OURS.containsAll(names)) {
          throw new DgenException(
              "the directory "
                  + directory
                  + " holds something that is not a dgen store ("
                  + names.stream().filter(name -> !OURS.contains(name)).findFirst().orElse("")
                  + "); give the store a directory of its own");
        }
      }
    } catch (IOException e) {
      throw new DgenException(
          "the store directory "
              + directory
              + " cannot be used: "
              + e
              + "; give a directory that this process may write in",
          e);
    }
  }
}
