package io.dgen.internal.store.rocks;

import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The small file that identifies a directory as a store, with its format, and the version that its
 * data must reach. It is replaced as a whole, so that it is never half written.
 *
 * @param state whether the store was closed normally
 * @param version the version that the data must reach; exactly, unless it is open
 * @param generation the number of the owner that wrote it; the data must reach what that owner's
 *     file says. 0 for a backup
 * @param incarnation the store's incarnation, in hexadecimal: it begins when the store is created
 *     and ends where a backup of it is opened
 * @param files for a backup, all of RocksDB's files and their lengths
 */
record StoreMarker(
    State state,
    long version,
    long generation,
    String incarnation,
    SequencedMap<String, Long> files) {

  /** The state of the store. */
  enum State {
    OPEN,
    CLOSED,
    BACKUP
  }

  static final String NAME = "dgen-store.properties";
  static final String NEXT_NAME = NAME + ".new";

  private static final int FORMAT = 3;
  private static final int LIMIT = 16 << 20;
  private static final Pattern FORMAT_LINE = Pattern.compile("(?s)format=(\\d{1,9})\n.*");
  private static final Pattern TEXT =
      Pattern.compile(
          """
          (format=3
          state=(open|closed|backup)
          version=(\\d{1,18})
          generation=(\\d{1,18})
          incarnation=([0-9a-f]{32})
          ((?:file=[^ \n]+ \\d{1,18}
          )*))check=([0-9a-f]{8})
          """);
  private static final Pattern FILE = Pattern.compile("file=([^ \n]+) (\\d+)\n");

  /** Returns an id for a new incarnation, which no other has ever had. */
  static String newIncarnation() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /**
   * Reads the marker of a directory.
   *
   * @throws DgenException if it is damaged, or of another format
   */
  static StoreMarker read(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    String text = new String(OwnFiles.read(file, LIMIT), StandardCharsets.ISO_8859_1);
    Matcher format = FORMAT_LINE.matcher(text);
    if (format.matches() && Integer.parseInt(format.group(1)) > FORMAT) {
      throw new DgenException(
          "the store of "
              + file
              + " has format "
              + format.group(1)
              + ", but this release knows format "
              + FORMAT
              + "; open it with a newer release of dgen",
          null,
          Effect.NONE);
    }
    if (format.matches() && Integer.parseInt(format.group(1)) < FORMAT) {
      throw new DgenException(
          "the store of "
              + file
              + " has format "
              + format.group(1)
              + ", of a development version of dgen before its first release, but this release"
              + " knows only format "
              + FORMAT
              + "; give it another directory, or open the store with the version that made"
              + " it",
          null,
          Effect.NONE);
    }
    Matcher whole = TEXT.matcher(text);
    if (!whole.matches() || !OwnerRecord.check(whole.group(1)).equals(whole.group(7))) {
      throw RocksErrors.damaged(directory, "its file " + NAME + " is damaged", null);
    }
    SequencedMap<String, Long> files = new TreeMap<>();
    Matcher lines = FILE.matcher(whole.group(6));
    while (lines.find()) {
      files.put(lines.group(1), Long.parseLong(lines.group(2)));
    }
    return new StoreMarker(
        switch (whole.group(2)) {
          case "open" -> State.OPEN;
          case "closed" -> State.CLOSED;
          default -> State.BACKUP;
        },
        Long.parseLong(whole.group(3)),
        Long.parseLong(whole.group(4)),
        whole.group(5),
        files);
  }

  /** Writes the marker durably, replacing the existing one. */
  void write(Path directory) throws IOException {
    StringBuilder text =
        new StringBuilder("format=")
            .append(FORMAT)
            .append("\nstate=")
            .append(
                switch (state) {
                  case OPEN -> "open";
                  case CLOSED -> "closed";
                  case BACKUP -> "backup";
                })
            .append("\nversion=")
            .append(version)
            .append("\ngeneration=")
            .append(generation)
            .append("\nincarnation=")
            .append(incarnation)
            .append('\n');
    for (Map.Entry<String, Long> each : files.entrySet()) {
      text.append("file=").append(each.getKey()).append(' ').append(each.getValue()).append('\n');
    }
    String check = OwnerRecord.check(text.toString());
    text.append("check=").append(check).append('\n');
    Path next = directory.resolve(NEXT_NAME);
    // Not over one that a crash has left, or that another program has put there.
    Files.deleteIfExists(next);
    try (FileChannel channel =
        OwnFiles.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        next,
        directory.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    OwnFiles.syncDirectory(directory);
  }
}
