package io.dgen.internal.store.rocks;

import io.dgen.DgenException;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The small file that says that a directory holds a store, in which format, and up to which version
 * its data must reach. It is replaced as a whole, so that it is never half written.
 */
final class StoreMarker {

  private static final int FORMAT = 1;
  private static final Pattern TEXT =
      Pattern.compile("format=(\\d{1,9})\nstate=(open|closed)\nversion=(\\d{1,18})\n");
  private static final Pattern FORMAT_LINE = Pattern.compile("(?s)format=(\\d{1,9})\n.*");

  private final Path file;
  private final boolean exists;
  private final boolean isClosed;
  private final long version;

  private StoreMarker(Path file, boolean exists, boolean isClosed, long version) {
    this.file = file;
    this.exists = exists;
    this.isClosed = isClosed;
    this.version = version;
  }

  static StoreMarker read(Path file) {
    if (!Files.exists(file)) {
      return new StoreMarker(file, false, false, 0);
    }
    String text;
    try {
      text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Matcher format = FORMAT_LINE.matcher(text);
    if (format.matches() && Integer.parseInt(format.group(1)) > FORMAT) {
      throw new DgenException(
          "the store of "
              + file
              + " has format "
              + format.group(1)
              + ", and this release knows formats up to "
              + FORMAT
              + "; open it with a newer release of dgen");
    }
    Matcher whole = TEXT.matcher(text);
    if (!whole.matches()) {
      throw new StoreException(
          StoreError.IO_ERROR,
          "the file " + file + " is damaged; restore the whole directory from a backup",
          null);
    }
    return new StoreMarker(
        file, true, whole.group(2).equals("closed"), Long.parseLong(whole.group(3)));
  }

  boolean exists() {
    return exists;
  }

  /** Whether the store was closed in order. */
  boolean isClosed() {
    return isClosed;
  }

  /** The version that the data must reach; exactly, if the store was closed in order. */
  long version() {
    return version;
  }

  void write(long newVersion, boolean closed) {
    String text =
        "format="
            + FORMAT
            + "\nstate="
            + (closed ? "closed" : "open")
            + "\nversion="
            + newVersion
            + "\n";
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectory();
    } catch (IOException e) {
      throw new StoreException(
          StoreError.IO_ERROR,
          "writing " + file + " failed: " + e + "; see to the disk and to the rights there",
          e);
    }
  }

  private void syncDirectory() throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || System.getProperty("os.name", "").startsWith("Windows")) {
      // Windows cannot open a directory, and writes its entries through by itself.
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
