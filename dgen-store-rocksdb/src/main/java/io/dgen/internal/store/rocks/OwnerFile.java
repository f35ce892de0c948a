package io.dgen.internal.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file of one owner, as another process reads it. Each owner creates one whose number is one
 * more than the last, with an operation in which only one process can succeed; the highest number
 * is the owner.
 *
 * @param path the file
 * @param generation its number, from 1
 * @param record who the owner is; null if that is not, or not yet, completely written
 * @param progress its last record of progress; null if there is no complete one
 */
record OwnerFile(
    Path path, long generation, @Nullable OwnerRecord record, @Nullable SyncProgress progress) {

  static final String PREFIX = "dgen-store.owner.";

  /** The two slots for {@link SyncProgress} are in sectors of their own, written alternately. */
  static final int SLOT_BYTES = 512;

  static final int RECORD_AT = 2 * SLOT_BYTES;
  private static final int FILE_BYTES = 4_096;
  private static final Pattern NAME = Pattern.compile("dgen-store\\.owner\\.([1-9]\\d{0,17})");

  static Path path(Path directory, long generation) {
    return directory.resolve(PREFIX + generation);
  }

  /** Returns whether a file of this name is an owner's. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Returns all owner files, the highest number first. */
  static List<OwnerFile> in(Path directory) throws IOException {
    List<OwnerFile> files = new ArrayList<>();
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path path : (Iterable<Path>) entries::iterator) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        OwnerFile file = name.matches() ? read(path, Long.parseLong(name.group(1))) : null;
        if (file != null) {
          files.add(file);
        }
      }
    }
    files.sort(Comparator.comparingLong(OwnerFile::generation).reversed());
    return files;
  }

  /** Returns the number of the owner; 0 if there never was one. */
  static long highest(List<OwnerFile> files) {
    return files.isEmpty() ? 0 : files.getFirst().generation;
  }

  /** Reads the file again; returns null if it is gone. */
  @Nullable OwnerFile again() throws IOException {
    return read(path, generation);
  }

  private static @Nullable OwnerFile read(Path path, long generation) throws IOException {
    byte[] bytes;
    try {
      bytes = OwnFiles.read(path, FILE_BYTES);
    } catch (NoSuchFileException e) {
      return null;
    }
    SyncProgress first = SyncProgress.decoded(bytes, 0);
    SyncProgress second = SyncProgress.decoded(bytes, SLOT_BYTES);
    SyncProgress newer =
        first == null || (second != null && second.beat() > first.beat()) ? second : first;
    OwnerRecord record =
        bytes.length <= RECORD_AT
            ? null
            : OwnerRecord.decoded(Arrays.copyOfRange(bytes, RECORD_AT, bytes.length));
    return new OwnerFile(path, generation, record, newer);
  }

  /**
   * Creates the file of a new owner, durably.
   *
   * @return its channel
   * @throws java.nio.file.FileAlreadyExistsException if another process was faster
   */
  static FileChannel create(Path path, OwnerRecord record, SyncProgress progress)
      throws IOException {
    FileChannel channel =
        OwnFiles.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      ByteBuffer whole = ByteBuffer.allocate(FILE_BYTES);
      whole.put(0, progress.encoded().array());
      whole.put(SLOT_BYTES, progress.encoded().array());
      whole.put(RECORD_AT, record.encoded());
      while (whole.hasRemaining()) {
        channel.write(whole, whole.position());
      }
      channel.force(true);
      return channel;
    } catch (IOException | RuntimeException e) {
      try {
        channel.close();
        Files.deleteIfExists(path);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** Writes an owner's progress, not yet durably, next to the previous record. */
  static void write(FileChannel channel, SyncProgress progress) throws IOException {
    channel.write(progress.encoded(), (progress.beat() % 2) * SLOT_BYTES);
  }
}
