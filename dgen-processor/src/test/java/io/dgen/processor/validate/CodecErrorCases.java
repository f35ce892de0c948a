package io.dgen.processor.validate;

import static io.dgen.processor.validate.ErrorCases.CLIENT_INCREMENT;
import static io.dgen.processor.validate.ErrorCases.RIGHT;
import static io.dgen.processor.validate.ErrorCases.cast;
import static io.dgen.processor.validate.ErrorCases.counter;
import static io.dgen.processor.validate.ErrorCases.noCodec;

import java.util.List;

/** Mistakes in the types of components. */
final class CodecErrorCases {

  private CodecErrorCases() {}

  static ErrorCases.Case of(Message message) {
    return switch (message) {
      case ENDLESS_TYPE ->
          put(
              "record Tree<T>(T it, Tree<List<T>> next) {}",
              "Tree<String> §tree",
              "[dgen:endless-type] Put.tree"
                  + ".next".repeat(6)
                  + ": record Tree must not contain itself with ever larger type arguments, which"
                  + " would need infinitely many codecs; found Tree<"
                  + "List<".repeat(6)
                  + "String"
                  + ">".repeat(7)
                  + "; give it the same arguments inside");
      case NOT_CODEC ->
          put(
              "",
              "§@io.dgen.annotations.UseCodec(String.class) Locale it",
              "[dgen:not-codec] Put.it: @UseCodec must name a class that implements"
                  + " io.dgen.codec.TermCodec; found String; name a codec");
      case CODEC_TYPE ->
          put(
              codec("final class LocaleCodec", ""),
              "§@io.dgen.annotations.UseCodec(LocaleCodec.class) List<Locale> it",
              "[dgen:codec-type] Put.it: codec LocaleCodec must be a TermCodec<List<Locale>>; found"
                  + " TermCodec<Locale>; name another codec");
      case CODEC_HIDDEN ->
          put(
              "class Codecs {\n  " + codec("private static final class LocaleCodec", "") + "}",
              "§@io.dgen.annotations.UseCodec(Codecs.LocaleCodec.class) Locale it",
              "[dgen:codec-hidden] Put.it: codec LocaleCodec must be visible in the package of the"
                  + " server, where it is used; found that LocaleCodec is not; make it visible");
      case CODEC_CLASS ->
          put(
              codec("abstract class LocaleCodec", ""),
              "§@io.dgen.annotations.UseCodec(LocaleCodec.class) Locale it",
              codecClass("an abstract class"));
      case CODEC_CONSTRUCTOR ->
          put(
              codec("final class LocaleCodec", "LocaleCodec(int it) {}"),
              "§@io.dgen.annotations.UseCodec(LocaleCodec.class) Locale it",
              codecConstructor("none"));
      case USELESS_CODEC ->
          counter(
              RIGHT
                  + "  §@io.dgen.annotations.UseCodec(PutCodec.class)\n"
                  + "  record Put(long it) implements Cast {}\n"
                  + cast("Put")
                  + codec("final class PutCodec", "").replace("Locale", "Put"),
              CLIENT_INCREMENT,
              "[dgen:useless-codec] Put: @UseCodec must be on a component or on a type that is used"
                  + " in one; found it on a message record, whose components each have a codec;"
                  + " remove it");
      default -> throw new IllegalArgumentException(message + " is in ErrorCases");
    };
  }

  /** Other ways to make the same mistakes. */
  static List<ErrorCases.Case> variants() {
    return List.of(
        put(
            codec("interface LocaleCodec", "").replace("implements", "extends"),
            "§@io.dgen.annotations.UseCodec(LocaleCodec.class) Locale it",
            codecClass("an interface")),
        put(
            "class Codecs {\n  " + codec("class LocaleCodec", "") + "}",
            "§@io.dgen.annotations.UseCodec(Codecs.LocaleCodec.class) Locale it",
            codecClass("an inner class")),
        put(
            codec("final class LocaleCodec<T>", ""),
            "§@io.dgen.annotations.UseCodec(LocaleCodec.class) Locale it",
            codecClass("type parameters")),
        put(
            codec("final class LocaleCodec", "private LocaleCodec() {}"),
            "§@io.dgen.annotations.UseCodec(LocaleCodec.class) Locale it",
            codecConstructor("one that is not visible")),
        put(
            codec("final class LocaleCodec", "LocaleCodec() throws java.io.IOException {}"),
            "§@io.dgen.annotations.UseCodec(LocaleCodec.class) Locale it",
            codecConstructor("one that throws IOException")),
        put(
            codec("final class LocaleCodec", ""),
            "§@io.dgen.annotations.UseCodec(LocaleCodec.class) long it",
            "[dgen:codec-type] Put.it: codec LocaleCodec must be a TermCodec<Long>; found"
                + " TermCodec<Locale>; name another codec"),
        put(
            codec("final class LocaleCodec", "")
                + "  §@io.dgen.annotations.UseCodec(LocaleCodec.class) class Thing {}",
            "Thing a, List<Thing> b",
            "[dgen:codec-type] Thing: codec LocaleCodec must be a TermCodec<Thing>; found"
                + " TermCodec<Locale>; name another codec"),
        put(
            "sealed interface Shape permits Dot {}\n"
                + codec("final class DotCodec", "").replace("Locale", "Dot")
                + "  @io.dgen.annotations.UseCodec(DotCodec.class)\n"
                + "  non-sealed class Dot implements Shape {}",
            "Shape §shape",
            "[dgen:no-codec] Put.shape<Dot>: demo.Counter.Dot has no codec; make it a record"),
        counter(
            "  §@io.dgen.annotations.UseCodec(StateCodec.class)\n"
                + RIGHT
                + codec("final class StateCodec", "").replace("Locale", "State"),
            CLIENT_INCREMENT,
            "[dgen:useless-codec] State: @UseCodec must be on a component or on a type that is used"
                + " in one; found it on the state, whose components each have a codec; remove it"),
        put("", "From<java.net.Socket> §from", noCodec("Put.from<reply>: java.net.Socket")),
        put(
            "record Pair<A, B>(A first, B second) {}",
            "Pair<String, List<java.net.Socket>> §pair",
            noCodec("Put.pair.second<element>: java.net.Socket")),
        put(
            "record Box<T>(T it, java.net.Socket §socket) {}",
            "Box<String> a, Box<Long> b",
            noCodec("Put.a.socket: java.net.Socket")),
        put(
            "record Box<T>(T it) {}",
            "Box<? extends Number> §box",
            "[dgen:no-codec] Put.box<T>: ? extends Number has no codec; it stands for no one type"
                + " here; write the type itself"),
        put(
            "record Box<T>(T it) {}",
            "List<Box> §boxes",
            "[dgen:no-codec] Put.boxes<element>: demo.Counter.Box has no codec; give it its type"
                + " arguments"),
        put(
            "",
            "List<? extends Number> §box",
            "[dgen:no-codec] Put.box<element>: ? extends Number has no codec; it stands for no one"
                + " type here; write the type itself"),
        put(
            "record Line(java.net.Socket §end) implements Shape {}\n"
                + "  sealed interface Shape permits Dot, Line {} record Dot() implements Shape {}",
            "Map<Shape, Long> shapes",
            noCodec("Put.shapes<key><Line>.end: java.net.Socket")),
        put(
            "sealed interface Shape permits Dot, Line {} record Dot() implements Shape {}\n"
                + "  final class Line implements Shape {}",
            "Shape §shape",
            "[dgen:no-codec] Put.shape<Line>: demo.Counter.Line has no codec; make it a record, or"
                + " name a codec with @UseCodec"),
        put(
            "sealed interface Shape<T> permits Dot {}\n"
                + "  record Dot<T, U>(U it) implements Shape<T> {}",
            "Shape<Long> §shape",
            "[dgen:no-codec] Put.shape<Dot><U>: U has no codec; it stands for no one type here;"
                + " write the type itself"),
        put(
            "interface Shape {} record Dot() implements Shape {}",
            "Shape §shape",
            "[dgen:no-codec] Put.shape: demo.Counter.Shape has no codec; seal it over records and"
                + " enums, or name a codec with @UseCodec"),
        put(
            "class Dot {}",
            "Dot §dot",
            "[dgen:no-codec] Put.dot: demo.Counter.Dot has no codec; make it a record, or name a"
                + " codec with @UseCodec"),
        put(
            "",
            "LinkedHashMap<String, Long> §map",
            "[dgen:no-codec] Put.map: LinkedHashMap<String, Long> has no codec; use the interface"
                + " SequencedMap"),
        put(
            "",
            "ArrayList<String> §list",
            "[dgen:no-codec] Put.list: ArrayList<String> has no codec; use the interface List"),
        put(
            "",
            "SortedSet<String> §set",
            "[dgen:no-codec] Put.set: SortedSet<String> has no codec; a comparator cannot be"
                + " stored; use SequencedSet or Set"),
        put(
            "",
            "Collection<String> §all",
            "[dgen:no-codec] Put.all: Collection<String> has no codec; use List or Set"),
        put(
            "",
            "EnumMap §map",
            "[dgen:no-codec] Put.map: EnumMap has no codec; give it its type arguments"),
        put(
            "",
            "EnumSet<?> §set",
            "[dgen:no-codec] Put.set<element>: ? has no codec; it stands for no one type here;"
                + " write the type itself"),
        put(
            "enum Color { RED }",
            "EnumMap<Color, java.net.Socket> §map",
            noCodec("Put.map<value>: java.net.Socket")),
        put("", "Date §date", "[dgen:no-codec] Put.date: Date has no codec; use java.time.Instant"),
        put(
            "",
            "Map<Optional<byte[]>, Long> §map",
            "[dgen:no-codec] Put.map<key>: Optional<byte[]> has no codec; two equal arrays are two"
                + " keys; use a String or a record"),
        put(
            "record Box<T>(int it) {} class Hidden { private record Secret() {}\n"
                + "  public record Open(Box<Secret> §box) {} }",
            "Hidden.Open open",
            "[dgen:inaccessible] Put.open.box<T>: Secret must be visible in the package of the"
                + " server, where its codec is generated; found that Secret is not; make it"
                + " visible"));
  }

  private static String codecClass(String found) {
    return "[dgen:codec-class] Put.it: codec LocaleCodec must be a static or top-level class that"
        + " can be instantiated; found "
        + found
        + "; change it";
  }

  private static String codecConstructor(String found) {
    return "[dgen:codec-constructor] Put.it: codec LocaleCodec must have a constructor without"
        + " parameters that generated code can call; found "
        + found
        + "; add one";
  }

  /** A codec of {@code Locale}, on lines of its own. */
  private static String codec(String head, String more) {
    String methods =
        """
            public void write(io.dgen.codec.TermWriter out, Locale value) { out.writeNull(); }
            public Locale read(io.dgen.codec.TermReader in) { return null; }
        """;
    return head
        + " implements io.dgen.codec.TermCodec<Locale> {\n"
        + (head.startsWith("interface") ? "" : "    " + more + "\n" + methods)
        + "  }\n";
  }

  /** A message record {@code Put} with components, and other declarations in the interface. */
  private static ErrorCases.Case put(String declarations, String components, String text) {
    return counter(
        RIGHT
            + "  record Put("
            + components
            + ") implements Cast {}\n"
            + cast("Put")
            + "  "
            + declarations
            + "\n",
        CLIENT_INCREMENT,
        text);
  }
}
