package io.dgen.internal.overlay;

import io.dgen.store.Keys;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The arithmetic of atomic mutations and versionstamps, as in FoundationDB. */
public final class Atomics {

  public static final int VERSIONSTAMP_SIZE = 10;
  private static final int OFFSET_SIZE = 4;

  private Atomics() {}

  /** Adds two little-endian integers; the result is as wide as the operand. */
  public static byte[] add(byte @Nullable [] value, byte[] operand) {
    if (value == null) {
      return operand;
    }
    byte[] sum = new byte[operand.length];
    int carry = 0;
    for (int i = 0; i < sum.length; i++) {
      int left = i < value.length ? value[i] & 0xFF : 0;
      carry += left + (operand[i] & 0xFF);
      sum[i] = (byte) carry;
      carry >>>= 8;
    }
    return sum;
  }

  /**
   * Returns ten bytes that sort in the order of commits: the version, then the position within its
   * group.
   */
  public static byte[] versionstamp(long version, int order) {
    byte[] stamp = new byte[VERSIONSTAMP_SIZE];
    for (int i = 0; i < 8; i++) {
      stamp[i] = (byte) (version >>> (56 - 8 * i));
    }
    stamp[8] = (byte) (order >>> 8);
    stamp[9] = (byte) order;
    return stamp;
  }

  /** Returns where the stamp begins in a template. The offset must have been checked. */
  public static int offsetOf(byte[] template) {
    return (int) offset(template);
  }

  /** Returns the length of a template without its offset. */
  public static int sizeOf(byte[] template) {
    return template.length - OFFSET_SIZE;
  }

  /** Checks that the last four bytes are the offset of a versionstamp within the others. */
  public static void checkOffset(byte[] template) {
    int size = template.length - OFFSET_SIZE;
    long offset = size < 0 ? -1 : offset(template);
    if (offset < 0 || offset + VERSIONSTAMP_SIZE > size) {
      throw new StoreException(
          StoreError.INVALID_VERSIONSTAMP_OFFSET,
          size < 0
              ? "a versionstamped operand needs four bytes of offset at its end; it has "
                  + template.length
                  + " bytes"
              : "the offset "
                  + offset
                  + " leaves no room for ten bytes of versionstamp in "
                  + size
                  + " bytes",
          null);
    }
  }

  /**
   * Returns the bytes before the offset, with the stamp in its place. The offset must have been
   * checked.
   */
  public static byte[] place(byte[] template, byte[] stamp) {
    byte[] placed = Arrays.copyOf(template, template.length - OFFSET_SIZE);
    System.arraycopy(stamp, 0, placed, (int) offset(template), VERSIONSTAMP_SIZE);
    return placed;
  }

  /** Returns a template with a prefix before it. The offset must have been checked. */
  public static byte[] shift(byte[] prefix, byte[] template) {
    byte[] shifted = Keys.join(prefix, template);
    int offset = (int) offset(template) + prefix.length;
    for (int i = 0; i < OFFSET_SIZE; i++) {
      shifted[shifted.length - OFFSET_SIZE + i] = (byte) (offset >>> (8 * i));
    }
    return shifted;
  }

  private static long offset(byte[] template) {
    int at = template.length - OFFSET_SIZE;
    return (template[at] & 0xFFL)
        | (template[at + 1] & 0xFFL) << 8
        | (template[at + 2] & 0xFFL) << 16
        | (template[at + 3] & 0xFFL) << 24;
  }
}
