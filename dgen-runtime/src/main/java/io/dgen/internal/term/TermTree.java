package io.dgen.internal.term;

import io.dgen.codec.CodecException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.cbor.CBORParser;

/**
 * A term as a tree of maps, lists, strings, numbers, booleans and null, built without its codec.
 * Long values are truncated: see {@link JsonText}.
 */
public final class TermTree {

  private final CBORParser in;

  private TermTree(CBORParser in) {
    this.in = in;
  }

  /** Returns the tree of a term, or for other bytes a tree that shows them. */
  public static @Nullable Object of(byte[] bytes) {
    try (CBORParser in = Cbor.parser(bytes)) {
      TermTree tree = new TermTree(in);
      Object value = tree.value(tree.next());
      if (in.nextToken() != null) {
        return undecodable(bytes, "something follows the end of the term");
      }
      return value;
    } catch (RuntimeException e) { // Anything that is stored can be shown.
      return undecodable(bytes, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Checks that bytes are a term, down to the last character of its texts.
   *
   * @throws CodecException if they are not
   */
  static void check(byte[] bytes) {
    try (CBORParser in = Cbor.parser(bytes)) {
      int depth = 0;
      do {
        JsonToken token = in.nextToken();
        if (token == null) {
          throw new CodecException("the term ends too early");
        }
        switch (token) {
          case START_OBJECT, START_ARRAY -> depth++;
          case END_OBJECT, END_ARRAY -> depth--;
          case VALUE_STRING -> in.getString();
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getNumberValue();
          case VALUE_EMBEDDED_OBJECT -> in.getEmbeddedObject();
          default -> {}
        }
      } while (depth > 0);
      if (in.nextToken() != null) {
        throw new CodecException("something follows the end of the term");
      }
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CodecException("it is not a term", e);
    }
  }

  /** Returns a tree that shows bytes that are not a term. */
  public static Map<String, @Nullable Object> undecodable(byte[] bytes, String problem) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    int line = problem.indexOf('\n');
    shown.put("undecodable", hex(bytes));
    shown.put("problem", line < 0 ? problem : problem.substring(0, line));
    return shown;
  }

  /** Returns bytes as hexadecimal digits, truncated if there are many. */
  public static String hex(byte[] bytes) {
    int most = JsonText.MAX_TEXT / 2;
    return bytes.length <= most
        ? "0x" + HexFormat.of().formatHex(bytes)
        : "0x" + HexFormat.of().formatHex(bytes, 0, most) + "... (" + bytes.length + " bytes)";
  }

  private JsonToken next() {
    JsonToken token = in.nextToken();
    if (token == null) {
      throw new CodecException("the term ends too early");
    }
    return token;
  }

  private @Nullable Object value(JsonToken token) {
    int tag = in.getCurrentTag();
    return switch (token) {
      case START_OBJECT -> time(tag, map());
      case START_ARRAY -> list();
      case VALUE_STRING -> text(in.getString());
      case VALUE_NUMBER_INT -> in.getNumberValue();
      case VALUE_NUMBER_FLOAT -> fraction(in.getNumberValue());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_EMBEDDED_OBJECT -> embedded(tag, in.getEmbeddedObject());
      case END_ARRAY, END_OBJECT, PROPERTY_NAME, NOT_AVAILABLE ->
          throw new CodecException("the term holds " + token + " where a value should be");
    };
  }

  private Map<String, @Nullable Object> map() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    int count = 0;
    while (next() == JsonToken.PROPERTY_NAME) {
      count++;
      String name = in.currentName();
      JsonToken token = next();
      if (count <= JsonText.MAX_ITEMS) {
        map.put(name, value(token));
      } else {
        in.skipChildren();
      }
    }
    if (count > JsonText.MAX_ITEMS) {
      map.put("...", (count - JsonText.MAX_ITEMS) + " more");
    }
    return map;
  }

  private List<@Nullable Object> list() {
    List<@Nullable Object> list = new ArrayList<>();
    int count = 0;
    for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
      count++;
      if (count <= JsonText.MAX_ITEMS) {
        list.add(value(token));
      } else {
        in.skipChildren();
      }
    }
    if (count > JsonText.MAX_ITEMS) {
      list.add("... " + (count - JsonText.MAX_ITEMS) + " more");
    }
    return list;
  }

  private static String text(String text) {
    return text.length() <= JsonText.MAX_TEXT
        ? text
        : text.substring(0, JsonText.MAX_TEXT) + "... (" + text.length() + " characters)";
  }

  private static Object fraction(Number value) {
    return (value instanceof Double || value instanceof Float)
            && !Double.isFinite(value.doubleValue())
        ? value.toString()
        : value;
  }

  private static Object embedded(int tag, Object value) {
    if (!(value instanceof byte[] bytes)) {
      return String.valueOf(value);
    }
    if (tag == Cbor.TAG_UUID && bytes.length == 16) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new UUID(buffer.getLong(), buffer.getLong()).toString();
    }
    return hex(bytes);
  }

  /** Returns the instant or duration that a tagged map holds, or the map if it is malformed. */
  private static Object time(int tag, Map<String, @Nullable Object> map) {
    boolean isTime = tag == Cbor.TAG_INSTANT || tag == Cbor.TAG_DURATION;
    if (!isTime || !(map.get("1") instanceof Number seconds)) {
      return map;
    }
    long nanos = map.get("-9") instanceof Number number ? number.longValue() : 0;
    try {
      return tag == Cbor.TAG_INSTANT
          ? Instant.ofEpochSecond(seconds.longValue(), nanos).toString()
          : Duration.ofSeconds(seconds.longValue(), nanos).toString();
    } catch (DateTimeException | ArithmeticException e) {
      return map;
    }
  }
}
