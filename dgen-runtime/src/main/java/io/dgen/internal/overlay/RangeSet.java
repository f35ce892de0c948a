package io.dgen.internal.overlay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A set of keys, kept as ranges that neither overlap nor touch. Not thread-safe. */
public final class RangeSet {

  private final NavigableMap<byte[], byte[]> endByBegin = new TreeMap<>(Arrays::compareUnsigned);

  public boolean isEmpty() {
    return endByBegin.isEmpty();
  }

  /** Returns the ranges, in key order. */
  public List<KeyRange> ranges() {
    List<KeyRange> ranges = new ArrayList<>(endByBegin.size());
    endByBegin.forEach((begin, end) -> ranges.add(new KeyRange(begin, end)));
    return ranges;
  }

  public void add(byte[] begin, byte[] end) {
    if (Arrays.compareUnsigned(begin, end) >= 0) {
      return;
    }
    byte[] from = begin;
    byte[] to = end;
    Map.Entry<byte[], byte[]> before = endByBegin.floorEntry(begin);
    if (before != null && Arrays.compareUnsigned(before.getValue(), begin) >= 0) {
      if (Arrays.compareUnsigned(before.getValue(), end) >= 0) {
        return;
      }
      from = before.getKey();
    }
    Map.Entry<byte[], byte[]> last = endByBegin.floorEntry(end);
    if (last != null && Arrays.compareUnsigned(last.getValue(), to) > 0) {
      to = last.getValue();
    }
    endByBegin.subMap(from, true, to, true).clear();
    endByBegin.put(from, to);
  }

  public void remove(byte[] begin, byte[] end) {
    if (endByBegin.isEmpty() || Arrays.compareUnsigned(begin, end) >= 0) {
      return;
    }
    Map.Entry<byte[], byte[]> last = endByBegin.lowerEntry(end);
    if (last != null && Arrays.compareUnsigned(last.getValue(), end) > 0) {
      endByBegin.put(end, last.getValue());
    }
    Map.Entry<byte[], byte[]> before = endByBegin.lowerEntry(begin);
    if (before != null && Arrays.compareUnsigned(before.getValue(), begin) > 0) {
      endByBegin.put(before.getKey(), begin);
    }
    endByBegin.subMap(begin, true, end, false).clear();
  }

  /** Returns the range that holds a key. */
  @Nullable KeyRange containing(byte[] key) {
    if (endByBegin.isEmpty()) {
      return null;
    }
    Map.Entry<byte[], byte[]> range = endByBegin.floorEntry(key);
    return range != null && Arrays.compareUnsigned(range.getValue(), key) > 0
        ? new KeyRange(range.getKey(), range.getValue())
        : null;
  }

  public boolean contains(byte[] key) {
    return containing(key) != null;
  }

  public boolean intersects(byte[] begin, byte[] end) {
    if (endByBegin.isEmpty() || Arrays.compareUnsigned(begin, end) >= 0) {
      return false;
    }
    Map.Entry<byte[], byte[]> last = endByBegin.lowerEntry(end);
    return last != null && Arrays.compareUnsigned(last.getValue(), begin) > 0;
  }

  /** Returns the parts of a range that are not in the set, in key order. */
  public List<KeyRange> gaps(byte[] begin, byte[] end) {
    List<KeyRange> gaps = new ArrayList<>();
    byte[] at = begin;
    KeyRange first = containing(begin);
    if (first != null) {
      at = first.end();
    }
    if (!endByBegin.isEmpty() && Arrays.compareUnsigned(at, end) < 0) {
      for (Map.Entry<byte[], byte[]> range : endByBegin.subMap(at, false, end, false).entrySet()) {
        gaps.add(new KeyRange(at, range.getKey()));
        at = range.getValue();
      }
    }
    if (Arrays.compareUnsigned(at, end) < 0) {
      gaps.add(new KeyRange(at, end));
    }
    return gaps;
  }
}
