package io.dgen.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/guarantees.md promises nothing without a test that proves it. */
class GuaranteesTest {

  private static final Path ROOT = Repository.root();
  private static final String PAGE = Repository.read(ROOT.resolve("docs/guarantees.md"));
  private static final Pattern PROOF = Pattern.compile("`(\\w+(?:Test|Contract))\\.(\\w+)`");
  private static final Pattern ROW = Pattern.compile("(?m)^\\|(.*)\\|$");

  @Test
  void everyProofIsATest() throws IOException {
    Map<String, String> tests = tests();
    List<String> missing = new ArrayList<>();
    List<MatchResult> proofs = PROOF.matcher(PAGE).results().toList();
    for (MatchResult proof : proofs) {
      String source = tests.getOrDefault(proof.group(1), "");
      if (!Pattern.compile("\\bvoid " + proof.group(2) + "\\(").matcher(source).find()) {
        missing.add(proof.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(proofs).hasSizeGreaterThan(30);
  }

  @Test
  void everyLineOfATableHasAProof() {
    List<String> unproven =
        ROW.matcher(PAGE)
            .results()
            .map(row -> row.group(1))
            .filter(row -> !row.matches("[-| ]*") && !row.contains("proved by"))
            .filter(row -> !PROOF.matcher(row).find())
            .toList();
    assertThat(unproven).isEmpty();
  }

  /** The sources of all tests, by the names of their classes. */
  private static Map<String, String> tests() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      List<Path> roots =
          modules.map(module -> module.resolve("src/test/java")).filter(Files::exists).toList();
      List<Path> files = new ArrayList<>();
      for (Path root : roots) {
        try (Stream<Path> found = Files.walk(root)) {
          found
              .filter(file -> file.toString().matches(".*(Test|Contract)\\.java"))
              .forEach(files::add);
        }
      }
      return files.stream()
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Repository::read,
                  String::concat));
    }
  }
}
