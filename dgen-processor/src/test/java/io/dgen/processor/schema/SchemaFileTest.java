package io.dgen.processor.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import io.dgen.processor.Compile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file in which a server's released schema is kept. */
class SchemaFileTest {

  private static final String SOURCE =
      Released.counter(
          """
            enum Color { @Renamed({"ROUGE", "ROT"}) RED, GREEN }
            record Item(String id, @Renamed("size") long count, Optional<Color> color) {}
            sealed interface Form {}
            record Round(double radius) implements Form {}
            @Renamed("Box") record Rect(int width, int height) implements Form {}
            record Pair<A, B>(A first, B second) {}
            record State(
                List<Item> items, Map<String, Pair<Integer, Form>> forms, byte[] seal) {}
            @Renamed("Set") record Put(Item item) implements Cast {}
            record Get(int at) implements Call<Optional<Item>> {}
            Optional<Item> handleCall(Get message, State state);
          """);

  private static final String BODY =
      """
      format 1
      server Counter
      version 1
      state State

      call Get: Get -> Optional<Item>
      cast Put: Put was Set

      enum Color
        GREEN
        RED was ROUGE, ROT

      sealed Form
        Rect: Rect was Box
        Round: Round

      record Get
        at: int

      record Item
        color: Optional<Color>
        count: long was size
        id: String

      record Pair<Integer, Form>
        first: Integer
        second: Form

      record Put
        item: Item

      record Rect
        height: int
        width: int

      record Round
        radius: double

      record State
        forms: Map<String, Pair<Integer, Form>>
        items: List<Item>
        seal: byte[]
      """;

  @TempDir private Path directory;

  private Released released;

  @BeforeEach
  void inANewDirectory() {
    released = new Released(directory.resolve("a/dgen"));
  }

  @Test
  void isWrittenWhenTheBuildAsksForIt() throws IOException {
    assertThat(Compile.diagnostics(released.check(SOURCE))).isEmpty();
    assertThat(released.file()).doesNotExist();

    Compilation update = released.update(SOURCE);
    assertThat(Compile.diagnostics(update)).isEmpty();
    assertThat(Released.notes(update))
        .contains("Counter is schema version 1 now; commit " + released.file());
    assertThat(released.text().lines().filter(it -> !it.startsWith("#")))
        .containsExactlyElementsOf(BODY.lines().toList());
  }

  @Test
  void isTheSameInAnyOrderOfDeclarations() throws IOException {
    released.update(SOURCE);
    String first = released.text();
    released.update(
        SOURCE
            .replace("RED, GREEN", "RED, BLUE")
            .replace("BLUE", "GREEN")
            .replace("int width, int height", "int height, int width")
            .replace("sealed interface Form {}", "")
            .replace("record State", "sealed interface Form {}\n record State"));
    assertThat(released.text()).isEqualTo(first);
  }

  @Test
  void countsTheVersionsOfWhatChanged() throws IOException {
    released.update(Released.state("long value"));
    released.update(Released.state("long value"));
    assertThat(released.text()).contains("\nversion 1\n");
    String generated = codec(released.check(Released.state("long value")));
    assertThat(generated).contains("SCHEMA = new SchemaVersion(1);");

    String more = Released.state("long value, String text");
    Compilation check = released.check(more);
    assertThat(Compile.diagnostics(check)).isEmpty();
    assertThat(Released.notes(check))
        .contains(
            "Counter has changed since schema version 1; release the change with"
                + " -Adgen.schema=update");
    assertThat(codec(check)).contains("SCHEMA = new SchemaVersion(-");
    assertThat(released.text()).contains("\nversion 1\n");

    assertThat(codec(released.update(more))).contains("SCHEMA = new SchemaVersion(2);");
    assertThat(released.text()).contains("\nversion 2\n").contains("  text: String\n");
  }

  @Test
  void keepsTheNamesOfWhatWasDropped() throws IOException {
    released.update(Released.state("long value, @Renamed(\"label\") String text"));
    released.update(Released.state("long value"));
    assertThat(released.text()).contains("  reserved label\n  reserved text\n");
    released.update(Released.state("long value, Optional<String> more"));
    assertThat(released.text()).contains("\nversion 3\n").contains("  reserved label\n");
    Compilation check = released.check(Released.state("long value, Optional<String> more"));
    assertThat(Compile.diagnostics(check)).isEmpty();
    assertThat(codec(check)).contains("SCHEMA = new SchemaVersion(3);");
  }

  @Test
  void isReplacedOnlyWhenTheBuildSaysSo() throws IOException {
    released.update(Released.state("long value"));
    String other = Released.state("String value");
    assertThat(Compile.diagnostics(released.update(other))).hasSize(1);
    assertThat(released.text()).contains("  value: long\n");
    assertThat(Compile.diagnostics(released.compile(other, "-Adgen.schema=replace"))).isEmpty();
    assertThat(released.text()).contains("\nversion 2\n").contains("  value: String\n");
    assertThat(Compile.diagnostics(released.compile(other, "-Adgen.schema=replace"))).isEmpty();
    assertThat(released.text()).contains("\nversion 2\n");
    Files.writeString(released.file(), "nonsense");
    assertThat(Compile.diagnostics(released.compile(other, "-Adgen.schema=replace"))).isEmpty();
    assertThat(released.text()).contains("\nversion 1\n");
  }

  @Test
  void mayHaveTheLineEndsOfWindows() throws IOException {
    released.update(SOURCE);
    Files.writeString(released.file(), released.text().replace("\n", "\r\n"));
    Compilation check = released.check(SOURCE);
    assertThat(Compile.diagnostics(check)).isEmpty();
    assertThat(codec(check)).contains("SCHEMA = new SchemaVersion(1);");
  }

  @Test
  void isNotLookedForWithoutADirectory() {
    Compilation compilation =
        Compile.javac().sources(Compile.source(Released.SERVER, Released.state("long value")));
    assertThat(Compile.diagnostics(compilation)).isEmpty();
    assertThat(codec(compilation)).contains("SCHEMA = new SchemaVersion(-");
  }

  /** WidthTest of dgen-tests writes with the one and reads with the other. */
  @Test
  void letsPassWhatTheCodecsRead() throws IOException {
    assertPasses("Width", "Narrow", "Wide");
  }

  /** BreadthTest of dgen-tests writes with the one and reads with the other. */
  @Test
  void letsPassWhatTheCodecsReadOfArraysOptionalsAndSequences() throws IOException {
    assertPasses("Breadth", "Slim", "Broad");
  }

  private void assertPasses(String server, String... versions) throws IOException {
    Path sources = Path.of("../dgen-tests/src/test/java/io/dgen/tests/codec");
    String name = "io.dgen.tests.codec." + server;
    for (String version : versions) {
      String text =
          Files.readString(sources.resolve(version + ".java"))
              .replace("interface " + version, "interface " + server)
              .replaceAll("@Nullable|import org.jspecify[^;]*;", "");
      Compilation compilation =
          Compile.javac()
              .with("-Adgen.schemas=" + directory, "-Adgen.schema=update")
              .sources(Compile.source(name, text));
      assertThat(Compile.diagnostics(compilation)).isEmpty();
    }
    assertThat(Files.readString(directory.resolve(name + ".schema"))).contains("\nversion 2\n");
  }

  private static String codec(Compilation compilation) {
    return Compile.generated(compilation).getOrDefault("CounterCodec.java", "");
  }
}
