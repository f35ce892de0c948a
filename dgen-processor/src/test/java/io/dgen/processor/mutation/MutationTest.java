package io.dgen.processor.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import io.dgen.processor.Compile;
import io.dgen.processor.Eclipse;
import io.dgen.processor.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random mistakes in servers that are right. Whatever is wrong, the processor does not crash, no
 * error is in a file that it generated, and a server that compiles is not a stub. The seed of a
 * mutation that fails is in the failure's text, with the source.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutationTest {

  private static final List<String> SAMPLES =
      List.of(
          Samples.COUNTER,
          Samples.DRAWING,
          Samples.SHOP,
          Samples.TOWN,
          Samples.DEPOT,
          Samples.ORDER);

  private static final int LONG = 2500;

  /** Who finds what is wrong. */
  private enum Outcome {
    NOTHING_IS_WRONG,
    THE_COMPILER,
    THE_PROCESSOR,
    BOTH
  }

  private final Eclipse eclipse = new Eclipse();

  @AfterAll
  void close() throws IOException {
    eclipse.close();
  }

  @Test
  void withoutAMutationNothingIsWrong() {
    for (String name : SAMPLES) {
      Compilation compilation =
          Compile.javac().with("-Xlint:all", "-Werror").sources(sources(name, Samples.text(name)));
      assertThat(Compile.diagnostics(compilation)).as(name).isEmpty();
    }
  }

  @Test
  void javacFindsNoFaultOfOurs(TestReporter reporter) {
    javac(0, 100, reporter);
  }

  @Test
  void eclipseFindsNoFaultOfOurs(TestReporter reporter, @TempDir Path directory)
      throws IOException {
    eclipse(0, 100, reporter, directory);
  }

  @Test
  @Tag("long")
  void javacFindsNoFaultOfOursInThousands(TestReporter reporter) {
    javac(100, LONG, reporter);
  }

  @Test
  @Tag("long")
  void eclipseFindsNoFaultOfOursInThousands(TestReporter reporter, @TempDir Path directory)
      throws IOException {
    eclipse(100, LONG, reporter, directory);
  }

  private static void javac(int from, int to, TestReporter reporter) {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (int seed = from; seed < to; seed++) {
      String name = SAMPLES.get(seed % SAMPLES.size());
      String source = Mutator.mutate(Samples.text(name), seed);
      Compilation compilation = Compile.javac().forThisJava().sources(sources(name, source));
      boolean isStub =
          compilation.status() != Compilation.Status.FAILURE
              && Compile.generated(compilation).values().stream()
                  .anyMatch(it -> it.contains("has compile errors"));
      outcomes.merge(
          check(seed, name, source, Compile.diagnostics(compilation), isStub), 1, Integer::sum);
    }
    reporter.publishEntry("javac", outcomes.toString());
  }

  private void eclipse(int from, int to, TestReporter reporter, Path directory) throws IOException {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (int seed = from; seed < to; seed++) {
      String name = SAMPLES.get(seed % SAMPLES.size());
      String source = Mutator.mutate(Samples.text(name), seed);
      Path own = Files.createTempDirectory(directory, "mutation");
      List<String> found = eclipse.compile(own, List.of("-warn:none"), sources(name, source));
      outcomes.merge(check(seed, name, source, found, hasStub(own)), 1, Integer::sum);
    }
    reporter.publishEntry("eclipse", outcomes.toString());
  }

  private static boolean hasStub(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(it -> it.toString().endsWith("Server.java")).toList()) {
        if (Files.readString(file).contains("has compile errors")) {
          return true;
        }
      }
      return false;
    }
  }

  /** Another class mentions what is generated, as the rest of a program does. */
  private static JavaFileObject[] sources(String name, String source) {
    List<JavaFileObject> sources = new ArrayList<>(Samples.others(name));
    sources.add(Compile.source("sample." + name, source));
    sources.add(
        Compile.source(
            "sample.User",
            "package sample; class User { %1$sClient client; %1$sServer server; %1$sMessage message; }"
                .formatted(name.equals(Samples.TOWN) ? "Town_Library" : name)));
    return sources.toArray(JavaFileObject[]::new);
  }

  private static Outcome check(
      int seed, String name, String source, List<String> found, boolean isStub) {
    List<String> errors = found.stream().filter(it -> !it.startsWith("WARNING ")).toList();
    Optional<String> fault =
        errors.stream()
            .filter(
                it ->
                    it.contains("[dgen:bug]")
                        || it.matches("(?s)\\w+(Client|Message|Server|Codec|Asks)[.]java:.*"))
            .findFirst();
    assertThat(fault).as("seed %d of %s, with %s:%n%s", seed, name, errors, source).isEmpty();
    assertThat(errors.isEmpty() && isStub)
        .as("a stub that nobody complains of, seed %d of %s:%n%s", seed, name, source)
        .isFalse();
    boolean isOurs = errors.stream().anyMatch(it -> it.contains("[dgen:"));
    boolean isTheirs = errors.stream().anyMatch(it -> !it.contains("[dgen:"));
    return isOurs
        ? isTheirs ? Outcome.BOTH : Outcome.THE_PROCESSOR
        : isTheirs ? Outcome.THE_COMPILER : Outcome.NOTHING_IS_WRONG;
  }
}
