package io.dgen.internal.overlay;

import io.dgen.store.Keys;
import java.util.Arrays;

/** The keys from {@code begin} (inclusive) to {@code end} (exclusive). */
public final class KeyRange {

  private final byte[] begin;
  private final byte[] end;

  public KeyRange(byte[] begin, byte[] end) {
    this.begin = begin;
    this.end = end;
  }

  public static KeyRange point(byte[] key) {
    return new KeyRange(key, Keys.after(key));
  }

  public byte[] begin() {
    return begin;
  }

  public byte[] end() {
    return end;
  }

  /** Returns whether the range holds one possible key, {@code begin}. */
  public boolean isPoint() {
    return end.length == begin.length + 1
        && end[begin.length] == 0
        && Arrays.equals(end, 0, begin.length, begin, 0, begin.length);
  }

  /** Returns what FoundationDB counts for a conflict range. */
  public long size() {
    return (long) begin.length + end.length + StoreLimits.RANGE_OVERHEAD;
  }
}
