package io.dgen.processor.schema;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A type as a schema file names it: {@code long}, {@code List<Item>}, {@code int[]}.
 *
 * @param name the name; {@link #ARRAY} for an array
 * @param arguments its type arguments; the element of an array
 */
record TypeText(String name, List<TypeText> arguments) {

  static final String ARRAY = "[]";

  static TypeText of(String name, TypeText... arguments) {
    return new TypeText(name, List.of(arguments));
  }

  TypeText argument(int index) {
    return arguments.get(index);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it is not a type
   */
  static TypeText parse(String text) {
    Parser parser = new Parser(text);
    TypeText type = parser.type();
    if (parser.at < text.length()) {
      throw new IllegalArgumentException(text);
    }
    return type;
  }

  @Override
  public String toString() {
    if (name.equals(ARRAY)) {
      return argument(0) + ARRAY;
    }
    return arguments.isEmpty()
        ? name
        : arguments.stream()
            .map(TypeText::toString)
            .collect(Collectors.joining(", ", name + "<", ">"));
  }

  private static final class Parser {

    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    TypeText type() {
      int start = at;
      while (at < text.length()
          && (Character.isJavaIdentifierPart(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      String name = text.substring(start, at);
      if (name.isEmpty()) {
        throw new IllegalArgumentException(text);
      }
      TypeText type = new TypeText(name, take("<") ? arguments() : List.of());
      while (take(ARRAY)) {
        type = of(ARRAY, type);
      }
      return type;
    }

    private List<TypeText> arguments() {
      List<TypeText> arguments = new java.util.ArrayList<>();
      do {
        arguments.add(type());
      } while (take(", "));
      if (!take(">")) {
        throw new IllegalArgumentException(text);
      }
      return List.copyOf(arguments);
    }

    private boolean take(String expected) {
      boolean isThere = text.startsWith(expected, at);
      at += isThere ? expected.length() : 0;
      return isThere;
    }
  }
}
