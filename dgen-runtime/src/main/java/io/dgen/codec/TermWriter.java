package io.dgen.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes terms as CBOR. A record is a map from component names to values, every other value has the
 * form that {@link TermCodecs} gives it. Made by {@link Terms#encode}. Not thread-safe.
 *
 * <p>Every method throws {@link CodecException} where the value would be nested too deeply, or
 * where a map or list gets more or fewer items than it was started with.
 */
public interface TermWriter {

  /** Writes null. */
  void writeNull();

  /**
   * Writes a boolean.
   *
   * @param value what to write
   */
  void writeBoolean(boolean value);

  /**
   * Writes an integer; also for {@code byte}, {@code short} and {@code char}.
   *
   * @param value what to write
   */
  void writeInt(int value);

  /**
   * Writes an integer.
   *
   * @param value what to write
   */
  void writeLong(long value);

  /**
   * Writes a float in 32 bits, not a number and negative zero too.
   *
   * @param value what to write
   */
  void writeFloat(float value);

  /**
   * Writes a double in 64 bits, not a number and negative zero too.
   *
   * @param value what to write
   */
  void writeDouble(double value);

  /**
   * Writes a string. One that has an unpaired surrogate cannot be CBOR text: it is written as a
   * byte string of its UTF-16 code units, high byte first.
   *
   * @param value what to write; null is written as CBOR null
   */
  void writeString(@Nullable String value);

  /**
   * Writes bytes.
   *
   * @param value what to write; null is written as CBOR null
   */
  void writeBytes(byte @Nullable [] value);

  /**
   * Writes an integer of any size.
   *
   * @param value what to write; null is written as CBOR null
   */
  void writeBigInteger(@Nullable BigInteger value);

  /**
   * Writes a decimal fraction with its scale.
   *
   * @param value what to write; null is written as CBOR null
   */
  void writeBigDecimal(@Nullable BigDecimal value);

  /**
   * Starts a list; {@code size} values must follow, then {@link #endList}.
   *
   * @param size how many values, at least 0
   */
  void startList(int size);

  /** Ends a list. */
  void endList();

  /**
   * Starts a map or record; {@code size} pairs of a name and a value must follow, then {@link
   * #endMap}.
   *
   * @param size how many pairs, at least 0
   */
  void startMap(int size);

  /**
   * Writes the name of the next value of a map or record.
   *
   * @param name the name; every surrogate in it is one of a pair
   */
  void name(String name);

  /**
   * Writes the integer key of the next value of a map.
   *
   * @param key the key
   */
  void name(long key);

  /** Ends a map or record. */
  void endMap();

  /**
   * Writes a CBOR tag, which says what the next value is to tools that read CBOR without the
   * classes of its writer.
   *
   * @param tag the tag, as RFC 8949 and the registry of IANA number them
   */
  void tag(int tag);

  /**
   * Starts a list whose order means nothing: the items of a set, or the entries of a map. Ends as a
   * list does.
   *
   * @param size the number of items
   */
  default void startSet(int size) {
    startList(size);
  }
}
