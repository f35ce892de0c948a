package io.dgen.internal.store.rocks;

import io.dgen.DgenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a directory to one process. The operating system gives the lock up when the process ends,
 * however it ends; the file says who holds it.
 */
final class DirectoryLock implements AutoCloseable {

  /** A byte behind any text, so that the text can be read where locks keep readers out. */
  private static final long LOCKED_BYTE = 1L << 40;

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws DgenException if another opener has it, who is named
   */
  static DirectoryLock acquire(Path directory, Path file, Instant now) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock != null) {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(describe(now).getBytes(StandardCharsets.UTF_8)), 0);
        return new DirectoryLock(channel);
      }
      throw held(directory, "another process, " + holder(file), null, channel);
    } catch (OverlappingFileLockException e) {
      throw held(directory, "this process, " + holder(file), e, channel);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new DgenException(
          "the store directory "
              + directory
              + " cannot be locked: "
              + e
              + "; give this process the"
              + " right to write there, on a file system that has locks",
          e);
    }
  }

  private static DgenException held(
      Path directory, String holder, @Nullable Throwable cause, @Nullable FileChannel channel) {
    DgenException error =
        new DgenException(
            "the store directory "
                + directory
                + " is in use by "
                + holder
                + "; a local store is for one process and is opened once: close it there, or give"
                + " this one another directory",
            cause);
    closeQuietly(channel, error);
    return error;
  }

  private static String describe(Instant now) {
    return "pid "
        + ProcessHandle.current().pid()
        + " on host "
        + host()
        + " since "
        + now.truncatedTo(ChronoUnit.SECONDS)
        + "\n";
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String holder(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      return text.isEmpty() ? "which has not said its name" : text;
    } catch (IOException | UncheckedIOException e) {
      return "whose name cannot be read";
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel, Throwable because) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        because.addSuppressed(e);
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
