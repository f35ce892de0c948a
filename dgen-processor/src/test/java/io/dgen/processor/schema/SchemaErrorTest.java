package io.dgen.processor.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.processor.Compile;
import io.dgen.processor.validate.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each incompatible change is one error at its place: the mark § is where. */
class SchemaErrorTest {

  private static final String PUT = "  record Put(long by) implements Cast {}\n";
  private static final String WORK =
      """
        record Work() implements Cast {}
        CastResult<State> handleCast(Work message, State state);
        LockedResult<Void, State> handleLocked(Work message, State state);
      """;
  private static final String STATE = "  record State(long value) {}\n";

  @TempDir private Path directory;

  private Released released;

  @BeforeEach
  void inANewDirectory() {
    released = new Released(directory);
  }

  /**
   * A change.
   *
   * @param old what is released
   * @param now what is compiled, with the mark
   * @param text the error
   */
  record Change(String old, String now, String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  static Stream<Change> changes() {
    return Stream.of(
        new Change(
            Released.state("long value"),
            Released.counter("")
                .replace("public interface", "public §interface")
                .replace("@DistributedServer", "@DistributedServer(name = \"Tally\")")
                .replace("  \n}", STATE + PUT + "}"),
            "[dgen:schema-name] Counter must keep the name under which its entities are stored,"
                + " \"Counter\"; found \"Tally\"; write @DistributedServer(name = \"Counter\")"),
        new Change(
            Released.state("long value, List<Long> list"),
            Released.state("int §value, List<Long> list"),
            "[dgen:schema-type] State.value must read what schema version 1 wrote, long; found int;"
                + " keep the type or a wider one, or give the component another name"),
        new Change(
            Released.counter(
                STATE + "record Item(int a) {} record Put(List<Item> it) implements Cast {}"),
            Released.counter(
                STATE + "record Item(String §a) {} record Put(List<Item> it) implements Cast {}"),
            "[dgen:schema-type] Item.a must read what schema version 1 wrote, int; found String;"
                + " keep the type or a wider one, or give the component another name"),
        new Change(
            Released.counter(STATE + PUT + get("Long")),
            Released.counter(STATE + PUT + get("String").replace("record", "§record")),
            "[dgen:schema-type] the reply of Get must read what schema version 1 wrote, Long; found"
                + " String; keep the type or a wider one, or give the component another name"),
        new Change(
            Released.counter(STATE + PUT + WORK + "record Charge() implements Step<String> {}"),
            Released.counter(STATE + PUT + WORK + "record Bill() implements Step<String> {}")
                .replace("public interface", "public §interface"),
            "[dgen:schema-step] Counter must have every step of schema version 1, since its result"
                + " may be recorded under a lock; found no Charge; keep it until no message has"
                + " one, or put @Renamed(\"Charge\") on the record that it is now"),
        new Change(
            Released.counter(STATE + PUT + WORK + "record Charge() implements Step<Long> {}"),
            Released.counter(STATE + PUT + WORK + "§record Charge() implements Step<String> {}"),
            "[dgen:schema-type] the result of Charge must read what schema version 1 wrote, Long;"
                + " found String; keep the type or a wider one, or give the component another"
                + " name"),
        new Change(
            Released.counter("enum Color { RED, BLUE } record State(Color it) {}" + PUT),
            Released.counter("§enum Color { RED, GREEN } record State(Color it) {}" + PUT),
            "[dgen:schema-constant] enum Color must have every constant of schema version 1, since"
                + " it may be stored; found no BLUE; keep it, or put @Renamed(\"BLUE\") on the"
                + " constant that it is now"),
        new Change(
            Released.counter(sealed("A", "B") + PUT),
            Released.counter(sealed("A", "C").replace("sealed", "sealed §") + PUT)
                .replace("sealed § interface", "sealed §interface"),
            "[dgen:schema-variant] sealed Form must have every variant of schema version 1, since"
                + " it may be stored; found no B; keep it, or put @Renamed(\"B\") on the variant"
                + " that it is now"),
        new Change(
            Released.counter(STATE + PUT + get("Long")),
            Released.counter(STATE + PUT).replace("public interface", "public §interface"),
            "[dgen:schema-message] Counter must have every message of schema version 1, since it"
                + " may be queued; found no Get; keep it until no queue holds one, or put"
                + " @Renamed(\"Get\") on the record that it is now"),
        new Change(
            Released.counter(STATE + PUT + get("Long") + answer("Long")),
            Released.counter(STATE + PUT + get("Long"))
                .replace("public interface", "public §interface"),
            "[dgen:schema-answer] Counter must have every handleAnswer of schema version 1, since"
                + " an ask may be open; found none for Counter.Get; keep it until no answer to one"
                + " is owed, queued or a dead letter"),
        new Change(
            Released.counter(STATE + PUT),
            Released.counter(STATE + PUT.replace("record", "§record").replace("Cast", "Info"))
                .replace("handleCast", "handleInfo"),
            "[dgen:schema-kind] message record Put must stay a cast, as in schema version 1, since"
                + " it may be queued; found info; declare another record"),
        new Change(
            Released.counter(STATE + PUT + get("Long")),
            Released.counter(STATE + PUT + look("Get", "Long").replace("record", "§record")),
            "[dgen:schema-kind] message record Get must stay a call, as in schema version 1, since"
                + " it may be queued; found query; declare another record"),
        new Change(
            Released.counter(STATE + PUT + look("Look", "Long")),
            Released.counter(STATE + PUT + look("Look", "Integer").replace("record", "§record")),
            "[dgen:schema-type] the reply of Look must read what schema version 1 wrote, Long;"
                + " found Integer; keep the type or a wider one, or give the component another"
                + " name"),
        new Change(
            Released.state("@Renamed({\"b\", \"c\"}) long value"),
            Released.state("@Renamed(\"b\") long §value"),
            "[dgen:schema-forgotten] State.value must keep the former names that schema version 1"
                + " has, since data under them may be stored; found no \"c\"; add it to its"
                + " @Renamed"),
        new Change(
            Released.state("long value, String name"),
            Released.state("long value, String §title"),
            "[dgen:schema-lost] State.title is new, and schema version 1 has \"name\", which is"
                + " gone; found no @Renamed; write @Renamed(\"name\") if it is the same, or"
                + " @Default(...) if it is something else"));
  }

  private static String get(String reply) {
    return "  record Get() implements Call<"
        + reply
        + "> {}\n  "
        + reply
        + " handleCall(Get message, State state);\n";
  }

  private static String answer(String reply) {
    return "  State handleAnswer(Get asked, Answer<" + reply + "> answer, State state);\n";
  }

  private static String look(String name, String reply) {
    return String.format(
        "  record %1$s() implements Query<%2$s> {}%n  %2$s handleQuery(%1$s message, State"
            + " state);%n",
        name, reply);
  }

  private static String sealed(String one, String other) {
    return "sealed interface Form {} record "
        + one
        + "(int a) implements Form {} record "
        + other
        + "(int a) implements Form {} record State(Form form) {}\n";
  }

  @ParameterizedTest
  @MethodSource("changes")
  void eachIsOneErrorAtItsPlace(Change change) {
    assertThat(Compile.diagnostics(released.update(change.old()))).isEmpty();
    assertError(change.now(), change.text());
  }

  @Test
  void aNameThatWasDroppedIsNotGivenAgain() {
    released.update(Released.state("long value, int size"));
    released.update(Released.state("long value"));
    assertError(
        Released.state("long value, String §size"),
        "[dgen:schema-reused] State.size must not reuse a removed name, since data may still be"
            + " stored under it; found \"size\"; choose another name");
  }

  /** It is never stored. */
  @Test
  void aQueryMayGoOrBecomeSomethingElse() throws IOException {
    released.update(Released.counter(STATE + PUT + look("Look", "Long") + look("See", "Long")));
    assertThat(released.text()).contains("query Look: Look -> Long\n");
    assertThat(
            Compile.diagnostics(
                released.update(
                    Released.counter(STATE + PUT + get("Long").replace("Get", "Look")))))
        .isEmpty();
    assertThat(released.text()).contains("call Look: Look -> Long\n").doesNotContain("See");
  }

  /** Those of another server, whose name may be any text, are the asker's to keep. */
  @Test
  void whatIsAskedAndItsAnswerAreInTheFile() throws IOException {
    released.update(asking("\"a: b -> c, d was e\"", "Reserve", "int", "int"));
    assertThat(released.text())
        .contains("answer a: b -> c, d was e.Reserve: Stock.Reserve -> Integer\n")
        .contains("record Stock.Reserve\n  count: int\n");
    String renamed =
        asking("\"a: b -> c, d was e\"", "Book", "long", "int")
            .replace("record Book", "@Renamed(\"Reserve\") record Book");
    released.update(renamed);
    assertThat(released.text())
        .contains("\nversion 2\n")
        .contains("answer a: b -> c, d was e.Book: Stock.Book -> Integer was Reserve\n");
    assertThat(errors(renamed)).isEmpty();
    String start = "Counter.java:11:8: [dgen:schema-";
    String version = "must read what schema version 2 wrote, ";
    String advice = "; keep the type or a wider one, or give the component another name";
    assertThat(errors(renamed.replace("(long count)", "(int count)")))
        .containsExactly(start + "type] Stock.Book.count " + version + "long; found int" + advice);
    assertThat(errors(renamed.replace("Integer>", "Short>").replace("int handle", "short handle")))
        .containsExactly(
            start
                + "type] the reply of a: b -> c, d was e.Book "
                + version
                + "Integer; found Short"
                + advice);
    assertThat(errors(renamed.replace("@Renamed(\"Reserve\")", "")))
        .containsExactly(
            start
                + "forgotten] a: b -> c, d was e.Book must keep the former names that schema"
                + " version 2 has, since data under them may be stored; found no \"a: b -> c, d was"
                + " e.Reserve\"; add it to its @Renamed");
  }

  /** Those of the asker, at its interface; the asked server has a schema of its own. */
  private List<String> errors(String source) {
    return Compile.diagnostics(released.check(source)).stream()
        .filter(it -> it.startsWith("Counter.java:11:8:"))
        .toList();
  }

  private static String asking(String name, String record, String component, String reply) {
    String stock =
        """
        @DistributedServer(name = %1$s)
        interface Stock {
          record State(long count) {} record %2$s(%3$s count) implements Call<Integer> {}
          State init(); %4$s handleCall(%2$s message, State state);
        }
        @DistributedServer
        """
            .formatted(name, record, component, reply);
    return Released.counter(
            STATE
                + PUT
                + "State handleAnswer(Stock.%s a, Answer<Integer> b, State c);".formatted(record))
        .replace("@DistributedServer\n", stock);
  }

  @Test
  void aDefaultSaysThatSomethingIsNew() {
    released.update(Released.state("long value, String name"));
    assertThat(
            Compile.diagnostics(
                released.update(Released.state("long value, @Default(\"-\") String title"))))
        .isEmpty();
  }

  @Test
  void aRenamedThingIsTheSame() throws IOException {
    released.update(
        Released.counter(
            "enum Color { RED } record State(Color a, int b) {}\n" + PUT + get("Long")));
    assertThat(
            Compile.diagnostics(
                released.update(
                    Released.counter(
                        "enum Paint { @Renamed(\"RED\") ROUGE }\n"
                            + "record State(@Renamed(\"a\") Paint paint, @Renamed(\"b\") long c) {}"
                            + PUT
                            + "@Renamed(\"Get\") "
                            + get("Long").replace("Get", "Fetch")))))
        .isEmpty();
    assertThat(released.text()).contains("\nversion 2\n").contains("c: long was b\n");
  }

  @Test
  void whatIsWrongOutsideTheInterfaceIsShownWhereItIsReached() {
    String count = "record Count(%s it) {}\n";
    String counter =
        Released.state("long value, List<Count> §counts")
            .replace("@DistributedServer", count + "@DistributedServer");
    released.update(counter.formatted("long"));
    assertThat(Compile.diagnostics(released.check(counter.formatted("int"))))
        .filteredOn(it -> !it.startsWith("WARNING"))
        .containsExactly(
            "Counter.java:10:40: [dgen:schema-type] Count.it must read what schema version 1 wrote,"
                + " long; found int; keep the type or a wider one, or give the component another"
                + " name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Set<Color>          | EnumSet<Color>
          EnumSet<Color>      | List<Color>
          EnumSet<Color>      | Set<String>
          SequencedSet<Color> | EnumSet<Color>
          Map<Color, Integer> | EnumMap<Color, Long>
          EnumMap<Color, Long> | Map<Color, Long>
          EnumMap<Color, Long> | Map<String, Long>
          Locale              | Optional<Locale>
          """)
  void aTypeThatReadsAsMuchIsNone(String old, String now) throws IOException {
    String source = Released.counter("enum Color { RED } record State(%s it) {}\n" + PUT);
    assertThat(Compile.diagnostics(released.update(source.formatted(old)))).isEmpty();
    assertThat(released.text()).contains("  it: " + old + "\n");
    assertThat(Compile.diagnostics(released.check(source.formatted(now)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Long             | long
          short            | byte
          long             | double
          int              | float
          float            | BigDecimal
          short            | char
          char             | short
          int              | boolean
          String           | UUID
          UUID             | String
          String           | Color
          Instant          | Duration
          List<String>     | Set<String>
          List<Long>       | List<Integer>
          String           | List<String>
          Optional<Long>   | long
          Optional<Long>   | Optional<Integer>
          Optional<Long>   | Optional<Optional<Long>>
          Long             | Optional<Optional<Long>>
          Map<Integer, String> | Map<String, String>
          Map<String, String>  | Map<Color, String>
          Map<Long, String>    | Map<Integer, String>
          Map<String, Long>    | Map<String, Integer>
          Map<String, Long>    | Pair
          Pair             | Map<String, Integer>
          Pair             | Color
          Pair             | Form
          Form             | Pair
          byte[]           | List<Byte>
          byte[]           | short[]
          short[]          | byte[]
          long[]           | int[]
          char[]           | short[]
          double[]         | float[]
          int[]            | Set<Integer>
          List<Integer>    | int[]
          int[]            | int[][]
          OptionalLong     | OptionalInt
          OptionalLong     | long
          OptionalInt      | int
          OptionalLong     | OptionalDouble
          OptionalInt      | Optional<OptionalInt>
          BigInteger       | long
          BigInteger       | double
          BigDecimal       | BigInteger
          SequencedCollection<Long> | SequencedSet<Long>
          List<Color>      | EnumSet<Color>
          Set<String>      | EnumSet<Color>
          Map<String, Long> | EnumMap<Color, Long>
          Currency         | Locale
          String           | Currency
          java.net.URI     | String
          """)
  void aTypeThatReadsLessIsAnError(String old, String now) {
    String types =
        "enum Color { RED } record Pair(int a, long b) {} sealed interface Form {}"
            + " record Round(int a) implements Form {}\n"
            + PUT;
    String imports = "import java.math.*;\nimport java.time.*;\n@DistributedServer";
    String source =
        Released.counter("record State(%s it) {}\n" + types).replace("@DistributedServer", imports);
    assertThat(Compile.diagnostics(released.update(source.formatted(old)))).isEmpty();
    assertThat(Compile.diagnostics(released.check(source.formatted(now))))
        .singleElement()
        .asString()
        .contains(
            "[dgen:schema-type] State.it must read what schema version 1 wrote, "
                + old
                + "; found "
                + now
                + ";");
  }

  @Test
  void eachChangeHasACodeOfItsOwn() {
    // The option, the file and the reused name have tests of their own below and above.
    assertThat(changes().map(it -> it.text().replaceFirst("].*", "]")).distinct())
        .hasSize(
            (int)
                    Arrays.stream(Message.values())
                        .filter(it -> it.name().startsWith("SCHEMA_"))
                        .count()
                - 3);
  }

  @Test
  void optionsMustBeRight() throws IOException {
    String source = Released.state("long value").replace("public interface", "public §interface");
    String start = "Counter.java:6:8: [dgen:schema-option] the processor's option ";
    assertThat(Compile.diagnostics(released.compile(source, "-Adgen.schema=write")))
        .containsExactly(
            start + "dgen.schema must be check, update or replace; found write; correct the build");
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThat(Compile.diagnostics(new Released(file).check(source)))
        .containsExactly(
            start + "dgen.schemas must be a directory; found " + file + "; correct the build");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          format 1         | format 2           | 3  | format 2, which this version of dgen does not read
          format 1         | form               | 3  | no line that begins with "format"
          version 1        | version one        | 5  | "one", which is no number
          state State      | state Nothing      | 1  | no record Nothing, which is its state
          cast Put: Put    | cast Put           | 8  | "cast Put"
          value: long      | value: List<       | 14 | "List<", which is no type
          value: long      | value              | 14 | "  value"
          record State     | recrod State       | 13 | "recrod State"
          """)
  void aFileThatIsNotAsItWasWrittenIsOneError(String line, String damaged, int number, String found)
      throws IOException {
    String source = Released.state("long value").replace("public interface", "public §interface");
    released.update(source);
    Files.writeString(released.file(), released.text().replace(line, damaged));
    assertError(
        source,
        "[dgen:schema-file] "
            + released.file()
            + " must be unchanged since the build wrote it; found, in line "
            + number
            + ", "
            + found
            + "; restore the file, or write a new one with -Adgen.schema=replace");
  }

  private void assertError(String source, String text) {
    int mark = source.indexOf('§');
    String before = source.substring(0, mark);
    long line = 1 + before.chars().filter(it -> it == '\n').count();
    assertThat(Compile.diagnostics(released.check(source)))
        .isEqualTo(
            List.of(
                "Counter.java:%d:%d: %s".formatted(line, mark - before.lastIndexOf('\n'), text)));
  }
}
