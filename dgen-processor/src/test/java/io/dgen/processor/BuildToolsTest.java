package io.dgen.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How build tools compile: into the folders that an earlier compile filled, some of the files or
 * all of them, after edits, or only what processors generate.
 */
class BuildToolsTest {

  private static final String USER =
      """
      package demo;
      class User { void use(CounterClient client) { client.increment(1); } }
      """;

  /** The compilers of the build tools. */
  enum Tool {
    /** Of Maven, which compiles all sources again if one has changed. */
    JAVAC,
    /** Of an editor. By itself it does not replace what is on the class path, so that has none. */
    ECLIPSE;

    private JavaCompiler compiler() {
      return this == JAVAC ? ToolProvider.getSystemJavaCompiler() : new EclipseCompiler();
    }
  }

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Tool.class)
  void compilesAgainAfterEachEdit(Tool tool) throws IOException {
    assertThat(compile(tool, USER, counter("Increment", "State"))).isEmpty();
    assertThat(compile(tool, USER, counter("Increment", "Stat")))
        .singleElement()
        .asString()
        .contains("Stat");
    assertThat(compile(tool, USER, counter("Increment", "long")))
        .singleElement()
        .asString()
        .contains("[dgen:cast-return]");
    assertThat(compile(tool, USER, counter("Increment", "State"))).isEmpty();
    assertThat(compile(tool, USER, counter("Add", "State")))
        .singleElement()
        .asString()
        .contains("increment");
    assertThat(compile(tool, USER.replace("increment", "add"), counter("Add", "State"))).isEmpty();
    assertThat(Files.readString(directory.resolve("generated/demo/CounterClient.java")))
        .contains("add(")
        .doesNotContain("increment(");
  }

  @ParameterizedTest
  @EnumSource(Tool.class)
  void generatesWithoutCompiling(Tool tool) throws IOException {
    String counter = counter("Increment", "State");
    assertThat(compile(tool, List.of("-proc:only"), "Counter", counter)).isEmpty();
    assertThat(files("generated"))
        .containsExactly(
            "CounterClient.java", "CounterCodec.java", "CounterMessage.java", "CounterServer.java");
    assertThat(files("classes")).isEmpty();
    assertThat(compile(tool, List.of("-proc:only"), "Counter", counter("Increment", "long")))
        .singleElement()
        .asString()
        .contains("[dgen:cast-return]");
  }

  @ParameterizedTest
  @EnumSource(Tool.class)
  void aQueryComesAndGoes(Tool tool) throws IOException {
    String counter = counter("Increment", "State");
    String user = USER.replace("client.increment(1);", "long seen = client.look();");
    assertThat(compile(tool, user, counter)).singleElement().asString().contains("look");
    String with =
        counter.replace(
            "  default",
            """
            record Look() implements io.dgen.Query<Long> {}
            long handleQuery(Look message, State state);
            default\
            """);
    assertThat(compile(tool, user, with)).isEmpty();
    assertThat(compile(tool, user, with.replace("long handleQuery", "State handleQuery")))
        .singleElement()
        .asString()
        .contains("[dgen:query-return]");
    assertThat(compile(tool, user, with.replace("Query<Long>", "Call<Long>")))
        .singleElement()
        .asString()
        .contains("[dgen:wrong-callback]");
    assertThat(compile(tool, user, with)).isEmpty();
    assertThat(compile(tool, USER, counter)).isEmpty();
    assertThat(Files.readString(directory.resolve("generated/demo/CounterClient.java")))
        .doesNotContain("look(");
  }

  private static String counter(String message, String returned) {
    return """
    package demo;
    import io.dgen.Cast;
    @io.dgen.annotations.DistributedServer
    public interface Counter {
      record State(long value) {}
      record %1$s(long by) implements Cast {}
      default State init() { return new State(0); }
      %2$s handleCast(%1$s message, State state);
    }
    """
        .formatted(message, returned);
  }

  private List<String> files(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .map(it -> it.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private List<String> compile(Tool tool, String user, String counter) throws IOException {
    return compile(tool, List.of(), "User", user, "Counter", counter);
  }

  private List<String> compile(Tool tool, List<String> options, String... namesAndSources)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < namesAndSources.length; i += 2) {
      Path file = directory.resolve("src/demo/" + namesAndSources[i] + ".java");
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, namesAndSources[i + 1]));
    }
    Path classes = Files.createDirectories(directory.resolve("classes"));
    Path generated = Files.createDirectories(directory.resolve("generated"));
    JavaCompiler compiler = tool.compiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<File> classPath = new ArrayList<>(Compile.CLASS_PATH);
      if (tool == Tool.JAVAC) {
        classPath.add(classes.toFile());
      }
      manager.setLocation(StandardLocation.CLASS_PATH, classPath);
      manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      manager.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(generated));
      boolean isDone = Compile.files(compiler, manager, diagnostics, options, files);
      List<String> errors =
          diagnostics.getDiagnostics().stream()
              .filter(it -> it.getKind() == Diagnostic.Kind.ERROR)
              .map(it -> it.getMessage(Locale.ROOT))
              .toList();
      assertThat(isDone).as("%s", errors).isEqualTo(errors.isEmpty());
      return errors;
    }
  }
}
