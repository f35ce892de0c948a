package io.dgen.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The exact text of what is generated. {@code -Ddgen.golden.rewrite=true} rewrites the files under
 * {@code src/test/resources/golden}; look at the difference before you commit it.
 */
class GoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @ParameterizedTest
  @ValueSource(
      strings = {Samples.COUNTER, Samples.DRAWING, Samples.ORDER, Samples.SHOP, Samples.TOWN})
  void generatesExactlyTheGoldenFiles(String sample) throws IOException {
    Map<String, String> generated = Compile.generated(compile(sample));
    // Those of the servers that it asks are compared elsewhere, or are nothing new.
    generated.keySet().removeIf(it -> !it.startsWith(sample));
    Path directory = GOLDEN.resolve(sample);
    if (Boolean.getBoolean("dgen.golden.rewrite")) {
      rewrite(directory, generated);
    }
    try (Stream<Path> files = Files.list(directory)) {
      Set<String> names =
          files
              .map(it -> it.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(generated.keySet()).isEqualTo(names);
    }
    for (Map.Entry<String, String> file : generated.entrySet()) {
      assertThat(file.getValue())
          .as(file.getKey())
          .isEqualTo(Files.readString(directory.resolve(file.getKey())));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {Samples.COUNTER, Samples.DRAWING, Samples.ORDER, Samples.SHOP, Samples.TOWN})
  void generatesTheSameTwice(String sample) {
    assertThat(Compile.generated(compile(sample))).isEqualTo(Compile.generated(compile(sample)));
  }

  /** Without a warning, whatever lint is on. */
  private static Compilation compile(String sample) {
    Compilation compilation =
        Compile.javac().with("-Xlint:all", "-Werror").sources(Samples.sources(sample));
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    return compilation;
  }

  private static void rewrite(Path directory, Map<String, String> generated) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> file : generated.entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
  }
}
