package io.dgen.internal.term;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a tree of maps, lists, strings, numbers, booleans and null as indented JSON. */
public final class JsonText {

  /** The most characters of a text, and digits of bytes, that are shown. */
  public static final int MAX_TEXT = 1000;

  /** The most items of a list, and entries of a map, that are shown. */
  public static final int MAX_ITEMS = 1000;

  private static final String INDENT = "  ";

  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  public static String of(@Nullable Object tree) {
    JsonText text = new JsonText();
    text.value(tree, 0);
    return text.out.toString();
  }

  private void value(@Nullable Object value, int depth) {
    switch (value) {
      case Map<?, ?> map -> map(map, depth);
      case List<?> list -> list(list, depth);
      case String text -> text(text);
      case null -> out.append("null");
      default -> out.append(value);
    }
  }

  private void map(Map<?, ?> map, int depth) {
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      newLine(depth + 1);
      text(String.valueOf(entry.getKey()));
      out.append(": ");
      value(entry.getValue(), depth + 1);
      separator = ",";
    }
    if (!map.isEmpty()) {
      newLine(depth);
    }
    out.append('}');
  }

  private void list(List<?> list, int depth) {
    out.append('[');
    String separator = "";
    for (Object item : list) {
      out.append(separator);
      newLine(depth + 1);
      value(item, depth + 1);
      separator = ",";
    }
    if (!list.isEmpty()) {
      newLine(depth);
    }
    out.append(']');
  }

  private void newLine(int depth) {
    out.append('\n').append(INDENT.repeat(depth));
  }

  /** Escapes what RFC 8259 requires, and unpaired surrogates, which no encoding of text has. */
  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (unit < ' ' || unit == 0x7F || isHalf(text, i)) {
            out.append(String.format("\\u%04x", (int) unit));
          } else {
            out.append(unit);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isHalf(String text, int i) {
    char unit = text.charAt(i);
    if (Character.isHighSurrogate(unit)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(unit)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
