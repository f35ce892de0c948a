package io.dgen.generated.codec;

import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.time.DateTimeException;
import java.util.IllformedLocaleException;
import java.util.function.Function;

/** The codec of a type with a text form that can be parsed. */
final class TextCodec<T> extends ScalarCodec<T> {

  private final String type;
  private final Function<T, String> print;
  private final Function<String, T> parse;

  /**
   * Creates a codec.
   *
   * @param type the type with its article, for errors
   * @param print returns the text of a value
   * @param parse returns the value of a text; throws one of the exceptions that {@link #get}
   *     catches if it has none
   */
  TextCodec(String type, Function<T, String> print, Function<String, T> parse) {
    this.type = type;
    this.print = print;
    this.parse = parse;
  }

  @Override
  void put(TermWriter out, T value) {
    out.writeString(print.apply(value));
  }

  @Override
  T get(TermReader in) {
    String text = present(in, in.readString());
    try {
      return parse.apply(text);
    } catch (DateTimeException | IllegalArgumentException | IllformedLocaleException e) {
      throw in.fail("expected " + type + ", found \"" + text + "\"");
    }
  }
}
