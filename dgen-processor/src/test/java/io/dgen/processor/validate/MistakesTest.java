package io.dgen.processor.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.processor.Compile;
import io.dgen.processor.Eclipse;
import io.dgen.processor.validate.Mistakes.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every error that two compilers give for each of the {@link Mistakes}: text, file, line and
 * column. One mistake is one error: the compiler's own where it has one, and no second one in what
 * is generated. With {@code -Ddgen.golden.rewrite=true} the errors are written into the files, to
 * be looked at before they are committed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MistakesTest {

  private final Eclipse eclipse = new Eclipse();

  @AfterAll
  void close() throws IOException {
    eclipse.close();
  }

  static List<Mistake> mistakes() {
    return Mistakes.all();
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void javacSaysEachMistakeOnce(Mistake mistake) {
    assertThat(javac(mistake)).containsExactlyElementsOf(mistake.javac());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void eclipseSaysEachMistakeOnce(Mistake mistake, @TempDir Path directory) throws IOException {
    assertThat(eclipse(mistake, directory)).containsExactlyElementsOf(mistake.eclipse());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void noneIsInWhatIsGenerated(Mistake mistake) {
    assertThat(mistake.javac()).isNotEmpty();
    assertThat(mistake.javac()).noneMatch(it -> it.matches("Counter[A-Z].*|.*dgen:bug.*"));
    assertThat(mistake.eclipse()).isNotEmpty();
    assertThat(mistake.eclipse()).noneMatch(it -> it.matches("Counter[A-Z].*|.*dgen:bug.*"));
  }

  @Test
  @EnabledIfSystemProperty(named = "dgen.golden.rewrite", matches = "true")
  void rewrite(@TempDir Path directory) throws IOException {
    Map<String, List<Mistake>> files = new LinkedHashMap<>();
    for (Mistake each : mistakes()) {
      Path own = Files.createTempDirectory(directory, "mistake");
      files
          .computeIfAbsent(each.file(), it -> new ArrayList<>())
          .add(each.saying(javac(each), eclipse(each, own)));
    }
    for (Map.Entry<String, List<Mistake>> file : files.entrySet()) {
      Files.writeString(
          Mistakes.DIRECTORY.resolve(file.getKey()),
          file.getValue().stream().map(Mistake::text).collect(Collectors.joining()));
    }
  }

  /** To the end: what javac would not look at after an error cannot fail either. */
  private static List<String> javac(Mistake mistake) {
    Compile javac = mistake.isAlone() ? Compile.javac() : Compile.javac().toTheEnd();
    return Mistakes.lines(Compile.diagnostics(javac.sources(mistake.sources())));
  }

  private List<String> eclipse(Mistake mistake, Path directory) throws IOException {
    return Mistakes.lines(eclipse.compile(directory, List.of("-warn:none"), mistake.sources()));
  }
}
