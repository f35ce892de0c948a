package io.dgen.internal.store.rocks;

import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads RocksDB's native code from a file that stays for the next start. RocksDB itself unpacks a
 * new one into the temporary directory at each start, which a killed process leaves there.
 *
 * <p>A file is used only if it equals, byte for byte, the one in RocksDB's jar. The JVM loads a
 * file for one class loader only, so each class loader takes the first file that is free for it.
 */
final class NativeLibrary {

  /** How many class loaders of one process can use one directory. */
  private static final int FILES = 8;

  /** The name of the library in RocksDB's jar. */
  private static final String RESOURCE = Environment.getJniLibraryFileName("rocksdb");

  /** The name that RocksDB looks for in a directory. */
  private static final String NAME = Environment.getJniLibraryFileName("rocksdbjni");

  private static final String PART = ".part";

  private NativeLibrary() {}

  /** Returns whether this class loader has already loaded it. */
  static boolean isLoaded() {
    return RocksDB.rocksdbVersion() != null;
  }

  /**
   * Loads the library, unless it is loaded. Unpacks it if the directory has no intact one.
   *
   * @param directory where it is kept; created if it does not exist
   * @throws DgenException if it cannot be unpacked or loaded there
   */
  static void load(Path directory) {
    if (isLoaded()) {
      return;
    }
    Throwable failure = null;
    for (int number = 1; number <= FILES; number++) {
      // RocksDB requires the file to have its own name.
      Path place = directory.resolve(Integer.toString(number));
      try {
        unpack(place);
        RocksDB.loadLibrary(List.of(place.toAbsolutePath().toString()));
        return;
      } catch (UnsatisfiedLinkError e) {
        failure = e;
        if (!isOfOtherClassLoader(e)) {
          throw cannotBeUsed(directory, e);
        }
      } catch (IOException e) {
        throw cannotBeUsed(directory, e);
      }
    }
    throw cannotBeUsed(directory, Objects.requireNonNull(failure));
  }

  /**
   * Loads the library without leaving anything behind: from a file in the temporary directory that
   * is deleted at once.
   *
   * @return false if that is not possible there
   */
  static boolean loadTemporarily() {
    if (isLoaded()) {
      return true;
    }
    Path place = null;
    try {
      place = Files.createTempDirectory("dgen-");
      unpack(place);
      RocksDB.loadLibrary(List.of(place.toAbsolutePath().toString()));
      return true;
    } catch (IOException | UnsatisfiedLinkError e) {
      return false;
    } finally {
      deleteTemporary(place);
    }
  }

  /** Deletes the temporary file. Windows keeps it until the process ends. */
  private static void deleteTemporary(@Nullable Path place) {
    if (place == null) {
      return;
    }
    try {
      Files.deleteIfExists(place.resolve(NAME));
      Files.deleteIfExists(place);
    } catch (IOException e) {
      place.resolve(NAME).toFile().deleteOnExit();
    }
  }

  /** Unpacks the first file if it is missing, so that the next start finds it. */
  static void keep(Path directory) {
    try {
      unpack(directory.resolve("1"));
    } catch (IOException e) {
      throw cannotBeUsed(directory, e);
    }
  }

  private static void unpack(Path place) throws IOException {
    Path file = place.resolve(NAME);
    OwnFiles.createDirectories(place);
    OwnFiles.makePrivate(place);
    if (isWhole(file)) {
      return;
    }
    deleteAbandonedParts(place);
    Path part = place.resolve(NAME + "." + ProcessHandle.current().pid() + PART);
    try (InputStream from = resource();
        OutputStream to =
            Channels.newOutputStream(
                OwnFiles.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
      from.transferTo(to);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes the remains of processes that were killed while they unpacked. */
  private static void deleteAbandonedParts(Path place) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(place, NAME + ".*" + PART)) {
      for (Path part : parts) {
        String name = part.getFileName().toString();
        String pid = name.substring(NAME.length() + 1, name.length() - PART.length());
        if (pid.matches("\\d{1,18}")
            && (Long.parseLong(pid) == ProcessHandle.current().pid()
                || ProcessHandle.of(Long.parseLong(pid)).isEmpty())) {
          Files.deleteIfExists(part);
        }
      }
    }
  }

  private static boolean isWhole(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    byte[] ours = new byte[64 << 10];
    byte[] theirs = new byte[64 << 10];
    try (InputStream expected = resource();
        InputStream found = Channels.newInputStream(OwnFiles.open(file, StandardOpenOption.READ))) {
      int count = ours.length;
      while (count == ours.length) {
        count = expected.readNBytes(ours, 0, ours.length);
        if (found.readNBytes(theirs, 0, count) != count
            || !Arrays.equals(ours, 0, count, theirs, 0, count)) {
          return false;
        }
      }
      return found.read() < 0;
    }
  }

  private static InputStream resource() throws IOException {
    InputStream found = RocksDB.class.getResourceAsStream("/" + RESOURCE);
    String fallback = Environment.getFallbackJniLibraryFileName("rocksdb");
    if (found == null && fallback != null) {
      found = RocksDB.class.getResourceAsStream("/" + fallback);
    }
    if (found == null) {
      throw new IOException("RocksDB's jar has no " + RESOURCE + " for this system");
    }
    return new BufferedInputStream(found);
  }

  private static boolean isOfOtherClassLoader(UnsatisfiedLinkError error) {
    return String.valueOf(error.getMessage()).contains("already loaded in another classloader");
  }

  private static DgenException cannotBeUsed(Path directory, Throwable cause) {
    return new DgenException(
        "the native library of the embedded store cannot be unpacked to "
            + directory
            + " and loaded from there: "
            + cause
            + "; with LocalStoreOptions.withNativeDirectory, name a directory that this process may"
            + " write in, that has 20 MB of space, and whose file system is not mounted noexec",
        cause,
        Effect.NONE);
  }
}
