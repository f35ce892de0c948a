package io.dgen.internal.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Opens the files that a store writes itself: accessible by their owner only, and never through a
 * symbolic link.
 */
final class OwnFiles {

  private static final Set<PosixFilePermission> FOR_OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> DIRECTORY_FOR_OWNER =
      PosixFilePermissions.fromString("rwx------");

  private OwnFiles() {}

  /**
   * Opens a file.
   *
   * @throws IOException also if it is a symbolic link or anything else that is not a file
   */
  static FileChannel open(Path file, StandardOpenOption... options) throws IOException {
    Set<OpenOption> all = new HashSet<>(Arrays.asList(options));
    all.add(LinkOption.NOFOLLOW_LINKS);
    if (exists(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          file.toString(),
          null,
          Files.isSymbolicLink(file)
              ? "it is a symbolic link, which is not followed"
              : "it is not a file");
    }
    return FileChannel.open(file, all, attributes(file, FOR_OWNER));
  }

  /** Reads the first bytes of a file. */
  static byte[] read(Path file, int limit) throws IOException {
    try (FileChannel channel = open(file, StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(limit, channel.size()));
      while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
        // Continues reading.
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }

  /**
   * Creates a directory, and its parents, accessible by their owner only. An existing one is not
   * changed.
   */
  static void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    // Does not fail if the directory exists: another process may have been faster.
    Files.createDirectories(directory, attributes(directory, DIRECTORY_FOR_OWNER));
  }

  /** Removes the permissions of all but the owner, if the file system has permissions. */
  static void makePrivate(Path directory) throws IOException {
    if (isPosix(directory)) {
      Files.setPosixFilePermissions(directory, DIRECTORY_FOR_OWNER);
    }
  }

  static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Syncs the entries of a directory. */
  static void syncDirectory(Path directory) throws IOException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      // Windows cannot open a directory, and writes its entries through by itself.
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] attributes(Path file, Set<PosixFilePermission> rights) {
    return isPosix(file)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
