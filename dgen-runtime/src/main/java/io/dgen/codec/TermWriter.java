package io.dgen.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.cbor.CBORGenerator;

/**
 * Writes terms as CBOR. A record is a map from component names to values, every other value has the
 * form that {@link TermCodecs} gives it. Made by {@link Terms#encode}. Not thread-safe.
 *
 * <p>Every method throws {@link CodecException} where the value would be nested too deeply, or
 * where a map or list gets more or fewer items than it was started with.
 */
public final class TermWriter implements AutoCloseable {

  /** Longer strings are turned into bytes first, so that their length can stand before them. */
  private static final int LONG_STRING = 200;

  private final GrowingBytes bytes = new GrowingBytes();
  private final CBORGenerator out = Cbor.generator(bytes);

  TermWriter() {}

  /** Writes null. */
  public void writeNull() {
    out.writeNull();
  }

  /**
   * Writes a boolean.
   *
   * @param value what to write
   */
  public void writeBoolean(boolean value) {
    out.writeBoolean(value);
  }

  /**
   * Writes an integer; also for {@code byte}, {@code short} and {@code char}.
   *
   * @param value what to write
   */
  public void writeInt(int value) {
    out.writeNumber(value);
  }

  /**
   * Writes an integer.
   *
   * @param value what to write
   */
  public void writeLong(long value) {
    out.writeNumber(value);
  }

  /**
   * Writes a float in 32 bits, not a number and negative zero too.
   *
   * @param value what to write
   */
  public void writeFloat(float value) {
    out.writeNumber(value);
  }

  /**
   * Writes a double in 64 bits, not a number and negative zero too.
   *
   * @param value what to write
   */
  public void writeDouble(double value) {
    out.writeNumber(value);
  }

  /**
   * Writes a string. One that has an unpaired surrogate cannot be CBOR text: it is written as a
   * byte string of its UTF-16 code units, high byte first.
   *
   * @param value what to write; null is written as CBOR null
   */
  public void writeString(@Nullable String value) {
    if (value == null) {
      out.writeNull();
    } else if (!Cbor.isWellFormed(value)) {
      out.writeBinary(utf16(value));
    } else if (value.length() <= LONG_STRING) {
      out.writeString(value);
    } else {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      out.writeUTF8String(utf8, 0, utf8.length);
    }
  }

  /**
   * Writes bytes.
   *
   * @param value what to write; null is written as CBOR null
   */
  public void writeBytes(byte @Nullable [] value) {
    if (value == null) {
      out.writeNull();
    } else {
      out.writeBinary(value);
    }
  }

  /**
   * Writes an integer of any size.
   *
   * @param value what to write; null is written as CBOR null
   */
  public void writeBigInteger(@Nullable BigInteger value) {
    out.writeNumber(value);
  }

  /**
   * Writes a decimal fraction with its scale.
   *
   * @param value what to write; null is written as CBOR null
   */
  public void writeBigDecimal(@Nullable BigDecimal value) {
    out.writeNumber(value);
  }

  /**
   * Starts a list; {@code size} values must follow, then {@link #endList}.
   *
   * @param size how many values, at least 0
   */
  public void startList(int size) {
    out.writeStartArray(null, size);
  }

  /** Ends a list. */
  public void endList() {
    out.writeEndArray();
  }

  /**
   * Starts a map or record; {@code size} pairs of a name and a value must follow, then {@link
   * #endMap}.
   *
   * @param size how many pairs, at least 0
   */
  public void startMap(int size) {
    out.writeStartObject(null, size);
  }

  /**
   * Writes the name of the next value of a map or record.
   *
   * @param name the name; every surrogate in it is one of a pair
   */
  public void name(String name) {
    out.writeName(name);
  }

  /**
   * Writes the integer key of the next value of a map.
   *
   * @param key the key
   */
  public void name(long key) {
    out.writePropertyId(key);
  }

  /** Ends a map or record. */
  public void endMap() {
    out.writeEndObject();
  }

  /** Says what the next value is, for tools that read CBOR without our classes. */
  void tag(int tag) {
    out.writeTag(tag);
  }

  /** Gives the buffers back. */
  @Override
  public void close() {
    out.close();
  }

  /** The bytes of one term, which must be complete. */
  byte[] toBytes() {
    if (!out.streamWriteContext().inRoot()) {
      throw new CodecException(
          "cannot write term" + Cbor.path(out.streamWriteContext()) + ": it was not ended");
    }
    out.flush();
    return bytes.copy(0, bytes.length());
  }

  /** What was written so far, since the last {@link #clear}. */
  GrowingBytes written() {
    out.flush();
    return bytes;
  }

  void clear() {
    out.flush();
    bytes.clear();
  }

  /** What a failed write ends with: ours and the user's exceptions as they are. */
  RuntimeException failure(RuntimeException cause) {
    if (cause instanceof JacksonException jackson) {
      return new CodecException(
          "cannot write term"
              + Cbor.path(out.streamWriteContext())
              + ": "
              + jackson.getOriginalMessage(),
          cause);
    }
    return cause;
  }

  // Not by a charset: its encoder would replace the unpaired surrogate.
  private static byte[] utf16(String text) {
    byte[] units = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      units[2 * i] = (byte) (text.charAt(i) >> 8);
      units[2 * i + 1] = (byte) text.charAt(i);
    }
    return units;
  }
}
