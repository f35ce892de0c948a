package io.dgen.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The Java code on the pages of {@code docs} is part of sources that are compiled, but for its
 * indentation. The snippets of docs/errors.md, half of which are wrong on purpose, have a test of
 * their own beside the processor.
 */
class SnippetsTest {

  private static final Path ROOT = Repository.root();

  @Test
  void everySnippetIsPartOfASource() throws IOException {
    String sources = sources();
    List<String> foreign = new ArrayList<>();
    int found = 0;
    for (Path page : pages()) {
      for (String snippet : Repository.blocks(Repository.read(page), "java")) {
        found++;
        if (!sources.contains(withoutIndentation(snippet))) {
          foreign.add(ROOT.relativize(page) + ":\n" + snippet);
        }
      }
    }

    assertThat(foreign).isEmpty();
    assertThat(found).isGreaterThan(1);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
      return pages
          .filter(page -> page.toString().endsWith(".md") && !page.endsWith("errors.md"))
          .sorted()
          .toList();
    }
  }

  /** The sources of all modules, one behind the other. */
  private static String sources() throws IOException {
    List<Path> roots;
    try (Stream<Path> modules = Files.list(ROOT)) {
      roots =
          modules
              .flatMap(module -> Stream.of("src/main/java", "src/test/java").map(module::resolve))
              .filter(Files::exists)
              .toList();
    }
    StringBuilder sources = new StringBuilder("\n");
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> sources.append(withoutIndentation(Repository.read(file))));
      }
    }
    return sources.toString();
  }

  /** Line by line, each within line feeds, without blank lines. */
  private static String withoutIndentation(String code) {
    return code.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n", "\n", "\n"));
  }
}
