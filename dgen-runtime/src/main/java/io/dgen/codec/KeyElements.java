package io.dgen.codec;

import java.nio.charset.StandardCharsets;

/**
 * The two elements of a state's keys, as the tuple layer packs them: the name of a component is a
 * string, the number of a chunk an integer. Other types of element are free for other meanings. By
 * hand, since {@code Tuple.fromBytes} would unpack the whole key at each level.
 */
final class KeyElements {

  private static final byte STRING = 0x02;
  private static final byte ZERO = 0x14;

  private KeyElements() {}

  /** Where the string that starts at a position ends, or -1 if there is no string. */
  static int endOfName(byte[] key, int start) {
    if (start >= key.length || key[start] != STRING) {
      return -1;
    }
    for (int i = start + 1; i < key.length; i++) {
      if (key[i] == 0) {
        return i + 1; // No component's name has a zero, which would be escaped.
      }
    }
    return -1;
  }

  static String name(byte[] key, int start, int end) {
    return new String(key, start + 1, end - start - 2, StandardCharsets.UTF_8);
  }

  /** The integer that is the rest of a key, or -1 if the rest is no integer of up to 31 bits. */
  static int chunk(byte[] key, int start) {
    int bytes = key.length - start - 1;
    if (bytes < 0 || bytes > 4 || key[start] != ZERO + bytes) {
      return -1;
    }
    int number = 0;
    for (int i = start + 1; i < key.length; i++) {
      number = number << 8 | (key[i] & 0xFF);
    }
    return number;
  }
}
