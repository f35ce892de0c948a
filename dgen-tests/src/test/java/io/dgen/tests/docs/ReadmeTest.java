package io.dgen.tests.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** README.md shows the code that is compiled and the commands that CI runs. */
class ReadmeTest {

  private static final Path ROOT = Repository.root();
  private static final String README = Repository.read(ROOT.resolve("README.md"));
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);$");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^public (?:final )?(?:class|interface) (\\w+)");

  @Test
  void showsTheCodeOfTheExample() {
    List<String> snippets = Repository.blocks(README, "java");

    assertThat(snippets).hasSize(2);
    assertThat(snippets)
        .allSatisfy(snippet -> assertThat(Repository.read(source(snippet))).isEqualTo(snippet));
  }

  private static Path source(String snippet) {
    String name = group(PACKAGE, snippet).replace('.', '/') + "/" + group(TYPE, snippet);
    return ROOT.resolve("examples/src/main/java/" + name + ".java");
  }

  private static String group(Pattern pattern, String text) {
    assertThat(text).containsPattern(pattern);
    return pattern
        .matcher(text)
        .results()
        .findFirst()
        .map((MatchResult match) -> match.group(1))
        .orElseThrow();
  }

  @Test
  void givesTheTwoCommandsThatCiRuns() {
    String ci = Repository.read(ROOT.resolve(".ci/run"));
    List<String> commands = Repository.blocks(README, "sh").stream().map(String::strip).toList();

    assertThat(commands).hasSize(2);
    assertThat(ci)
        .contains("\nrun_command='" + commands.get(0) + "'\n")
        .contains("\ntest_command='" + commands.get(1) + "'\n");
  }

  @Test
  void namesTheVersionThatIsBuilt() {
    String version =
        group(
            Pattern.compile("<artifactId>dgen-parent</artifactId>\\s*<version>(.+)</version>"),
            Repository.read(ROOT.resolve("pom.xml")));

    String builds =
        Repository.blocks(README, "xml").stream().collect(joining())
            + Repository.blocks(README, "kotlin").stream().collect(joining());
    assertThat(builds)
        .contains(
            "<artifactId>dgen-store-rocksdb</artifactId>\n    <version>" + version + "</version>")
        .containsPattern(
            "<artifactId>dgen-processor</artifactId>\n +<version>"
                + Pattern.quote(version)
                + "</version>")
        .contains("implementation(\"io.dgen:dgen-store-rocksdb:" + version + "\")")
        .contains("annotationProcessor(\"io.dgen:dgen-processor:" + version + "\")");
  }

  @Test
  void namesTheFlagThatTheExamplesRunWith() {
    assertThat(Repository.read(ROOT.resolve("pom.xml")))
        .contains("<dgen.jvmArgs>--enable-native-access=ALL-UNNAMED</dgen.jvmArgs>");
    assertThat(README).contains("java --enable-native-access=ALL-UNNAMED ");
  }
}
