package io.dgen.internal.store.rocks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's lock on a file of the directory. The system releases it when the process
 * ends, in whatever way. It is not sufficient by itself: a POSIX system also drops it when the
 * process closes any channel of the file, as a copy of the directory does, so it is acquired again
 * repeatedly, half by half.
 */
final class DirectoryLock implements AutoCloseable {

  /** Two bytes beyond anything that the file could hold. */
  private static final long FIRST_BYTE = 1L << 40;

  /** Another process, or this one, holds the lock. */
  static final class HeldException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean byThisProcess;

    HeldException(boolean byThisProcess) {
      super("the lock is held", null, false, false);
      this.byThisProcess = byThisProcess;
    }

    /** Returns whether this process holds it, possibly through another class loader. */
    boolean isByThisProcess() {
      return byThisProcess;
    }
  }

  private final FileChannel channel;
  private final @Nullable FileLock[] halves = new FileLock[2];

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Acquires the lock.
   *
   * @param file the file, created if it does not exist
   */
  static DirectoryLock acquire(Path file) throws IOException, HeldException {
    DirectoryLock lock =
        new DirectoryLock(OwnFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    boolean taken = false;
    try {
      for (int half = 0; half < lock.halves.length; half++) {
        if (!lock.take(half)) {
          throw new HeldException(false);
        }
      }
      taken = true;
      return lock;
    } catch (OverlappingFileLockException e) {
      throw new HeldException(true);
    } finally {
      if (!taken) {
        lock.close();
      }
    }
  }

  private boolean take(int half) throws IOException {
    halves[half] = channel.tryLock(FIRST_BYTE + half, 1, false);
    return halves[half] != null;
  }

  /**
   * Acquires the lock again if it was dropped. One half stays locked while the other is acquired,
   * so that no process gets in between. If another process holds one half, it is checking whether
   * the directory is free, and releases it again.
   */
  synchronized void renew() throws IOException {
    for (int half = 0; half < halves.length; half++) {
      FileLock held = halves[half];
      if (held != null) {
        held.release();
      }
      take(half);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
