package io.dgen.generated.codec;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.store.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The elements of a state's keys, as the tuple layer packs them. Parsed by hand, since {@code
 * Tuple.fromBytes} would unpack the whole key at each level.
 */
final class KeyElements {

  /** The kind of an element, which its first bytes determine. */
  enum Kind {
    /** A record's component: a string. */
    NAME,
    /** A map's entry: a nested tuple of its key. */
    ENTRY,
    /** A list's item: a nested tuple of its index, a byte string, and its id. */
    ITEM,
    /** A term's chunk: an integer, the last element of the key. */
    CHUNK,
    /** Something that no codec writes. */
    NONE
  }

  private static final byte BYTES = 0x01;
  private static final byte STRING = 0x02;
  private static final byte NESTED = 0x05;
  private static final byte ZERO = 0x14;
  private static final byte UUID = 0x30;
  private static final char REPLACEMENT = '\uFFFD';

  private KeyElements() {}

  static byte[] entry(Object key) {
    return Tuple.from(Tuple.from(key)).pack();
  }

  static byte[] item(byte[] index, Object id) {
    return Tuple.from(Tuple.from(index, id)).pack();
  }

  /** Returns the kind of the element that starts at a position. */
  static Kind kind(byte[] key, int start) {
    if (start >= key.length) {
      return Kind.NONE;
    }
    if (key[start] == STRING) {
      return Kind.NAME;
    }
    if (key[start] == NESTED) {
      if (start + 1 == key.length) {
        return Kind.NONE;
      }
      return key[start + 1] == BYTES ? Kind.ITEM : Kind.ENTRY;
    }
    return chunk(key, start) < 0 ? Kind.NONE : Kind.CHUNK;
  }

  /**
   * Returns where the element that starts at a position ends, or -1 if it is a chunk's number or
   * invalid.
   */
  static int end(byte[] key, int start) {
    return switch (kind(key, start)) {
      case NAME -> endOfName(key, start);
      case ENTRY -> endOfNested(key, endOfScalar(key, start + 1));
      case ITEM -> endOfNested(key, endOfScalar(key, endOfScalar(key, start + 1)));
      case CHUNK, NONE -> -1;
    };
  }

  private static int endOfNested(byte[] key, int end) {
    return end >= 0 && end < key.length && key[end] == 0 ? end + 1 : -1;
  }

  /** Returns where a byte string, string, integer or UUID ends, or -1 if it is none of them. */
  private static int endOfScalar(byte[] key, int start) {
    if (start < 0 || start >= key.length) {
      return -1;
    }
    byte type = key[start];
    if (type == BYTES || type == STRING) {
      for (int i = start + 1; i < key.length; i++) {
        if (key[i] == 0) {
          if (i + 1 == key.length || key[i + 1] != -1) {
            return i + 1;
          }
          i++;
        }
      }
      return -1;
    }
    int size = type == UUID ? 16 : Math.abs(type - ZERO);
    if (key.length - start <= size || (type != UUID && size > 8)) {
      return -1;
    }
    // An integer in more bytes than it needs is not ours: it would be read as the integer of
    // another key.
    boolean isPadded = type != UUID && size > 0 && key[start + 1] == (type > ZERO ? 0 : -1);
    return isPadded ? -1 : start + 1 + size;
  }

  /** Returns where the string that starts at a position ends, or -1 if there is no string. */
  private static int endOfName(byte[] key, int start) {
    for (int i = start + 1; i < key.length; i++) {
      if (key[i] == 0) {
        return i + 1; // No component's name contains a zero, which would be escaped.
      }
    }
    return -1;
  }

  static String name(byte[] key, int start, int end) {
    return new String(key, start + 1, end - start - 2, StandardCharsets.UTF_8);
  }

  /** Returns the content of an entry's or item's element, given its start and end. */
  static Tuple nested(byte[] key, int start, int end) {
    return Tuple.fromBytes(key, start, end - start).getNestedTuple(0);
  }

  /**
   * Returns whether an entry's element is the one that its key would be written to. Bytes that are
   * not UTF-8 decode to a replacement character, and so to another key.
   */
  static boolean isSound(byte[] key, int start, int end, Object of) {
    return !(of instanceof String text)
        || text.indexOf(REPLACEMENT) < 0
        || Arrays.equals(entry(of), Arrays.copyOfRange(key, start, end));
  }

  /** Appends the elements between two positions, such as {@code .orders[17].address}. */
  static void appendPath(StringBuilder path, byte[] key, int from, int to) {
    int start = from;
    while (start < to) {
      int end = end(key, start);
      if (end < 0) {
        return;
      }
      if (kind(key, start) == Kind.NAME) {
        path.append('.').append(name(key, start, end));
      } else {
        path.append('[').append(printable(key, start, end)).append(']');
      }
      start = end;
    }
  }

  private static String printable(byte[] key, int start, int end) {
    try {
      Tuple nested = nested(key, start, end);
      return nested.get(nested.size() - 1).toString();
    } catch (RuntimeException e) { // It is part of an error message already.
      return Keys.printable(Arrays.copyOfRange(key, start, end));
    }
  }

  /**
   * Returns the integer that is the rest of a key, or -1 if the rest is not an integer of up to 31
   * bits.
   */
  static int chunk(byte[] key, int start) {
    int bytes = key.length - start - 1;
    if (bytes < 0
        || bytes > 4
        || key[start] != ZERO + bytes
        || (bytes > 0 && key[start + 1] == 0)) {
      return -1;
    }
    int number = 0;
    for (int i = start + 1; i < key.length; i++) {
      number = number << 8 | (key[i] & 0xFF);
    }
    return number;
  }
}
