package io.dgen.generated.codec;

import io.dgen.codec.CodecException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The position of an item in a list, as bytes whose unsigned order is the order of the items. An
 * index is an integer, the head, followed by a fraction of base 256. Appending and prepending
 * increment and decrement the head, so that indices stay short; only an insert between two
 * neighbours of adjacent heads makes the fraction longer, by a byte for about eight inserts at one
 * position.
 *
 * <p>The head's first byte is 0x80 plus the number of bytes that follow; for a negative head it is
 * 0x80 minus that number, and the bytes are complemented. The fraction has no trailing zero.
 */
final class FractionalIndex {

  /** The maximum length: a longer index is replaced, along with its neighbours. */
  static final int MAX_BYTES = 32;

  /** The maximum length of a replacement, so that there is room for a hundred inserts. */
  static final int ROOMY_BYTES = 20;

  private static final int ZERO = 0x80;
  private static final long MAX_HEAD = 1L << 62;
  private static final byte[] NO_FRACTION = {};

  private FractionalIndex() {}

  /** Returns the index of an integer. */
  static byte[] of(long head) {
    return make(head, NO_FRACTION);
  }

  /**
   * Returns an index between two others.
   *
   * @param low the index before it, or null at the start of the list
   * @param high the index after it, or null at the end
   */
  static byte[] between(byte @Nullable [] low, byte @Nullable [] high) {
    if (low == null) {
      return high == null ? of(0) : before(high);
    }
    long head = head(low);
    byte[] fraction = fraction(low);
    if (high == null) {
      return head < MAX_HEAD ? of(head + 1) : make(head, middle(fraction, null));
    }
    long gap = head(high) - head;
    byte[] highFraction = fraction(high);
    if (gap == 0) {
      return make(head, middle(fraction, highFraction));
    }
    if (gap == 1) {
      return highFraction.length > 0 ? of(head + 1) : make(head, middle(fraction, null));
    }
    return of(head + gap / 2);
  }

  private static byte[] before(byte[] high) {
    long head = head(high);
    byte[] fraction = fraction(high);
    if (fraction.length > 0) {
      return of(head);
    }
    if (head == -MAX_HEAD) {
      throw new CodecException("a list has no room before its first item; write the list afresh");
    }
    return of(head - 1);
  }

  /** Returns a number of indices between two others, in order. */
  static byte[][] between(byte @Nullable [] low, byte @Nullable [] high, int count) {
    byte[][] indices = new byte[count][];
    if (high == null) {
      byte[] last = low;
      for (int i = 0; i < count; i++) {
        last = between(last, null);
        indices[i] = last;
      }
    } else if (low == null) {
      byte[] first = high;
      for (int i = count - 1; i >= 0; i--) {
        first = between(null, first);
        indices[i] = first;
      }
    } else {
      bisect(indices, 0, count, low, high);
    }
    return indices;
  }

  private static void bisect(byte[][] indices, int from, int to, byte[] low, byte[] high) {
    if (from < to) {
      int middle = (from + to) >>> 1;
      byte[] index = between(low, high);
      indices[middle] = index;
      bisect(indices, from, middle, low, index);
      bisect(indices, middle + 1, to, index, high);
    }
  }

  /** Returns whether bytes are an index in canonical form: a corrupt one would break the order. */
  static boolean isValid(byte[] index) {
    if (index.length == 0) {
      return false;
    }
    int bytes = headBytes(index);
    if (bytes > 8 || index.length < 1 + bytes) {
      return false;
    }
    long head = head(index);
    boolean ends = index.length == 1 + bytes || index[index.length - 1] != 0;
    return ends
        && Math.abs(head) <= MAX_HEAD
        && Arrays.equals(of(head), Arrays.copyOf(index, 1 + bytes));
  }

  private static byte[] make(long head, byte[] fraction) {
    int bytes = (71 - Long.numberOfLeadingZeros(Math.abs(head))) / 8;
    byte[] index = new byte[1 + bytes + fraction.length];
    index[0] = (byte) (head < 0 ? ZERO - bytes : ZERO + bytes);
    long digits = head < 0 ? ~-head : head;
    for (int i = bytes; i > 0; i--) {
      index[i] = (byte) digits;
      digits >>= 8;
    }
    System.arraycopy(fraction, 0, index, 1 + bytes, fraction.length);
    return index;
  }

  private static int headBytes(byte[] index) {
    return Math.abs((index[0] & 0xFF) - ZERO);
  }

  private static long head(byte[] index) {
    boolean negative = (index[0] & 0xFF) < ZERO;
    long head = 0;
    for (int i = 1; i <= headBytes(index); i++) {
      head = head << 8 | ((negative ? ~index[i] : index[i]) & 0xFF);
    }
    return negative ? -head : head;
  }

  private static byte[] fraction(byte[] index) {
    int start = 1 + headBytes(index);
    return start == index.length ? NO_FRACTION : Arrays.copyOfRange(index, start, index.length);
  }

  /** Returns a fraction between two others; null as the second stands for 1. */
  private static byte[] middle(byte[] low, byte @Nullable [] high) {
    byte[] digits = new byte[low.length + 2 + (high == null ? 0 : high.length)];
    boolean toOne = high == null;
    for (int i = 0; ; i++) {
      int from = i < low.length ? low[i] & 0xFF : 0;
      int to = 256;
      if (!toOne && high != null) {
        to = i < high.length ? high[i] & 0xFF : 0;
      }
      if (to - from > 1) {
        digits[i] = (byte) ((from + to) / 2);
        return Arrays.copyOf(digits, i + 1);
      }
      digits[i] = (byte) from;
      toOne |= to - from == 1;
    }
  }
}
