package io.dgen.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;

/** Compiles sources with the processor, as the Eclipse compiler does; not thread-safe. */
public final class Eclipse implements AutoCloseable {

  private final JavaCompiler compiler = new EclipseCompiler();

  /** One for many compiles: a new one walks through the JDK's whole image. */
  private final StandardJavaFileManager manager =
      compiler.getStandardFileManager(null, Locale.ROOT, null);

  @Override
  public void close() throws IOException {
    manager.close();
  }

  /**
   * Compiles.
   *
   * @param directory an empty one, for sources and classes
   * @param options more options
   * @param sources what to compile
   * @return each error as {@code Counter.java:14:3: text}, each warning with its kind before it
   */
  public List<String> compile(Path directory, List<String> options, JavaFileObject... sources)
      throws IOException {
    List<Path> files = new ArrayList<>();
    for (JavaFileObject source : sources) {
      Path file = directory.resolve(source.getName().substring(1));
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, source.getCharContent(true)));
    }
    Path classes = Files.createDirectory(directory.resolve("classes"));
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    manager.setLocation(StandardLocation.CLASS_PATH, Compile.CLASS_PATH);
    manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
    manager.setLocationFromPaths(StandardLocation.SOURCE_OUTPUT, List.of(classes));
    boolean isDone = Compile.files(compiler, manager, diagnostics, options, files);
    List<String> found = diagnostics.getDiagnostics().stream().map(Eclipse::text).toList();
    if (isDone != found.stream().noneMatch(it -> !it.startsWith("WARNING "))) {
      throw new IllegalStateException("returned " + isDone + " with " + found);
    }
    return found;
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
}
