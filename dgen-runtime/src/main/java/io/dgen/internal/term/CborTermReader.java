package io.dgen.internal.term;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.cbor.CBORParser;

/** Reads one term from CBOR. Not thread-safe. */
public final class CborTermReader implements TermReader, AutoCloseable {

  private final CBORParser in;
  private @Nullable JsonToken peeked;
  private @Nullable Supplier<String> root;
  private @Nullable String type;
  private boolean outdated;

  /** Whether the outermost list is not part of the value, and so not part of any path. */
  private boolean inMessage;

  public CborTermReader(byte[] bytes) {
    in = Cbor.parser(bytes);
  }

  /** Creates a reader of a term that is part of something larger, which errors name. */
  public CborTermReader(byte[] bytes, Supplier<String> root) {
    this(bytes);
    this.root = root;
  }

  @Override
  public boolean readNull() {
    if (peek() == JsonToken.VALUE_NULL) {
      take();
      return true;
    }
    return false;
  }

  @Override
  public boolean readBoolean() {
    return switch (take()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw unexpected("a boolean");
    };
  }

  @Override
  public byte readByte() {
    return (byte) readInteger(Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte");
  }

  @Override
  public short readShort() {
    return (short) readInteger(Short.MIN_VALUE, Short.MAX_VALUE, "a short");
  }

  @Override
  public char readChar() {
    return (char) readInteger(Character.MIN_VALUE, Character.MAX_VALUE, "a char");
  }

  @Override
  public int readInt() {
    return (int) readInteger(Integer.MIN_VALUE, Integer.MAX_VALUE, "an int");
  }

  @Override
  public long readLong() {
    return readInteger(Long.MIN_VALUE, Long.MAX_VALUE, "a long");
  }

  @Override
  public float readFloat() {
    takeNumber("a float");
    return in.getFloatValue();
  }

  @Override
  public double readDouble() {
    takeNumber("a double");
    return in.getDoubleValue();
  }

  @Override
  public @Nullable String readString() {
    return switch (take()) {
      case VALUE_STRING -> in.getString();
      case VALUE_NULL -> null;
      case VALUE_EMBEDDED_OBJECT -> utf16(binary("a string"));
      default -> throw unexpected("a string");
    };
  }

  @Override
  public byte @Nullable [] readBytes() {
    return switch (take()) {
      case VALUE_EMBEDDED_OBJECT -> binary("bytes");
      case VALUE_NULL -> null;
      default -> throw unexpected("bytes");
    };
  }

  @Override
  public @Nullable BigInteger readBigInteger() {
    return switch (take()) {
      case VALUE_NUMBER_INT -> in.getBigIntegerValue();
      case VALUE_NULL -> null;
      default -> throw unexpected("an integer");
    };
  }

  @Override
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

  @Override
  public void startList() {
    if (take() != JsonToken.START_ARRAY) {
      throw unexpected("a list");
    }
  }

  @Override
  public boolean hasNext() {
    if (peek() == JsonToken.END_ARRAY) {
      take();
      return false;
    }
    return true;
  }

  @Override
  public boolean isMap() {
    return peek() == JsonToken.START_OBJECT;
  }

  @Override
  public void startMap() {
    if (take() != JsonToken.START_OBJECT) {
      throw unexpected("a map");
    }
  }

  @Override
  public void startRecord(String name) {
    if (type == null && in.streamReadContext().inRoot()) {
      type = name;
    }
    if (take() != JsonToken.START_OBJECT) {
      throw unexpected("a record " + name);
    }
  }

  @Override
  public @Nullable String nextName() {
    return take() == JsonToken.PROPERTY_NAME ? in.currentName() : null;
  }

  @Override
  public void skip() {
    markOutdated();
    take();
    in.skipChildren();
  }

  @Override
  public void markOutdated() {
    outdated = true;
  }

  @Override
  public CodecException fail(String problem) {
    return at(problem, null);
  }

  /** Returns the buffers to the pool. */
  @Override
  public void close() {
    in.close();
  }

  @Override
  public int peekTag() {
    peek();
    return in.getCurrentTag();
  }

  /** Starts a message that errors name; returns true if it has its version before it, in a list. */
  public boolean startMessage(String name) {
    type = name;
    inMessage = peek() == JsonToken.START_ARRAY;
    if (inMessage) {
      take();
    }
    return inMessage;
  }

  /** Returns whether the term differs from what would be written now. */
  public boolean isOutdated() {
    return outdated;
  }

  /** Checks that the term was read to its end and that nothing follows. */
  public void end() {
    if (peeked != null || !in.streamReadContext().inRoot()) {
      throw fail("the term is longer than what was read");
    }
    if (in.nextToken() != null) {
      throw fail("something follows the end of the term");
    }
  }

  /**
   * Returns the exception of a failed read: the same kind for every bad input and every failure of
   * a user's type.
   */
  public CodecException failure(Throwable cause) {
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

  /**
   * Reads a number. A decimal fraction is refused: it is not equal to the nearest float, and slow
   * to convert to one.
   */
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
