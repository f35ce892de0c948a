package io.dgen.internal.store.rocks;

import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory that holds a store: a marker file that identifies it, the lock and the file of its
 * owner, the native library, and RocksDB's files in a directory of their own.
 *
 * <p>It is first inspected, without changing anything, then taken, then changed. {@code
 * docs/decisions/0027-files-of-a-store.md} has the interleavings.
 */
final class StoreDirectory {

  private static final String LOCK = "dgen-store.lock";
  private static final String FILES = "rocksdb";
  private static final String NATIVE = "native";

  /**
   * The notes of nodes on this machine for their next start. It may be missing, and is not data.
   */
  private static final String SCRATCH = "scratch";

  /**
   * Exists from the first moment of a new store until its marker does: nothing is in the store yet.
   */
  private static final String CREATING = "dgen-store.creating";

  /** Exists until a backup is complete. */
  static final String UNFINISHED_BACKUP = "dgen-store.unfinished-backup";

  /** How often, and how long, an owner that cannot be checked is watched: six of its heartbeats. */
  private static final int LOOKS = 60;

  private static final long LOOK_MILLIS = 50;

  private final Path directory;
  private final Path files;
  private final DirectoryOwnership ownership;
  private final DirectoryLock lock;
  private final String incarnation;
  private final boolean isNew;

  private StoreDirectory(
      Path directory,
      DirectoryOwnership ownership,
      DirectoryLock lock,
      String incarnation,
      boolean isNew) {
    this.directory = directory;
    this.files = directory.resolve(FILES);
    this.ownership = ownership;
    this.lock = lock;
    this.incarnation = incarnation;
    this.isNew = isNew;
  }

  /**
   * Takes a directory for this process; creates it if it does not exist. Afterwards the native
   * library is loaded.
   *
   * @param nativeDirectory where the native library is kept; null for a place in the directory
   * @param report is told of what takes time
   * @throws DgenException if it holds something else, is in use, is damaged, or cannot be used
   */
  static StoreDirectory take(
      Path directory, @Nullable Path nativeDirectory, InstantSource clock, OpeningReport report) {
    try {
      OwnFiles.createDirectories(directory);
      return new Taking(directory, nativeDirectory, clock, report).take();
    } catch (IOException | UncheckedIOException e) {
      throw new DgenException(
          "the store directory "
              + directory
              + " cannot be used: "
              + e
              + "; give a directory that this process may write to, on a file system that has locks"
              + " and space",
          e,
          Effect.NONE);
    }
  }

  /** Opens the storage inside. */
  RocksStorage openStorage() {
    RocksStorage storage = RocksStorage.open(files, isNew, ownership);
    if (!isNew) {
      return storage;
    }
    try {
      // From here on it is a store, and no longer one that is being created.
      marker(StoreMarker.State.OPEN, 0).write(directory);
      Files.delete(directory.resolve(CREATING));
      return storage;
    } catch (IOException e) {
      storage.abandon();
      throw cannotWrite(e);
    } catch (RuntimeException | Error e) {
      storage.abandon();
      throw e;
    }
  }

  DirectoryOwnership ownership() {
    return ownership;
  }

  /** Does the owner's periodic work. */
  void beat() {
    ownership.beat();
    try {
      lock.renew();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  String incarnation() {
    return incarnation;
  }

  Path path() {
    return directory;
  }

  /**
   * Returns the directory in which nodes may keep small files that are not part of the data; it
   * need not exist.
   */
  Path scratch() {
    return directory.resolve(SCRATCH);
  }

  /** Records that the storage was closed normally, at a version. */
  void markClosed(long version) {
    try {
      marker(StoreMarker.State.CLOSED, version).write(directory);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private StoreMarker marker(StoreMarker.State state, long version) {
    return new StoreMarker(state, version, ownership.generation(), incarnation, new TreeMap<>());
  }

  private StoreException cannotWrite(IOException cause) {
    return new StoreException(
        StoreError.IO_ERROR,
        "writing in "
            + directory
            + " failed: "
            + cause
            + "; check the disk and the permissions there",
        cause);
  }

  /** Releases the directory. No heartbeat may be in progress. */
  void release() {
    ownership.release();
    try {
      lock.close();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Takes a directory, step by step. */
  private static final class Taking {

    private final Path directory;
    private final Path files;
    private final Path nativeDirectory;
    private final InstantSource clock;
    private final OpeningReport report;
    private boolean isNew;
    private boolean loadedTemporarily;
    private @Nullable StoreMarker marker;

    Taking(
        Path directory, @Nullable Path nativeDirectory, InstantSource clock, OpeningReport report) {
      this.directory = directory;
      this.files = directory.resolve(FILES);
      this.nativeDirectory = nativeDirectory == null ? directory.resolve(NATIVE) : nativeDirectory;
      this.clock = clock;
      this.report = report;
    }

    StoreDirectory take() throws IOException {
      Path lockFile = directory.resolve(LOCK);
      List<OwnerFile> before = OwnerFile.in(directory);
      refuseIfInUse(before);
      DirectoryLock lock = OwnFiles.exists(lockFile) ? acquire(lockFile, before) : null;
      DirectoryOwnership ownership = null;
      boolean taken = false;
      try {
        if (lock != null
            && OwnerFile.highest(OwnerFile.in(directory)) != OwnerFile.highest(before)) {
          throw held("another process", null);
        }
        GroupNumber numbers = inspect(before);
        if (isNew) {
          beginNew();
        }
        if (lock == null) {
          lock = acquire(lockFile, before);
        }
        String incarnation =
            marker == null || marker.state() == StoreMarker.State.BACKUP
                ? StoreMarker.newIncarnation()
                : marker.incarnation();
        ownership = claim(OwnerFile.highest(before) + 1, incarnation, numbers);
        StoreDirectory directoryTaken =
            new StoreDirectory(directory, ownership, lock, incarnation, isNew);
        prepare(directoryTaken, numbers);
        taken = true;
        return directoryTaken;
      } finally {
        if (!taken) {
          if (ownership != null) {
            ownership.release();
          }
          if (lock != null) {
            lock.close();
          }
        }
      }
    }

    private DirectoryOwnership claim(long generation, String incarnation, GroupNumber numbers)
        throws IOException {
      DirectoryOwnership ownership;
      try {
        ownership =
            DirectoryOwnership.claim(
                directory,
                generation,
                OwnerRecord.ofThisProcess(directory, incarnation, clock.instant()),
                numbers.last(),
                numbers.ceiling());
      } catch (FileAlreadyExistsException e) {
        throw held("another process", null);
      }
      // A higher one exists if this process was late: the file that it found free was deleted in
      // between.
      if (OwnerFile.highest(OwnerFile.in(directory)) != generation) {
        ownership.release();
        throw held("another process", null);
      }
      return ownership;
    }

    /** Makes the first changes: from here on the directory is this process's. */
    private void prepare(StoreDirectory taken, GroupNumber numbers) throws IOException {
      if (isNew) {
        clearFiles();
      } else {
        taken.marker(StoreMarker.State.OPEN, numbers.ceiling()).write(directory);
        Files.deleteIfExists(directory.resolve(CREATING));
      }
      for (OwnerFile old : OwnerFile.in(directory)) {
        if (old.generation() < taken.ownership.generation()) {
          Files.deleteIfExists(old.path());
        }
      }
      OwnFiles.createDirectories(files);
      OwnFiles.makePrivate(files);
      if (loadedTemporarily) {
        NativeLibrary.keep(nativeDirectory);
      }
      NativeLibrary.load(nativeDirectory);
    }

    /** Begins a new store with a file that marks it, so that a crash leaves it recognisable. */
    private void beginNew() throws IOException {
      Path creating = directory.resolve(CREATING);
      if (!OwnFiles.exists(creating)) {
        OwnFiles.open(creating, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
        OwnFiles.syncDirectory(directory);
      }
    }

    /** Deletes what a crash left of a store that was being created. */
    private void clearFiles() throws IOException {
      if (OwnFiles.exists(files)) {
        try (Stream<Path> entries = Files.list(files)) {
          for (Path each : (Iterable<Path>) entries::iterator) {
            Files.delete(each);
          }
        }
      }
    }

    /** Checks whether this is empty, or an undamaged store. */
    private GroupNumber inspect(List<OwnerFile> owners) throws IOException {
      Set<String> names = names(directory);
      if (names.contains(UNFINISHED_BACKUP)) {
        throw new DgenException(
            directory + " is an unfinished backup; make another one, and delete this one",
            null,
            Effect.NONE);
      }
      if (!names.contains(StoreMarker.NAME)) {
        isNew = true;
        refuseUnlessNew(names);
        return new GroupNumber(0, 0, 0);
      }
      StoreMarker found = StoreMarker.read(directory);
      marker = found;
      if (found.state() == StoreMarker.State.BACKUP && names.contains(SCRATCH)) {
        throw RocksErrors.damaged(
            directory,
            "it is a backup, and "
                + SCRATCH
                + " does not belong to it; copy a backup to an empty"
                + " directory",
            null);
      }
      Inspection inspection = new Inspection(directory, files, found, report);
      inspection.lookAtNames();
      loadNative();
      return inspection.lookInside(acknowledged(found, owners));
    }

    /** Returns the last progress that the owners of this incarnation recorded. */
    private static @Nullable SyncProgress acknowledged(StoreMarker marker, List<OwnerFile> owners) {
      SyncProgress newest = null;
      for (OwnerFile owner : owners) {
        SyncProgress progress = owner.progress();
        OwnerRecord record = owner.record();
        if (progress != null
            && record != null
            && owner.generation() >= marker.generation()
            && record.incarnation().equals(marker.incarnation())
            && (newest == null || progress.group() > newest.group())) {
          newest = progress;
        }
      }
      return newest;
    }

    private void refuseUnlessNew(Set<String> names) throws IOException {
      if (names.isEmpty()) {
        return;
      }
      Set<String> foreign =
          names.stream()
              .filter(name -> !isOurs(name))
              .collect(Collectors.toCollection(HashSet::new));
      if (!foreign.isEmpty()) {
        throw new DgenException(
            "the directory "
                + directory
                + " contains something that is not a dgen store ("
                + foreign.iterator().next()
                + "); give the store a directory of its own",
            null,
            Effect.NONE);
      }
      if (!names.contains(CREATING) || holdsData()) {
        throw new DgenException(
            "the directory "
                + directory
                + " is neither empty nor a complete store: "
                + names.stream().sorted().collect(Collectors.joining(", "))
                + " without "
                + StoreMarker.NAME
                + "; nothing in it was changed. If it is an incomplete copy of a backup, copy all"
                + " of it; if it was to be a new store, empty it",
            null,
            Effect.NONE);
      }
    }

    /**
     * Returns whether RocksDB's files may hold acknowledged data: those of a new store are empty.
     */
    private boolean holdsData() throws IOException {
      if (!OwnFiles.exists(files)) {
        return false;
      }
      try (Stream<Path> entries = Files.list(files)) {
        for (Path each : (Iterable<Path>) entries::iterator) {
          String name = each.getFileName().toString();
          boolean isEmptyLog = name.matches("\\d+\\.log") && Files.size(each) == 0;
          if (!isEmptyLog
              && !name.matches(
                  "CURRENT|IDENTITY|LOCK|LOG(\\..*)?|(MANIFEST|OPTIONS)-\\d+|\\d+\\.dbtmp|OPTIONS-\\d+\\.dbtmp")) {
            return true;
          }
        }
      }
      return false;
    }

    private static boolean isOurs(String name) {
      return Set.of(LOCK, FILES, NATIVE, SCRATCH, CREATING, StoreMarker.NEXT_NAME).contains(name)
          || OwnerFile.isName(name);
    }

    /**
     * Loads the native library for reading only: if the directory has no library yet, none is put
     * there.
     */
    private void loadNative() {
      if (!NativeLibrary.isLoaded() && !OwnFiles.exists(nativeDirectory)) {
        loadedTemporarily = NativeLibrary.loadTemporarily();
      }
      NativeLibrary.load(nativeDirectory);
    }

    private DirectoryLock acquire(Path lockFile, List<OwnerFile> owners) throws IOException {
      try {
        return DirectoryLock.acquire(lockFile);
      } catch (DirectoryLock.HeldException e) {
        throw held(
            e.isByThisProcess() ? "this process" : "another process",
            owners.isEmpty() ? null : owners.getFirst().record());
      }
    }

    /**
     * Refuses if the owner is alive, which its heartbeat shows. One without a heartbeat is watched
     * for some seconds, since it may be ending, or may run where it cannot be checked.
     */
    private void refuseIfInUse(List<OwnerFile> owners) throws IOException {
      if (owners.isEmpty()) {
        return;
      }
      OwnerFile owner = owners.getFirst();
      SyncProgress progress = owner.progress();
      if (progress != null && progress.released()) {
        return;
      }
      OwnerRecord record = owner.record();
      OwnerRecord self = OwnerRecord.ofThisProcess(directory, "0".repeat(32), clock.instant());
      if (record != null && !record.isOfSameDirectory(self)) {
        return;
      }
      report.now("watching whether its last owner is alive");
      for (int look = 0; look < LOOKS; look++) {
        if (life(record, self) == ProcessIdentity.Life.DEAD || hasReleased(owner)) {
          return;
        }
        pause();
      }
      // A running process holds the directory even if it is stopped, or if its disk hangs.
      if (life(record, self) == ProcessIdentity.Life.ALIVE) {
        throw held("another process", record);
      }
    }

    private static ProcessIdentity.Life life(@Nullable OwnerRecord record, OwnerRecord self) {
      return record == null
          ? ProcessIdentity.Life.UNKNOWN
          : record.process().seenFrom(self.process());
    }

    /**
     * Returns whether an owner has released the directory since; refuses if it has shown that it is
     * alive.
     */
    private boolean hasReleased(OwnerFile owner) throws IOException {
      OwnerFile now = owner.again();
      if (now == null) {
        // Another process has taken it over and deleted this one's file.
        throw held("another process", null);
      }
      SyncProgress progress = now.progress();
      if (progress != null && progress.released()) {
        return true;
      }
      SyncProgress before = owner.progress();
      if (progress != null && (before == null || progress.beat() != before.beat())) {
        OwnerRecord record = now.record();
        boolean isThis = record != null && record.process().equals(ProcessIdentity.current());
        throw held(isThis ? "this process" : "another process", record);
      }
      return false;
    }

    private void pause() {
      try {
        boolean unused = new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DgenException(
            "opening the store directory "
                + directory
                + " was interrupted while watching for another owner; nothing was changed",
            e,
            Effect.NONE);
      }
    }

    private DgenException held(String who, @Nullable OwnerRecord record) {
      return new DgenException(
          "the store directory "
              + directory
              + " is in use by "
              + who
              + ", "
              + (record == null ? "which has not identified itself" : record.described())
              + "; a local store is for one process and is opened once: close it there, or give"
              + " this process another directory",
          null,
          Effect.NONE);
    }

    private static Set<String> names(Path directory) throws IOException {
      try (Stream<Path> entries = Files.list(directory)) {
        return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
      }
    }
  }

  /** Returns whether a path is a directory without any content. */
  static boolean isEmptyDirectory(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }
}
