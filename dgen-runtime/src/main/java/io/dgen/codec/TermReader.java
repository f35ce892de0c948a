package io.dgen.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.cbor.CBORParser;

/**
 * Reads one term from CBOR. Each method reads the next value; {@link #readNull}, {@link #hasNext}
 * and {@link #isMap} look at it first. Made by {@link Terms#decode}. Not thread-safe.
 *
 * <p>Every method throws {@link CodecException} if what comes next is something else than what it
 * reads, or does not fit; methods that return null do so where CBOR null was written.
 */
public final class TermReader implements AutoCloseable {

  private final CBORParser in;
  private @Nullable JsonToken peeked;
  private @Nullable Supplier<String> root;
  private @Nullable String type;
  private boolean outdated;

  /** Whether the outermost list is not part of the value, and so of no path. */
  private boolean inMessage;

  TermReader(byte[] bytes) {
    in = Cbor.parser(bytes);
  }

  /** Reads a term that is part of something larger, which errors shall name. */
  TermReader(byte[] bytes, Supplier<String> root) {
    this(bytes);
    this.root = root;
  }

  /**
   * Reads a null, if that is what comes next.
   *
   * @return true if there was a null
   */
  public boolean readNull() {
    if (peek() == JsonToken.VALUE_NULL) {
      take();
      return true;
    }
    return false;
  }

  /**
   * Reads a boolean.
   *
   * @return the value
   */
  public boolean readBoolean() {
    return switch (take()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw unexpected("a boolean");
    };
  }

  /**
   * Reads a byte.
   *
   * @return the value
   */
  public byte readByte() {
    return (byte) readInteger(Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte");
  }

  /**
   * Reads a short.
   *
   * @return the value
   */
  public short readShort() {
    return (short) readInteger(Short.MIN_VALUE, Short.MAX_VALUE, "a short");
  }

  /**
   * Reads a char, which is written as an integer.
   *
   * @return the value
   */
  public char readChar() {
    return (char) readInteger(Character.MIN_VALUE, Character.MAX_VALUE, "a char");
  }

  /**
   * Reads an int.
   *
   * @return the value
   */
  public int readInt() {
    return (int) readInteger(Integer.MIN_VALUE, Integer.MAX_VALUE, "an int");
  }

  /**
   * Reads a long.
   *
   * @return the value
   */
  public long readLong() {
    return readInteger(Long.MIN_VALUE, Long.MAX_VALUE, "a long");
  }

  /**
   * Reads a float; an integer is read as the nearest one.
   *
   * @return the value
   */
  public float readFloat() {
    takeNumber("a float");
    return in.getFloatValue();
  }

  /**
   * Reads a double; an integer is read as the nearest one.
   *
   * @return the value
   */
  public double readDouble() {
    takeNumber("a double");
    return in.getDoubleValue();
  }

  /**
   * Reads a string.
   *
   * @return the value, or null
   */
  public @Nullable String readString() {
    return switch (take()) {
      case VALUE_STRING -> in.getString();
      case VALUE_NULL -> null;
      case VALUE_EMBEDDED_OBJECT -> utf16(binary("a string"));
      default -> throw unexpected("a string");
    };
  }

  /**
   * Reads bytes.
   *
   * @return the value, or null; the caller may keep and change the array
   */
  public byte @Nullable [] readBytes() {
    return switch (take()) {
      case VALUE_EMBEDDED_OBJECT -> binary("bytes");
      case VALUE_NULL -> null;
      default -> throw unexpected("bytes");
    };
  }

  /**
   * Reads an integer of any size.
   *
   * @return the value, or null
   */
  public @Nullable BigInteger readBigInteger() {
    return switch (take()) {
      case VALUE_NUMBER_INT -> in.getBigIntegerValue();
      case VALUE_NULL -> null;
      default -> throw unexpected("an integer");
    };
  }

  /**
   * Reads a decimal fraction; an integer is read with scale 0.
   *
   * @return the value, or null
   */
  public @Nullable BigDecimal readBigDecimal() {
    JsonToken token = take();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return new BigDecimal(in.getBigIntegerValue());
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT && in.getNumberValue() instanceof BigDecimal value) {
      return value;
    }
    throw unexpected("a decimal fraction");
  }

  /** Starts to read a list; its values follow, as long as {@link #hasNext} says so. */
  public void startList() {
    if (take() != JsonToken.START_ARRAY) {
      throw unexpected("a list");
    }
  }

  /**
   * Whether the list has another value. The end of the list is read with the answer false.
   *
   * @return true if a value follows
   */
  public boolean hasNext() {
    if (peek() == JsonToken.END_ARRAY) {
      take();
      return false;
    }
    return true;
  }

  /**
   * Whether a map or record comes next.
   *
   * @return true if {@link #startMap} can follow
   */
  public boolean isMap() {
    return peek() == JsonToken.START_OBJECT;
  }

  /** Starts to read a map; its pairs follow, as long as {@link #nextName} is not null. */
  public void startMap() {
    if (take() != JsonToken.START_OBJECT) {
      throw unexpected("a map");
    }
  }

  /**
   * Starts to read a record; its components follow, as long as {@link #nextName} is not null.
   *
   * @param name the record's name, for errors
   */
  public void startRecord(String name) {
    if (type == null && in.streamReadContext().inRoot()) {
      type = name;
    }
    if (take() != JsonToken.START_OBJECT) {
      throw unexpected("a record " + name);
    }
  }

  /**
   * Reads the name of the next value of a map or record.
   *
   * @return the name, an integer key in decimal digits; null at the end, which is read
   */
  public @Nullable String nextName() {
    return take() == JsonToken.PROPERTY_NAME ? in.currentName() : null;
  }

  /** Skips the next value: a component that the record does not have any more. */
  public void skip() {
    markOutdated();
    take();
    in.skipChildren();
  }

  /**
   * Says that the term is not what would be written now, such as a component under a former name.
   */
  public void markOutdated() {
    outdated = true;
  }

  /**
   * Fails at this place.
   *
   * @param problem what is wrong with the value just read
   * @return an exception that names the place in the term, to be thrown
   */
  public CodecException fail(String problem) {
    return at(problem, null);
  }

  /** Gives the buffers back. */
  @Override
  public void close() {
    in.close();
  }

  /** The tag of the next value, or -1. */
  int peekTag() {
    peek();
    return in.getCurrentTag();
  }

  /** Starts a message that errors shall name; true if it has its version before it, in a list. */
  boolean startMessage(String name) {
    type = name;
    inMessage = peek() == JsonToken.START_ARRAY;
    if (inMessage) {
      take();
    }
    return inMessage;
  }

  /** Whether the term is not what would be written now. */
  boolean isOutdated() {
    return outdated;
  }

  /** Checks that the term was read to its end and that nothing follows. */
  void end() {
    if (peeked != null || !in.streamReadContext().inRoot()) {
      throw fail("the term is longer than what was read");
    }
    if (in.nextToken() != null) {
      throw fail("something follows the end of the term");
    }
  }

  /** What a failed read ends with: one exception, whatever bad bytes or a user's type led to. */
  CodecException failure(Throwable cause) {
    if (cause instanceof CodecException known) {
      return known;
    }
    String problem =
        cause instanceof JacksonException jackson ? jackson.getOriginalMessage() : cause.toString();
    return at(problem, cause);
  }

  private CodecException at(@Nullable String problem, @Nullable Throwable cause) {
    String start = root != null ? root.get() : type != null ? type : "term";
    String path = Cbor.path(in.streamReadContext());
    return CodecException.at(
        start + (inMessage ? path.substring(path.indexOf(']') + 1) : path),
        in.currentTokenLocation().getByteOffset(),
        problem,
        cause);
  }

  private JsonToken peek() {
    if (peeked == null) {
      peeked = take();
    }
    return peeked;
  }

  private JsonToken take() {
    JsonToken token = peeked;
    if (token != null) {
      peeked = null;
      return token;
    }
    token = in.nextToken();
    if (token == null) {
      throw fail("the term ends too early");
    }
    return token;
  }

  /** A decimal fraction is none: it is not equal to the nearest float, and slow to make one of. */
  private void takeNumber(String expected) {
    JsonToken token = take();
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw unexpected(expected);
    }
    if (in.getNumberType() == JsonParser.NumberType.BIG_DECIMAL) {
      throw fail("expected " + expected + ", found a decimal fraction");
    }
  }

  private long readInteger(long min, long max, String expected) {
    if (take() != JsonToken.VALUE_NUMBER_INT) {
      throw unexpected(expected);
    }
    long value = in.getLongValue();
    if (value < min || value > max) {
      throw fail("expected " + expected + ", found " + value);
    }
    return value;
  }

  private byte[] binary(String expected) {
    if (in.getEmbeddedObject() instanceof byte[] value) {
      return value;
    }
    throw unexpected(expected);
  }

  private String utf16(byte[] units) {
    if (units.length % 2 != 0) {
      throw fail("expected a string, found bytes");
    }
    // Not by a charset: its decoder would replace the unpaired surrogate.
    StringBuilder text = new StringBuilder(units.length / 2);
    for (int i = 0; i < units.length; i += 2) {
      text.append((char) ((units[i] & 0xFF) << 8 | (units[i + 1] & 0xFF)));
    }
    return text.toString();
  }

  private CodecException unexpected(String expected) {
    JsonToken found = in.currentToken();
    return fail("expected " + expected + ", found " + (found == null ? "the end" : name(found)));
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NUMBER_INT -> "an integer";
      case VALUE_NUMBER_FLOAT -> "a fraction";
      case VALUE_STRING -> "a string";
      case VALUE_EMBEDDED_OBJECT -> "bytes";
      case START_ARRAY -> "a list";
      case START_OBJECT -> "a map";
      case END_ARRAY -> "the end of a list";
      case END_OBJECT -> "the end of a map";
      case PROPERTY_NAME -> "a name";
      case NOT_AVAILABLE -> "nothing";
    };
  }
}
