package io.dgen.internal.store.rocks;

import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Copies an open store to another directory. Until the copy is complete and verified, a file in it
 * marks it as unfinished, from the first moment on.
 */
final class Backup {

  private static final String FILES = "rocksdb";

  private final Path target;
  private final Path files;

  private Backup(Path target) {
    this.target = target;
    this.files = target.resolve(FILES);
  }

  /** Creates RocksDB's files in a directory that does not exist yet. */
  @FunctionalInterface
  interface Copy {
    void to(Path directory);
  }

  /**
   * Creates a backup.
   *
   * @param store the store's directory
   * @param target the backup's directory; empty or nonexistent
   * @param atLeast the group that is already durable
   * @param copy makes the copy
   */
  static void make(Path store, Path target, long atLeast, Copy copy) {
    try {
      refuseUnlessFree(store, target);
      Backup backup = new Backup(target);
      backup.begin();
      copy.to(backup.files);
      GroupNumber numbers = backup.verify(atLeast);
      backup.finish(numbers);
    } catch (IOException e) {
      throw new StoreException(
          StoreError.IO_ERROR,
          "writing the backup " + target + " failed: " + e + "; it is incomplete: delete it",
          e);
    }
  }

  private static void refuseUnlessFree(Path store, Path target) throws IOException {
    if (OwnFiles.exists(target) && !StoreDirectory.isEmptyDirectory(target)) {
      throw new DgenException(
          "the backup cannot be made in "
              + target
              + ", which is not an empty directory; give each backup a directory of its own",
          null,
          Effect.NONE);
    }
    Path parent = target.toAbsolutePath().normalize().getParent();
    Path place = OwnFiles.exists(target) ? target : parent;
    if (place == null || !Files.isDirectory(place)) {
      throw new DgenException(
          "the backup cannot be made in " + target + ", since " + parent + " is not a directory",
          null,
          Effect.NONE);
    }
    if (place.toRealPath().startsWith(store.toRealPath())) {
      throw new DgenException(
          "the backup cannot be made in "
              + target
              + ", which is within the store's own directory; give it one elsewhere",
          null,
          Effect.NONE);
    }
  }

  /**
   * Creates the target. A directory that could be mistaken for an empty store never has the
   * target's name.
   */
  private void begin() throws IOException {
    if (OwnFiles.exists(target)) {
      OwnFiles.makePrivate(target);
      mark(target);
      return;
    }
    Path absolute = target.toAbsolutePath();
    Path made =
        absolute.resolveSibling(
            absolute.getFileName() + "." + StoreMarker.newIncarnation().substring(0, 8));
    OwnFiles.createDirectories(made);
    mark(made);
    Files.move(made, absolute, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void mark(Path directory) throws IOException {
    OwnFiles.open(
            directory.resolve(StoreDirectory.UNFINISHED_BACKUP),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE)
        .close();
    OwnFiles.syncDirectory(directory);
  }

  /** Opens the copy read-only, and reads all of it. */
  private GroupNumber verify(long atLeast) {
    GroupNumber numbers;
    try {
      numbers =
          ReadOnly.read(
              files,
              families -> {
                families.database().verifyChecksum();
                return GroupNumber.read(families);
              });
    } catch (RocksDBException e) {
      throw notWhole(String.valueOf(e.getMessage()), e);
    }
    if (!numbers.isContiguous() || numbers.last() < atLeast) {
      throw notWhole("commits are missing", null);
    }
    return numbers;
  }

  private StoreException notWhole(String why, @Nullable Throwable cause) {
    return new StoreException(
        StoreError.IO_ERROR,
        "the backup in "
            + target
            + " is incomplete: "
            + why
            + "; the store may be damaged: keep it and older backups, and check the disk",
        cause);
  }

  private void finish(GroupNumber numbers) throws IOException {
    OwnFiles.makePrivate(files);
    SequencedMap<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> entries = Files.list(files)) {
      for (Path each : (Iterable<Path>) entries::iterator) {
        try (FileChannel channel = FileChannel.open(each, StandardOpenOption.WRITE)) {
          channel.force(true);
          sizes.put(each.getFileName().toString(), channel.size());
        }
      }
    }
    OwnFiles.syncDirectory(files);
    new StoreMarker(
            StoreMarker.State.BACKUP, numbers.ceiling(), 0, StoreMarker.newIncarnation(), sizes)
        .write(target);
    Files.delete(target.resolve(StoreDirectory.UNFINISHED_BACKUP));
    OwnFiles.syncDirectory(target);
    Path parent = target.toAbsolutePath().getParent();
    if (parent != null) {
      OwnFiles.syncDirectory(parent);
    }
  }
}
