package io.dgen.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads one term from CBOR. Each method reads the next value; {@link #readNull}, {@link #hasNext}
 * and {@link #isMap} look at it first. Not thread-safe.
 *
 * <p>Every method throws {@link CodecException} if the next value is not of the kind that it reads,
 * or does not fit; methods that may return null do so for CBOR null.
 */
public interface TermReader {

  /**
   * Reads a null, if that is the next value.
   *
   * @return true if there was a null
   */
  boolean readNull();

  /**
   * Reads a boolean.
   *
   * @return the value
   */
  boolean readBoolean();

  /**
   * Reads a byte.
   *
   * @return the value
   */
  byte readByte();

  /**
   * Reads a short.
   *
   * @return the value
   */
  short readShort();

  /**
   * Reads a char, which is written as an integer.
   *
   * @return the value
   */
  char readChar();

  /**
   * Reads an int.
   *
   * @return the value
   */
  int readInt();

  /**
   * Reads a long.
   *
   * @return the value
   */
  long readLong();

  /**
   * Reads a float; an integer is read as the nearest float.
   *
   * @return the value
   */
  float readFloat();

  /**
   * Reads a double; an integer is read as the nearest double.
   *
   * @return the value
   */
  double readDouble();

  /**
   * Reads a string.
   *
   * @return the value, or null
   */
  @Nullable String readString();

  /**
   * Reads bytes.
   *
   * @return the value, or null; the caller may keep and change the array
   */
  byte @Nullable [] readBytes();

  /**
   * Reads an integer of any size.
   *
   * @return the value, or null
   */
  @Nullable BigInteger readBigInteger();

  /**
   * Reads a decimal fraction; an integer is read with scale 0.
   *
   * @return the value, or null
   */
  @Nullable BigDecimal readBigDecimal();

  /** Begins to read a list; its values follow, as long as {@link #hasNext} returns true. */
  void startList();

  /**
   * Returns whether the list has another value. Returning false consumes the end of the list.
   *
   * @return true if a value follows
   */
  boolean hasNext();

  /**
   * Returns whether a map or record comes next.
   *
   * @return true if {@link #startMap} can follow
   */
  boolean isMap();

  /** Begins to read a map; its pairs follow, as long as {@link #nextName} is not null. */
  void startMap();

  /**
   * Begins to read a record; its components follow, as long as {@link #nextName} is not null.
   *
   * @param name the record's name, for errors
   */
  void startRecord(String name);

  /**
   * Reads the name of the next value of a map or record.
   *
   * @return the name, an integer key as decimal digits; null at the end, which is consumed
   */
  @Nullable String nextName();

  /** Skips the next value: a component that the record no longer has. */
  void skip();

  /**
   * Marks the term as different from what would be written now, for example because a component has
   * a former name.
   */
  void markOutdated();

  /**
   * Returns an exception for this place.
   *
   * @param problem what is wrong with the value just read
   * @return an exception that names the place in the term, to be thrown
   */
  CodecException fail(String problem);

  /**
   * Returns the CBOR tag of the next value, without reading it: see {@link TermWriter#tag}.
   *
   * @return the tag, or -1 if there is none
   */
  int peekTag();
}
