package io.dgen.internal.store.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Checks whether a store is undamaged, without changing anything: RocksDB itself deletes files
 * while it opens a directory that it then refuses. {@code docs/decisions/0027-files-of-a-store.md}
 * has the reasons.
 */
final class Inspection {

  private final Path directory;
  private final Path files;
  private final StoreMarker marker;
  private final OpeningReport report;

  Inspection(Path directory, Path files, StoreMarker marker, OpeningReport report) {
    this.directory = directory;
    this.files = files;
    this.marker = marker;
    this.report = report;
  }

  /** Checks by the names of the files that the required ones exist. */
  void lookAtNames() throws IOException {
    if (!Files.isDirectory(files, LinkOption.NOFOLLOW_LINKS)) {
      throw damaged(files.getFileName() + " is missing, or is not a directory", null);
    }
    if (!Files.isRegularFile(files.resolve("CURRENT"), LinkOption.NOFOLLOW_LINKS)) {
      throw damaged(files.getFileName() + "/CURRENT is missing", null);
    }
    if (marker.state() == StoreMarker.State.BACKUP) {
      compareWithBackup();
    }
  }

  /** Checks that a backup has exactly the files that it was made with. */
  private void compareWithBackup() throws IOException {
    Map<String, Long> found = new TreeMap<>();
    try (Stream<Path> entries = Files.list(files)) {
      for (Path each : (Iterable<Path>) entries::iterator) {
        found.put(each.getFileName().toString(), Files.size(each));
      }
    }
    Set<String> names = new HashSet<>(found.keySet());
    names.addAll(marker.files().keySet());
    for (String name : names) {
      Long expected = marker.files().get(name);
      Long size = found.get(name);
      if (expected == null) {
        throw damaged(
            "it is a backup, and "
                + name
                + " does not belong to it; copy a backup to an empty"
                + " directory",
            null);
      }
      if (!expected.equals(size)) {
        throw damaged(
            "it is a backup whose file "
                + name
                + (size == null ? " is missing" : " has " + size + " bytes instead of " + expected)
                + "; copy all of it",
            null);
      }
    }
  }

  /**
   * Reads the logs, and opens the database read-only. The native library must be loaded.
   *
   * @param acknowledged the last record of this incarnation's owners; null if there is none
   * @return the number of the last group, with which the store continues
   */
  GroupNumber lookInside(@Nullable SyncProgress acknowledged) throws IOException {
    if (marker.state() == StoreMarker.State.OPEN
        && marker.generation() > 0
        && acknowledged == null) {
      throw damaged(
          "it was not closed normally, and the record of what was acknowledged last ("
              + OwnerFile.PREFIX
              + marker.generation()
              + ") is missing or damaged",
          null);
    }
    report.now("checking the logs, of " + megabytesOfLogs() + " MB");
    long inLogs = LogScan.newestGroup(files);
    report.now("checking the files, and the logs again");
    GroupNumber numbers = read();
    if (!numbers.isContiguous()) {
      throw damaged(
          "commits in the middle are missing: of "
              + numbers.last()
              + " groups there are "
              + numbers.count(),
          null);
    }
    if (numbers.last() < inLogs) {
      throw damaged(
          "the groups of commits "
              + (numbers.last() + 1)
              + " to "
              + (inLogs - 1)
              + " are damaged in the log, but group "
              + inLogs
              + " after them is intact, so they were acknowledged",
          null);
    }
    if (acknowledged != null && numbers.last() < acknowledged.group()) {
      throw damaged(
          "the groups of commits "
              + (numbers.last() + 1)
              + " to "
              + acknowledged.group()
              + ", which were acknowledged, are missing: the end of the log is cut off, damaged,"
              + " empty or deleted",
          null);
    }
    long reached = numbers.ceiling();
    boolean exact = marker.state() != StoreMarker.State.OPEN;
    if (reached < marker.version() || (exact && reached != marker.version())) {
      throw damaged(
          "its files end at version "
              + reached
              + " instead of "
              + marker.version()
              + ", so commits are missing, or files belong to another store",
          null);
    }
    return numbers;
  }

  private long megabytesOfLogs() throws IOException {
    long bytes = 0;
    for (Path log : LogScan.logs(files)) {
      bytes += Files.size(log);
    }
    return bytes >> 20;
  }

  private GroupNumber read() {
    try {
      return ReadOnly.read(files, GroupNumber::read);
    } catch (RocksDBException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private RuntimeException damaged(String what, @Nullable Throwable cause) {
    return RocksErrors.damaged(directory, what, cause);
  }
}
