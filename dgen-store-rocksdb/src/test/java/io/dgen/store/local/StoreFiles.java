package io.dgen.store.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What tests do to the files of a store from outside. */
final class StoreFiles {

  /** Unpacked again by who misses it, and too large to be copied hundreds of times. */
  private static final String NATIVE = "native";

  private StoreFiles() {}

  /** Copies a directory, but for the native library, in the order of the names. */
  static void copy(Path from, Path to) throws IOException {
    for (Path path : all(from)) {
      Path target = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(target);
      } else {
        Files.copy(path, target);
      }
    }
  }

  /** The regular files of a directory by their paths within it, but for the native library. */
  static List<Path> files(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : all(directory)) {
      if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        files.add(directory.relativize(path));
      }
    }
    return files;
  }

  private static List<Path> all(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(path -> !directory.relativize(path).startsWith(NATIVE)).sorted().toList();
    }
  }

  /** Everything that a directory has, to be compared: each path with its content and its time. */
  static SortedMap<String, String> fingerprint(Path directory) throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.toList()) {
        String content =
            Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? HexFormat.of().formatHex(Files.readAllBytes(path))
                : "no file";
        found.put(
            directory.relativize(path).toString(),
            Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                + " "
                + content.hashCode()
                + " "
                + content.getBytes(StandardCharsets.US_ASCII).length);
      }
    }
    return found;
  }

  /** Deletes a directory and everything in it, if it is there. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }
        });
    try (Stream<Path> directories = Files.walk(directory)) {
      for (Path each : directories.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
