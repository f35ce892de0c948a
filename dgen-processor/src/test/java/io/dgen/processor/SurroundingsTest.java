package io.dgen.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where servers are written and what they are written of: jars, modules, large interfaces. */
class SurroundingsTest {

  private static final String MODULE_PATH = System.getProperty("java.class.path");

  @TempDir private Path directory;

  @Test
  void recordsMayComeFromAJar() throws IOException {
    String jar = libraryJar();
    Compilation compilation =
        strict("-classpath", Compile.classPath(jar)).sources(usingLibrary("lib.Entry"));
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    // The component that is marked as the id in the class file is the id of the list.
    assertThat(Compile.generated(compilation).get("CounterCodec.java"))
        .contains("TermCodecs.components(EntryRecord.INSTANCE, Entry::name, ");
  }

  @Test
  void whatIsWrongInAJarIsSaidWhereItIsUsed() throws IOException {
    String jar = libraryJar();
    Compilation compilation =
        strict("-classpath", Compile.classPath(jar)).sources(usingLibrary("lib.Bad"));
    assertThat(Compile.diagnostics(compilation))
        .singleElement()
        .asString()
        .startsWith(
            "Counter.java:6:30: [dgen:no-codec] State.entries<element>.socket: java.net.Socket has"
                + " no codec; ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exports sample;", "opens sample;", ""})
  void aServerMayBeInANamedModule(String directive) {
    Compilation compilation =
        strict("--module-path", MODULE_PATH)
            .sources(
                Compile.source(
                    "module-info",
                    "module user { requires transitive io.dgen.runtime; " + directive + " }"),
                Samples.source(Samples.COUNTER),
                Samples.source(Samples.TOWN));
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(Compile.generated(compilation).get("CounterClient.java"))
        .as("java.compiler, with @Generated, is not read by the module")
        .doesNotContain("@Generated");
  }

  @Test
  void aModuleThatDoesNotReadTheRuntimeIsToldTo() {
    Compilation compilation =
        strict("--module-path", MODULE_PATH)
            .sources(
                Compile.source("module-info", "module user { requires io.dgen.annotations; }"),
                Compile.source(
                    "sample.Empty",
                    "package sample; @io.dgen.annotations.DistributedServer interface Empty {}"));
    assertThat(Compile.diagnostics(compilation))
        .containsExactly(
            "Empty.java:1:56: [dgen:no-runtime] generated code needs dgen-runtime; found no class"
                + " io.dgen.Call; add io.dgen:dgen-runtime to the dependencies, and `requires"
                + " io.dgen.runtime` to module-info.java");
  }

  @Test
  void aModuleThatReadsTheCompilerModuleGetsTheAnnotation() {
    Compilation compilation =
        strict("--module-path", MODULE_PATH)
            .sources(
                Compile.source(
                    "module-info",
                    "module user { requires io.dgen.runtime; requires java.compiler; }"),
                Samples.source(Samples.COUNTER));
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(Compile.generated(compilation).get("CounterClient.java")).contains("@Generated");
  }

  @Test
  void aServerMayHaveHundredsOfMessages() {
    String messages =
        IntStream.range(0, 260)
            .mapToObj(
                i ->
                    """
                      record Ask%1$d(long by, String why) implements io.dgen.Call<Long> {}
                      default long handleCall(Ask%1$d message, State state) { return %1$d; }
                    """
                        .formatted(i))
            .collect(Collectors.joining());
    String components =
        IntStream.range(0, 120).mapToObj(i -> "long c" + i).collect(Collectors.joining(", "));
    String zeros = IntStream.range(0, 120).mapToObj(i -> "0").collect(Collectors.joining(", "));
    Compilation compilation =
        strict()
            .sources(
                Compile.source(
                    "sample.Large",
                    """
                    package sample;
                    @io.dgen.annotations.DistributedServer
                    public interface Large {
                      record State(%s) {}
                      default State init() { return new State(%s); }
                    %s}
                    """
                        .formatted(components, zeros, messages)));
    assertThat(Compile.diagnostics(compilation)).isEmpty();
  }

  @Test
  @Tag("long")
  void aServerMayHaveNineHundredMessages() {
    String messages =
        IntStream.range(0, 900)
            .mapToObj(
                i ->
                    """
                      record Note%1$d() implements io.dgen.Info {}
                      default State handleInfo(Note%1$d message, State state) { return state; }
                    """
                        .formatted(i))
            .collect(Collectors.joining());
    Compilation compilation =
        strict()
            .sources(
                Compile.source(
                    "sample.Large",
                    """
                    package sample;
                    @io.dgen.annotations.DistributedServer
                    public interface Large {
                      record State(long value) {}
                      default State init() { return new State(0); }
                    %s}
                    """
                        .formatted(messages)));
    assertThat(Compile.diagnostics(compilation)).isEmpty();
  }

  @Test
  void aSealedTypeMayHaveFourHundredVariants() {
    String variants =
        IntStream.range(0, 400)
            .mapToObj("  record V%d(int x) implements Shape {}\n"::formatted)
            .collect(Collectors.joining());
    Compilation compilation =
        strict()
            .sources(
                Compile.source(
                    "sample.Large",
                    """
                    package sample;
                    @io.dgen.annotations.DistributedServer
                    public interface Large {
                      sealed interface Shape {}
                    %s  record State(Shape shape) {}
                      record Put(Shape shape) implements io.dgen.Cast {}
                      default State init() { return new State(new V0(0)); }
                      default State handleCast(Put message, State state) { return state; }
                    }
                    """
                        .formatted(variants)));
    assertThat(Compile.diagnostics(compilation)).isEmpty();
  }

  @Test
  void twoServersMayBeInOneClass() {
    Compilation compilation =
        strict()
            .sources(
                Compile.source(
                    "sample.Pair",
                    "package sample;\nclass Pair {\n" + nested("Left") + nested("Right") + "}\n"));
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(Compile.generated(compilation))
        .hasSize(8)
        .containsKeys("Pair_LeftClient.java", "Pair_RightClient.java");
  }

  private static String nested(String name) {
    return """
      @io.dgen.annotations.DistributedServer
      interface %s {
        record State(long value) {}
        record Add(long by) implements io.dgen.Cast {}
        default State init() { return new State(0); }
        default State handleCast(Add message, State state) { return state; }
      }
    """
        .formatted(name);
  }

  private static Compile strict(String... options) {
    return Compile.javac().with("-Xlint:all,-path,-requires-automatic", "-Werror").with(options);
  }

  private static JavaFileObject usingLibrary(String element) {
    return Compile.source(
        "sample.Counter",
        """
        package sample;
        import java.util.List;
        import java.util.Map;
        @io.dgen.annotations.DistributedServer
        public interface Counter {
          record State(List<%1$s> entries, Map<lib.Color, lib.Point> points) {}
          record Put(%1$s entry, lib.Point point) implements io.dgen.Cast {}
          default State init() { return new State(List.of(), Map.of()); }
          default State handleCast(Put message, State state) { return state; }
        }
        """
            .formatted(element));
  }

  private String libraryJar() throws IOException {
    Compilation library =
        com.google.testing.compile.Compiler.javac()
            .withOptions("--release", "21", "-proc:none")
            .compile(
                Compile.source(
                    "lib.Entry",
                    """
                    package lib;
                    public record Entry(@io.dgen.annotations.Id String name, Point at) {}
                    """),
                Compile.source("lib.Point", "package lib; public record Point(int x, int y) {}"),
                Compile.source("lib.Color", "package lib; public enum Color { RED, BLUE }"),
                Compile.source(
                    "lib.Bad", "package lib; public record Bad(java.net.Socket socket) {}"));
    Path jar = directory.resolve("library.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (JavaFileObject each : library.generatedFiles()) {
        out.putNextEntry(new ZipEntry(each.getName().replaceFirst("^/CLASS_OUTPUT/", "")));
        out.write(each.openInputStream().readAllBytes());
      }
    }
    return jar.toString();
  }
}
