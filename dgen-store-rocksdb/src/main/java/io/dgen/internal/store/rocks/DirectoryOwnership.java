package io.dgen.internal.store.rocks;

import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This process's ownership of a directory. It shows others that it is alive, records up to where
 * commits are durable, and detects when it has lost the directory: deleted, moved away, or taken by
 * another process that presumed this one dead. Thread-safe.
 *
 * <p>A group is acknowledged only after {@link #wrote}, which comes after the group is durable and
 * checks whether the file of this owner exists. A process that takes over deletes it before it
 * reads the logs. So either the file is found missing here, and the group is not acknowledged, or
 * the group was durable before and is read there.
 */
final class DirectoryOwnership {

  private static final String TAKEN = "another process has taken it, as this one seemed to be dead";

  private final Path directory;
  private final Path file;
  private final Path next;
  private final long generation;
  private final FileChannel channel;

  /** The identity of the file; null if the file system has no file keys. */
  private final @Nullable Object key;

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by {@code lock}. */
  private SyncProgress progress;

  /** Used by the heartbeat alone. */
  private long forcedGroup;

  /** Why the directory is lost; null as long as it is not. */
  private volatile @Nullable String lost;

  private DirectoryOwnership(
      Path directory, long generation, FileChannel channel, SyncProgress progress)
      throws IOException {
    this.directory = directory;
    this.file = OwnerFile.path(directory, generation);
    this.next = OwnerFile.path(directory, generation + 1);
    this.generation = generation;
    this.channel = channel;
    this.progress = progress;
    this.forcedGroup = progress.group();
    this.key = attributes(file).fileKey();
  }

  /**
   * Claims the directory.
   *
   * @param group the last durable group
   * @param ceiling the version that is durable with it
   * @throws java.nio.file.FileAlreadyExistsException if another process was faster
   */
  static DirectoryOwnership claim(
      Path directory, long generation, OwnerRecord record, long group, long ceiling)
      throws IOException {
    SyncProgress first = new SyncProgress(0, group, ceiling, false);
    Path file = OwnerFile.path(directory, generation);
    FileChannel channel = OwnerFile.create(file, record, first);
    try {
      OwnFiles.syncDirectory(directory);
      return new DirectoryOwnership(directory, generation, channel, first);
    } catch (IOException | RuntimeException e) {
      channel.close();
      Files.deleteIfExists(file);
      throw e;
    }
  }

  long generation() {
    return generation;
  }

  /** Checks that the directory is not lost. */
  void check() {
    String why = lost;
    if (why != null) {
      throw new StoreException(StoreError.IO_ERROR, why, null);
    }
  }

  boolean isLost() {
    return lost != null;
  }

  /**
   * Records that a group is durable, before it is acknowledged.
   *
   * @throws StoreException if the directory is lost: the group must not be acknowledged
   */
  void wrote(long group, long ceiling) {
    lock.lock();
    try {
      verify();
      write(new SyncProgress(progress.beat() + 1, group, ceiling, false));
    } catch (IOException e) {
      // The group is durable, only its record is not: then fewer kinds of damage are detected.
      StoreLog.log().warn("writing {} failed; the store continues", file, e);
    } finally {
      lock.unlock();
    }
    check();
  }

  /** Shows that the owner is alive, and makes its record durable. */
  void beat() {
    long group;
    lock.lock();
    try {
      verify();
      if (lost == null && Files.exists(next)) {
        lose(TAKEN);
      }
      if (lost != null) {
        return;
      }
      write(new SyncProgress(progress.beat() + 1, progress.group(), progress.ceiling(), false));
      group = progress.group();
    } catch (IOException e) {
      StoreLog.log().warn("writing {} failed; the store continues", file, e);
      return;
    } finally {
      lock.unlock();
    }
    force(group);
  }

  /** Syncs the file, not under the lock: commits continue while the disk takes its time. */
  private void force(long group) {
    try {
      if (group != forcedGroup) {
        channel.force(false);
        forcedGroup = group;
      }
    } catch (IOException e) {
      StoreLog.log().warn("syncing {} failed; the store continues", file, e);
    }
  }

  private void write(SyncProgress newer) throws IOException {
    if (lost == null) {
      OwnerFile.write(channel, newer);
      progress = newer;
    }
  }

  /** Checks whether the directory is still this owner's: a successor deletes its file. */
  private void verify() throws IOException {
    if (lost != null) {
      return;
    }
    String why = null;
    try {
      if (!Objects.equals(key, attributes(file).fileKey())) {
        why = "its file " + file.getFileName() + " was replaced";
      }
    } catch (NoSuchFileException e) {
      why =
          Files.exists(next)
              ? TAKEN
              : "it was deleted or moved, or its file " + file.getFileName() + " was";
    }
    if (why != null) {
      lose(why);
    }
  }

  private void lose(String why) {
    String message =
        "the store directory "
            + directory
            + " is lost: "
            + why
            + "; it contains everything that was acknowledged before, and nothing is acknowledged"
            + " any more: close the store, and open it where its directory is now, or open a"
            + " backup";
    lost = message;
    StoreLog.log().error(message);
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Releases the directory. The file stays: the next owner's has the next number. No beat may be in
   * progress.
   */
  void release() {
    lock.lock();
    try (channel) {
      write(new SyncProgress(progress.beat() + 1, progress.group(), progress.ceiling(), true));
      channel.force(true);
    } catch (IOException e) {
      StoreLog.log()
          .warn("releasing {} failed; this process seems to use it until it ends", file, e);
    } finally {
      lock.unlock();
    }
  }
}
