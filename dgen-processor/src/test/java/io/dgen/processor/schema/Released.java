package io.dgen.processor.schema;

import com.google.testing.compile.Compilation;
import io.dgen.processor.Compile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;

/** A directory of schema files, and compiles of one server against it. */
record Released(Path directory) {

  static final String SERVER = "demo.Counter";

  /** What a server is made of here, around its state and its messages. */
  static String counter(String declarations) {
    return """
    package demo;
    import io.dgen.*;
    import io.dgen.annotations.*;
    import java.util.*;
    @DistributedServer
    public interface Counter {
      State init();
      State handleCast(Put message, State state);
      %s
    }
    """
        .formatted(declarations);
  }

  /** A server whose state has these components. */
  static String state(String components) {
    return counter("record State(" + components + ") {}\n  record Put(long by) implements Cast {}");
  }

  /** Releases what is compatible. */
  Compilation update(String source) {
    return compile(source, "-Adgen.schema=update");
  }

  /** Compiles with the check alone. */
  Compilation check(String source) {
    return compile(source);
  }

  Compilation compile(String source, String... options) {
    return Compile.javac()
        .toTheEnd()
        .with("-Xlint:all", "-Werror", "-Adgen.schemas=" + directory)
        .with(options)
        .sources(Compile.source(SERVER, source.replace("§", "")));
  }

  Path file() {
    return directory.resolve(SERVER + ".schema");
  }

  String text() throws IOException {
    return Files.readString(file());
  }

  static List<String> notes(Compilation compilation) {
    return compilation.diagnostics().stream()
        .filter(it -> it.getKind() == Diagnostic.Kind.NOTE)
        .map(it -> it.getMessage(Locale.ROOT))
        .toList();
  }
}
