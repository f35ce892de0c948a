package io.dgen.tests.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the repository, found from the module that a test runs in. */
final class Repository {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

  private Repository() {}

  static Path root() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.exists(directory.resolve("README.md"))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException("no README.md above " + Path.of("").toAbsolutePath());
    }
    return directory;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  /** The fenced blocks of a page that are marked with a language. */
  static List<String> blocks(String markdown, String language) {
    return BLOCK
        .matcher(markdown)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** Every page: those at the top, and those below docs. */
  static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(root());
        Stream<Path> docs = Files.walk(root().resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }
}
