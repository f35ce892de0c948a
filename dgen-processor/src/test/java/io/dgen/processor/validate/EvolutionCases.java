package io.dgen.processor.validate;

import static io.dgen.processor.validate.ErrorCases.CLIENT_INCREMENT;
import static io.dgen.processor.validate.ErrorCases.INCREMENT;
import static io.dgen.processor.validate.ErrorCases.INIT;
import static io.dgen.processor.validate.ErrorCases.RIGHT;
import static io.dgen.processor.validate.ErrorCases.STATE;
import static io.dgen.processor.validate.ErrorCases.counter;

import io.dgen.processor.validate.ErrorCases.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Defaults and former names that are wrong. */
final class EvolutionCases {

  /** A type, a text that is none of it, and what it must be. */
  private static final String[][] DEFAULTS = {
    {"boolean", "\"yes\"", "true or false"},
    {"byte", "\"128\"", "a byte such as 0"},
    {"Short", "\"-32769\"", "a short such as 0"},
    {"Long", "\"0L\"", "a long such as 0"},
    {"char", "\"\"", "one UTF-16 unit such as x"},
    {"float", "\"1e99\"", "a float such as 0.5"},
    {"double", "\" 1\"", "a double such as 0.5"},
    {"java.math.BigDecimal", "\"1,5\"", "a decimal such as 0.50"},
    {"UUID", "\"1-1-1-1-1\"", "a UUID such as 00000000-0000-0000-0000-000000000000"},
    {"java.net.URI", "\"%zz\"", "a URI such as https://example.org/"},
    {"Currency", "\"eur\"", "a currency such as EUR"},
    {"Locale", "\"fr_CA\"", "a language tag such as de-CH"},
    {"java.time.Instant", "\"now\"", "an Instant such as 2026-01-31T12:00:00Z"},
    {"Color", "\"ROUGE\"", "one of RED, GREEN"},
    {"Optional<Integer>", "\"none()\"", "an int such as 0"},
  };

  private EvolutionCases() {}

  /** Every way to be wrong. */
  private static final Map<String, String> METHODS =
      Map.of(
          "hidden", "hidden(), which is not visible; make it visible",
          "ofInstance", "ofInstance(), which is not static; make it static",
          "of", "of(String[]), which has parameters; remove them",
          "numbers", "numbers(), which returns List<Integer>; return List<String>",
          "read", "read(), which throws IOException; catch it",
          "unknown", "no method unknown(); declare such a method",
          "init", "init() in Counter; move it to State");

  static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (String[] it : DEFAULTS) {
      cases.add(
          state(
              "long value, §@Default(%s) %s it".formatted(it[1], it[0]),
              "[dgen:default-value] State.it: @Default must be %s; found %s; correct it"
                  .formatted(it[2], it[1])));
    }
    METHODS.forEach(
        (method, found) ->
            cases.add(
                state(
                    "long value, §@Default(\"" + method + "()\") List<String> tags",
                    defaultMethod(found))));
    for (String name : List.of("\"\"", "\"a b\"", "\"1a\"")) {
      cases.add(
          state(
              "long value, §@Renamed({\"old\", " + name + "}) int size",
              renamedName("State.size", name)));
    }
    cases.add(
        state(
            "long value, §@Renamed(\"size\") int size", renamedName("State.size", "its own name")));
    cases.add(
        state(
            "long value, §@Renamed({\"a\", \"a\"}) int size",
            renamedName("State.size", "\"a\" twice")));
    cases.add(
        counter(
            RIGHT
                + """
                  record Item(String id, §@Renamed("id") String name) {}
                  record Put(List<Item> items) implements Cast {}
                  default State handleCast(Put message, State state) { return state; }
                """,
            CLIENT_INCREMENT + "client.put(List.of());",
            "[dgen:renamed-taken] Put.items<element>.name: @Renamed must give names that are not in"
                + " use; found \"id\", the name of Put.items<element>.id; remove one of the two"));
    cases.add(
        counter(
            RIGHT
                + """
                  enum Color { RED, @Renamed(§"RED") BLUE }
                  record Put(Color color) implements Cast {}
                  default State handleCast(Put message, State state) { return state; }
                """,
            CLIENT_INCREMENT + "client.put((demo.Counter.Color) null);",
            "[dgen:renamed-taken] Color.BLUE: @Renamed must give names that are not in use; found"
                + " \"RED\", the name of Color.RED; remove one of the two"));
    cases.add(
        counter(
            STATE
                + INIT
                + INCREMENT
                + """
                  @Renamed(§"Increment") record Put(long it) implements Cast {}
                  default State handleCast(Put message, State state) { return state; }
                """,
            CLIENT_INCREMENT + "client.put(1);",
            "[dgen:renamed-taken] Put: @Renamed must give names that are not in use; found"
                + " \"Increment\", the name of Increment; remove one of the two"));
    cases.add(
        counter(
            RIGHT + "  enum Color { RED, §@Renamed(\"BLEU\") BLUE }\n",
            CLIENT_INCREMENT,
            uselessRenamed("Color.BLUE")));
    cases.add(
        counter(
            RIGHT + "  §@Renamed(\"Memo\") record Note(String text) {}\n",
            CLIENT_INCREMENT,
            uselessRenamed("Note")));
    cases.add(
        counter(
            RIGHT + "  §@Renamed(\"MOST\") int LIMIT = 3;\n",
            CLIENT_INCREMENT,
            uselessRenamed("Counter.LIMIT")));
    return cases;
  }

  static String defaultMethod(String found) {
    return "[dgen:default-method] State.tags: @Default of List<String> must name a method of State"
        + " that is static, visible here, without parameters and exceptions, and returns it, such"
        + " as \"none()\"; found "
        + found;
  }

  static String renamedName(String path, String found) {
    return "[dgen:renamed-name] "
        + path
        + ": @Renamed must give one former name or more, each a Java identifier, none twice and"
        + " none its own; found "
        + found
        + "; correct it";
  }

  static String uselessRenamed(String path) {
    return "[dgen:useless-renamed] "
        + path
        + ": @Renamed must be on a message record, on a component of the state, of a message or of"
        + " a record in them, or on a variant of a sealed interface or a constant of an enum in"
        + " them; found it on something that is never stored by that name; remove it";
  }

  /** A state with these components. */
  static Case state(String components, String text) {
    return counter(
        "  record State("
            + components
            + """
            ) {
                private static List<String> hidden() { return List.of(); }
                List<String> ofInstance() { return List.of(); }
                static List<String> of(String... tags) { return List.of(tags); }
                static List<Integer> numbers() { return List.of(); }
                static List<String> read() throws java.io.IOException { return List.of(); }
              }
              enum Color { @Renamed({"ROUGE", "ROT"}) RED, GREEN }
              State init();
              State handleCast(Increment message, State state);
              record Increment(long by, Color color) implements Cast {}
            """,
        "client.increment(1, null);",
        text);
  }
}
