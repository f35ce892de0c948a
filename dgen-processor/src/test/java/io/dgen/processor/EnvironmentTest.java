package io.dgen.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.annotations.DistributedServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.annotation.processing.Processor;
import javax.lang.model.SourceVersion;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the processor needs of its surroundings, and what it says when something is missing. */
class EnvironmentTest {

  @TempDir private Path output;

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(Processor.class))
        .hasAtLeastOneElementOfType(DistributedServerProcessor.class);
  }

  @Test
  void supportsTheCompilersOwnRelease() {
    assertThat(new DistributedServerProcessor().getSupportedSourceVersion())
        .isEqualTo(SourceVersion.latestSupported());
  }

  @Test
  void isDeclaredIsolatingToGradle() throws IOException {
    try (InputStream in =
        EnvironmentTest.class.getResourceAsStream(
            "/META-INF/gradle/incremental.annotation.processors")) {
      assertThat(in).isNotNull();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualToIgnoringNewLines(DistributedServerProcessor.class.getName() + ",isolating");
    }
  }

  @Test
  void eachFileHasTheInterfaceAsItsOnlyOrigin() {
    Set<String> written = new TreeSet<>();
    assertThat(compile(Samples.source(Samples.COUNTER), manager -> new Origins(manager, written)))
        .isEmpty();
    assertThat(written)
        .containsExactly(
            "sample.CounterClient",
            "sample.CounterCodec",
            "sample.CounterMessage",
            "sample.CounterServer");
  }

  @Test
  void soHasEachStub() {
    Set<String> written = new TreeSet<>();
    JavaFileObject wrong =
        Compile.source(
            "sample.Counter",
            """
            package sample;
            @io.dgen.annotations.DistributedServer
            interface Counter {}
            """);
    assertThat(compile(wrong, manager -> new Origins(manager, written))).hasSize(2);
    assertThat(written)
        .containsExactly(
            "sample.CounterClient",
            "sample.CounterCodec",
            "sample.CounterMessage",
            "sample.CounterServer");
  }

  @Test
  void aMissingRuntimeIsNamed() throws IOException {
    JavaFileObject source =
        Compile.source(
            "sample.Counter",
            """
            package sample;
            @io.dgen.annotations.DistributedServer
            interface Counter {}
            """);
    try (StandardJavaFileManager manager = standardManager()) {
      Path annotations =
          Path.of(
              DistributedServer.class
                  .getProtectionDomain()
                  .getCodeSource()
                  .getLocation()
                  .getPath());
      manager.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(annotations));
      assertThat(run(manager, source))
          .containsExactly(
              "3:1: [dgen:no-runtime] generated code needs dgen-runtime; found no class"
                  + " io.dgen.Call; add io.dgen:dgen-runtime to the dependencies");
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    assertThat(
            compile(
                Samples.source(Samples.COUNTER),
                manager ->
                    new Failing(
                        manager,
                        "sample.CounterServer",
                        () -> new IOException("No space left on device"))))
        .containsExactly(
            "11:8: [dgen:write-failed] CounterServer could not be written; found"
                + " java.io.IOException: No space left on device; fix that and build again");
  }

  @Test
  void aCrashIsOneErrorThatAsksForAReport() {
    List<String> errors =
        compile(
            Samples.source(Samples.COUNTER),
            manager ->
                new Failing(
                    manager,
                    "sample.CounterServer",
                    () -> {
                      throw new ArithmeticException("crash");
                    }));
    assertThat(errors).hasSize(1);
    assertThat(errors.getFirst())
        .startsWith(
            "11:8: [dgen:bug] Counter could not be processed; this is a bug in dgen, please report"
                + " it:")
        .contains("java.lang.ArithmeticException: crash", "at io.dgen.processor.");
  }

  private interface Wrapping {
    JavaFileManager around(JavaFileManager manager);
  }

  private List<String> compile(JavaFileObject source, Wrapping wrapping) {
    try (StandardJavaFileManager manager = standardManager()) {
      return run(wrapping.around(manager), source);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private StandardJavaFileManager standardManager() throws IOException {
    StandardJavaFileManager manager =
        ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null);
    manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(output));
    return manager;
  }

  private static List<String> run(JavaFileManager manager, JavaFileObject source) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    JavaCompiler.CompilationTask task =
        javac.getTask(
            null, manager, diagnostics, List.of("--release", "21"), null, List.of(source));
    task.setProcessors(List.of(new DistributedServerProcessor()));
    boolean ignored = task.call();
    return diagnostics.getDiagnostics().stream()
        .map(
            it ->
                it.getLineNumber() + ":" + it.getColumnNumber() + ": " + it.getMessage(Locale.ROOT))
        .toList();
  }

  private static final class Failing extends ForwardingJavaFileManager<JavaFileManager> {
    private final String failing;
    private final Supplier<IOException> failure;

    private Failing(JavaFileManager manager, String failing, Supplier<IOException> failure) {
      super(manager);
      this.failing = failing;
      this.failure = failure;
    }

    @Override
    public JavaFileObject getJavaFileForOutputForOriginatingFiles(
        Location location,
        String className,
        JavaFileObject.Kind kind,
        FileObject... originatingFiles)
        throws IOException {
      if (className.equals(failing)) {
        throw failure.get();
      }
      return super.getJavaFileForOutputForOriginatingFiles(
          location, className, kind, originatingFiles);
    }
  }

  private static final class Origins extends ForwardingJavaFileManager<JavaFileManager> {
    private final Set<String> written;

    private Origins(JavaFileManager manager, Set<String> written) {
      super(manager);
      this.written = written;
    }

    @Override
    public JavaFileObject getJavaFileForOutputForOriginatingFiles(
        Location location,
        String className,
        JavaFileObject.Kind kind,
        @Nullable FileObject... originatingFiles)
        throws IOException {
      if (kind == JavaFileObject.Kind.SOURCE) {
        written.add(className);
        assertThat(originatingFiles).hasSize(1);
        assertThat(originatingFiles[0].getName()).endsWith("Counter.java");
      }
      return super.getJavaFileForOutputForOriginatingFiles(
          location, className, kind, originatingFiles);
    }
  }
}
