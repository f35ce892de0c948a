package io.dgen.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types that were compiled earlier: the processor sees their class files, and no source. */
class CompiledRecordsTest {

  private static final JavaFileObject LIBRARY =
      Compile.source(
          "library.Parts",
          """
          package library;
          import io.dgen.annotations.*;
          import io.dgen.codec.*;
          import java.util.*;
          public interface Parts {
            record Pair<A, B>(A first, List<B> second) {}
            record Part(@Id UUID number, String name, @UseCodec(LocaleCodec.class) Locale locale) {}
            @Term record Whole(int a, int b) {}
            sealed interface Shape<T> permits Dot, Line {}
            record Dot<T>(T at) implements Shape<T> {}
            record Line<T>(Shape<T> from, Shape<T> to) implements Shape<T> {}
            record Secret(Hidden hidden) {}
            class LocaleCodec implements TermCodec<Locale> {
              public void write(TermWriter out, Locale value) {
                out.writeString(value.toLanguageTag());
              }
              public Locale read(TermReader in) { return Locale.forLanguageTag(in.readString()); }
            }
          }
          enum Hidden { ONE }
          """);

  /** With a component to be put in. */
  private static final String SERVER =
      """
      package demo;
      import io.dgen.*;
      import io.dgen.annotations.DistributedServer;
      import java.util.*;
      import library.Parts.*;
      @DistributedServer
      interface Store {
        record State(Pair<String, Long> pair, List<Part> parts, Whole whole, Shape<UUID> shape) {}
        record Put(COMPONENT it) implements Cast {}
        State init();
        State handleCast(Put message, State state);
      }
      """;

  @TempDir private Path directory;

  private Compilation server(String component) throws IOException {
    keep(Compiler.javac().withOptions("--release", "21").compile(LIBRARY));
    return Compile.javac()
        .with("-cp", Compile.classPath(directory.toString()))
        .sources(Compile.source("demo.Store", SERVER.replace("COMPONENT", component)));
  }

  private void keep(Compilation library) throws IOException {
    for (JavaFileObject file : library.generatedFiles()) {
      if (file.getKind() == JavaFileObject.Kind.CLASS) {
        String name = file.getName().replaceFirst("^/" + StandardLocation.CLASS_OUTPUT + "/", "");
        Files.createDirectories(directory.resolve(name).getParent());
        try (InputStream in = file.openInputStream()) {
          Files.write(directory.resolve(name), in.readAllBytes());
        }
      }
    }
  }

  @Test
  void haveCodecsWithWhatTheirAnnotationsSay() throws IOException {
    Compilation compilation = server("Shape<Part>");
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(Compile.generated(compilation).get("StoreCodec.java"))
        .contains(
            "TermCodecs.components(PartRecord.INSTANCE, Parts.Part::number, TermCodecs.UUID)",
            "TermCodecs.customOfImmutable(new Parts.LocaleCodec())",
            "out.putTerm(WHOLE, WholeRecord.INSTANCE, value.whole());",
            "new Parts.Pair<String, Long>(first, second)",
            "new Variant<Parts.Dot<Parts.Part>>(\"Dot\", Parts.Dot.class,"
                + " DotOfPartRecord.INSTANCE)");
  }

  /** The whole of what generated code says of it: its name, its methods, its former names. */
  @Test
  void mayBeThoseThatAServerAsksWith() throws IOException {
    Compilation compilation = asking("Reserve", "Boolean");
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(Compile.generated(compilation).get("OrderAsks.java"))
        .contains(
            "new ToStock(asking.to(\"goods\", id, StockCodec.MESSAGES))",
            "public void hold(String order, int... counts)",
            "this.ref.ask(new StockMessage.Reserve(message))");
    assertThat(Compile.generated(compilation).get("OrderCodec.java"))
        .contains(
            ".answer(\"goods\", \"Reserve\", OrderMessage.StockReserve.class,",
            ".renamed(\"goods.Reserve\", \"goods.Book\")");
  }

  @Test
  void cannotBeAskedWithWhereTheirTypesAreNotVisible() throws IOException {
    assertThat(Compile.diagnostics(asking("Secret", "Boolean")))
        .isEqualTo(
            List.of(
                "Order.java:9:35: [dgen:inaccessible] Secret.hidden: Hidden must be visible in the"
                    + " package of the server, where its codec is generated; found that Hidden is"
                    + " not; make it visible"));
  }

  private Compilation asking(String record, String reply) throws IOException {
    keep(
        Compile.javac()
            .sources(
                Compile.source(
                    "library.Stock",
                    """
                    package library;
                    import io.dgen.*;
                    import io.dgen.annotations.*;
                    @DistributedServer(name = "goods")
                    public interface Stock {
                      record State(int count) {}
                      State init();
                      @ClientName("hold") @Renamed("Book")
                      record Reserve(String order, int... counts) implements Call<Boolean> {}
                      boolean handleCall(Reserve message, State state);
                      record Secret(Hidden hidden) implements Call<Boolean> {}
                      boolean handleCall(Secret message, State state);
                    }
                    enum Hidden { ONE }
                    """)));
    return Compile.javac()
        .with("-cp", Compile.classPath(directory.toString()))
        .sources(
            Compile.source(
                "demo.Order",
                """
                package demo;
                import io.dgen.*;
                import library.Stock;
                @io.dgen.annotations.DistributedServer
                interface Order {
                  record State(int count) {} record Put() implements Cast {}
                  State init();
                  State handleCast(Put message, State state);
                  State handleAnswer(Stock.%s asked, Answer<%s> answer, State state);
                }
                """
                    .formatted(record, reply)));
  }

  @Test
  void areShownWrongWhereTheyAreUsed() throws IOException {
    assertThat(Compile.diagnostics(server("List<Secret>")))
        .isEqualTo(
            List.of(
                "Store.java:9:27: [dgen:inaccessible] Put.it<element>.hidden: Hidden must be"
                    + " visible in the package of the server, where its codec is generated; found"
                    + " that Hidden is not; make it visible"));
  }
}
