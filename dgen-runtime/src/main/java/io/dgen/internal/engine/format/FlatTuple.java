package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;

/**
 * Reads a tuple of scalars, which may be damaged. The tuple layer alone would follow nested tuples
 * to any depth.
 */
public final class FlatTuple {

  private static final int NULL = 0x00;
  private static final int BYTES = 0x01;
  private static final int STRING = 0x02;
  private static final int ZERO = 0x14;
  private static final int UUID = 0x30;

  private FlatTuple() {}

  /**
   * Reads a tuple of nulls, byte strings, strings, integers of up to 64 bits and UUIDs.
   *
   * @throws IllegalArgumentException if the bytes are not such a tuple
   */
  public static Tuple decode(byte[] bytes, int from, int length) {
    int end = from + length;
    int at = from;
    while (at < end) {
      at = endOfScalar(bytes, at, end);
      if (at < 0) {
        throw new IllegalArgumentException("not a tuple of scalars");
      }
    }
    return Tuple.fromBytes(bytes, from, length);
  }

  private static int endOfScalar(byte[] bytes, int start, int end) {
    int type = bytes[start];
    if (type == NULL) {
      return start + 1;
    }
    if (type == BYTES || type == STRING) {
      for (int i = start + 1; i < end; i++) {
        if (bytes[i] == 0) {
          if (i + 1 == end || bytes[i + 1] != -1) {
            return i + 1;
          }
          i++;
        }
      }
      return -1;
    }
    int size = type == UUID ? 16 : Math.abs(type - ZERO);
    return (type == UUID || size <= Long.BYTES) && end - start > size ? start + 1 + size : -1;
  }
}
