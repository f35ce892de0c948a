package io.dgen.store;

import java.util.Arrays;

/** Arithmetic on keys, which sort as unsigned bytes. */
public final class Keys {

  private Keys() {}

  /**
   * Returns the first key after a given one.
   *
   * @param key a key
   * @return the key with a zero byte appended
   */
  public static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /**
   * Returns the end of the range of all keys that start with a prefix.
   *
   * @param prefix at least one byte that is not 0xFF
   * @return the first key that is larger than every key with the prefix
   * @throws IllegalArgumentException if the prefix is empty or all 0xFF
   */
  public static byte[] prefixEnd(byte[] prefix) {
    int last = prefix.length - 1;
    while (last >= 0 && prefix[last] == (byte) 0xFF) {
      last--;
    }
    if (last < 0) {
      throw new IllegalArgumentException(
          "no key is larger than every key with the prefix " + printable(prefix));
    }
    byte[] end = Arrays.copyOf(prefix, last + 1);
    end[last]++;
    return end;
  }

  /**
   * Joins byte strings.
   *
   * @param parts the parts
   * @return one array with all of them, in order
   */
  public static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] joined = new byte[length];
    int offset = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, joined, offset, part.length);
      offset += part.length;
    }
    return joined;
  }

  /**
   * Returns whether a key starts with a prefix.
   *
   * @param key the key
   * @param prefix the prefix
   * @return true if it does
   */
  public static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /**
   * Formats a key as FoundationDB's tools print it.
   *
   * @param key any bytes
   * @return printable ASCII unchanged, a backslash doubled, every other byte as {@code \xNN}
   */
  public static String printable(byte[] key) {
    StringBuilder text = new StringBuilder(key.length + 16);
    for (byte b : key) {
      if (b == '\\') {
        text.append("\\\\");
      } else if (b >= 32 && b < 127) {
        text.append((char) b);
      } else {
        text.append("\\x")
            .append(Character.forDigit((b >> 4) & 0xF, 16))
            .append(Character.forDigit(b & 0xF, 16));
      }
    }
    return text.toString();
  }
}
