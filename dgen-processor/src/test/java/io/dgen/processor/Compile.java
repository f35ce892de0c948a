package io.dgen.processor;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import io.dgen.Dgen;
import io.dgen.annotations.DistributedServer;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import org.jspecify.annotations.NullMarked;

/** Compiles sources with the processor, as javac does. */
public final class Compile {

  /** What a user has; all that the tests need would be opened and indexed for each compile. */
  public static final List<File> CLASS_PATH =
      Stream.of(DistributedServer.class, Dgen.class, NullMarked.class).map(Compile::home).toList();

  private final List<Processor> processors = new ArrayList<>();
  private final List<Object> options = new ArrayList<>();

  private Compile() {}

  private static File home(Class<?> type) {
    return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  /** What a user has on the class path, and more files. */
  public static String classPath(String... more) {
    return Stream.concat(CLASS_PATH.stream().map(File::getPath), Stream.of(more))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** With the processor, for Java 21. */
  public static Compile javac() {
    Compile compile = new Compile();
    compile.processors.add(new DistributedServerProcessor());
    compile.options.addAll(List.of("--release", "21"));
    return compile;
  }

  /** For the Java of the JDK that runs: its classes can still be read when all is compiled. */
  public Compile forThisJava() {
    options.removeAll(List.of("--release", "21"));
    return this;
  }

  /** Attributes method bodies too, even after an error: what fails a second time is seen. */
  public Compile toTheEnd() {
    options.add("--should-stop=ifError=FLOW");
    return this;
  }

  /** With more options. */
  public Compile with(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** With another processor, which runs before ours. */
  public Compile with(Processor processor) {
    processors.addFirst(processor);
    return this;
  }

  /** Compiles. */
  public Compilation sources(JavaFileObject... sources) {
    return Compiler.javac()
        .withClasspath(CLASS_PATH)
        .withProcessors(processors)
        .withOptions(options)
        .compile(sources);
  }

  /**
   * Compiles files with the processor, for Java 21, with whatever compiler.
   *
   * @return whether all was compiled
   */
  static boolean files(
      JavaCompiler compiler,
      StandardJavaFileManager manager,
      DiagnosticCollector<JavaFileObject> diagnostics,
      List<String> options,
      List<Path> files) {
    List<String> all = new ArrayList<>(List.of("--release", "21"));
    all.addAll(options);
    JavaCompiler.CompilationTask task =
        compiler.getTask(
            new StringWriter(),
            manager,
            diagnostics,
            all,
            null,
            manager.getJavaFileObjectsFromPaths(files));
    task.setProcessors(List.of(new DistributedServerProcessor()));
    return task.call();
  }

  /** A source file, named by its package and its first type. */
  public static JavaFileObject source(String name, String text) {
    return JavaFileObjects.forSourceString(name, text);
  }

  /** Each error as {@code Counter.java:14:3: text}, each warning with its kind before it. */
  public static List<String> diagnostics(Compilation compilation) {
    return compilation.diagnostics().stream()
        .filter(it -> it.getKind() != Diagnostic.Kind.NOTE)
        .map(Compile::text)
        .toList();
  }

  private static String text(Diagnostic<? extends JavaFileObject> diagnostic) {
    String kind = diagnostic.getKind() == Diagnostic.Kind.ERROR ? "" : diagnostic.getKind() + " ";
    JavaFileObject source = diagnostic.getSource();
    String text = diagnostic.getMessage(Locale.ROOT);
    if (source == null) {
      return kind + text;
    }
    String path = source.getName();
    return String.format(
        "%s%s:%d:%d: %s",
        kind,
        path.substring(path.lastIndexOf('/') + 1),
        diagnostic.getLineNumber(),
        diagnostic.getColumnNumber(),
        text);
  }

  /** The generated sources, by file name. */
  public static Map<String, String> generated(Compilation compilation) {
    Map<String, String> files = new TreeMap<>();
    for (JavaFileObject file : compilation.generatedSourceFiles()) {
      String path = file.getName();
      try {
        files.put(path.substring(path.lastIndexOf('/') + 1), file.getCharContent(false).toString());
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return files;
  }
}
