package io.dgen.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes terms as CBOR. A record is a map from component names to values; every other value has the
 * form that its codec gives it. Not thread-safe.
 *
 * <p>Every method throws {@link CodecException} if the value would be nested too deeply, or if a
 * map or list gets more or fewer items than it was started with.
 */
public interface TermWriter {

  /** Writes null. */
  void writeNull();

  /**
   * Writes a boolean.
   *
   * @param value the value
   */
  void writeBoolean(boolean value);

  /**
   * Writes an integer; also for {@code byte}, {@code short} and {@code char}.
   *
   * @param value the value
   */
  void writeInt(int value);

  /**
   * Writes an integer.
   *
   * @param value the value
   */
  void writeLong(long value);

  /**
   * Writes a float in 32 bits, including NaN and negative zero.
   *
   * @param value the value
   */
  void writeFloat(float value);

  /**
   * Writes a double in 64 bits, including NaN and negative zero.
   *
   * @param value the value
   */
  void writeDouble(double value);

  /**
   * Writes a string. A string with an unpaired surrogate cannot be CBOR text: it is written as a
   * byte string of its UTF-16 code units, high byte first.
   *
   * @param value the value; null is written as CBOR null
   */
  void writeString(@Nullable String value);

  /**
   * Writes bytes.
   *
   * @param value the value; null is written as CBOR null
   */
  void writeBytes(byte @Nullable [] value);

  /**
   * Writes an integer of any size.
   *
   * @param value the value; null is written as CBOR null
   */
  void writeBigInteger(@Nullable BigInteger value);

  /**
   * Writes a decimal fraction with its scale.
   *
   * @param value the value; null is written as CBOR null
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
   * @param name the name, without unpaired surrogates
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
   * Writes a CBOR tag, which tells tools that read CBOR without the writer's classes what the next
   * value is.
   *
   * @param tag the tag, as RFC 8949 and the IANA registry number them
   */
  void tag(int tag);

  /**
   * Starts a list whose order has no meaning: the items of a set, or the entries of a map. Ends as
   * a list does.
   *
   * @param size the number of items
   */
  default void startSet(int size) {
    startList(size);
  }
}
