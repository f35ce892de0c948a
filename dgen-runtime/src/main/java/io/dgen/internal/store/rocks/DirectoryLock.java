package io.dgen.internal.store.rocks;

import io.dgen.DgenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a directory to one process. The operating system gives the lock up when the process ends,
 * however it ends; the file says who holds it.
 */
final class DirectoryLock implements AutoCloseable {

  /** A byte behind any text, so that the text can be read where locks keep readers out. */
  private static final long LOCKED_BYTE = 1L << 40;

  /**
   * What this process holds, and how each is described. One for the whole process, as the operating
   * system's locks are: POSIX drops them when the process closes any channel of the file, so a
   * second opener must be turned away before it opens one.
   */
  private static final ConcurrentHashMap<Path, String> HELD_HERE = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws DgenException if another opener has it, who is named
   */
  static DirectoryLock acquire(Path directory, Path file, Instant now) {
    try {
      Path real = directory.toRealPath().resolve(file.getFileName());
      String description = describe(now);
      String holder = HELD_HERE.putIfAbsent(real, description);
      if (holder != null) {
        throw held(directory, "this process, " + holder);
      }
      boolean locked = false;
      try {
        DirectoryLock lock = lock(directory, real, description);
        locked = true;
        return lock;
      } finally {
        if (!locked) {
          HELD_HERE.remove(real);
        }
      }
    } catch (IOException e) {
      throw new DgenException(
          "the store directory "
              + directory
              + " cannot be locked: "
              + e
              + "; give this process the right to write there, on a file system that has locks",
          e);
    }
  }

  private static DirectoryLock lock(Path directory, Path file, String description)
      throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) == null) {
        throw held(directory, "another process, " + holder(file));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(description.getBytes(StandardCharsets.UTF_8)), 0);
      return new DirectoryLock(file, channel);
    } catch (IOException | DgenException e) {
      try {
        channel.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static DgenException held(Path directory, String holder) {
    return new DgenException(
        "the store directory "
            + directory
            + " is in use by "
            + holder
            + "; a local store is for one process and is opened once: close it there, or give this"
            + " one another directory");
  }

  private static String describe(Instant now) {
    return "pid " + ProcessHandle.current().pid() + " since " + now.truncatedTo(ChronoUnit.SECONDS);
  }

  private static String holder(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? "which has not said its name" : text;
    } catch (IOException | UncheckedIOException e) {
      return "whose name cannot be read";
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
