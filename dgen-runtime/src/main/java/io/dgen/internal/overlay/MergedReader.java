package io.dgen.internal.overlay;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot through a transaction's own writes, and records which keys each answer depends
 * on. Not thread-safe.
 *
 * <p>An answer depends on the keys that had to be examined to give it. For a key that a selector
 * found these are the keys between it and where the counting began. For a range they are those of
 * its two bounds, and the keys between the bounds. If the limit cut the range short, the last key
 * that was read replaces the bound that was not reached: of that bound it matters only that it lies
 * beyond. If it was counted away from the range (the end of a forward read to the right, the begin
 * of a reverse one to the left), that depends on the keys between where the counting began and the
 * last key read; if it was counted towards the range, on all that were counted.
 *
 * <p>Keys that the transaction's own writes determine do not count.
 */
public final class MergedReader {

  private static final byte[] FIRST_KEY = {};

  private final StorageSnapshot snapshot;
  private final WriteMap writes;

  /** The keys that answers depend on; null for a snapshot read. */
  private final @Nullable RangeSet conflicts;

  public MergedReader(StorageSnapshot snapshot, WriteMap writes, @Nullable RangeSet conflicts) {
    this.snapshot = snapshot;
    this.writes = writes;
    this.conflicts = conflicts;
  }

  public byte @Nullable [] get(byte[] key) {
    if (writes.isUnreadable(key)) {
      throw new StoreException(StoreError.ACCESSED_UNREADABLE);
    }
    KeyWrites own = writes.at(key);
    if (own != null && own.isKnown()) {
      return own.value();
    }
    if (own == null && writes.clearedAround(key) != null) {
      return null;
    }
    if (conflicts != null) {
      conflicts.add(key, Keys.after(key));
    }
    byte[] stored = snapshot.get(key);
    return own == null ? stored : own.over(stored);
  }

  public byte[] getKey(KeySelector selector) {
    Resolved resolved = resolve(selector);
    depend(resolved.dependsFrom, resolved.dependsTo);
    return resolved.key;
  }

  public List<KeyValue> getRange(KeySelector begin, KeySelector end, int limit, boolean reverse) {
    Resolved from = resolveBound(begin);
    Resolved to = resolveBound(end);
    if (Arrays.compareUnsigned(from.key, to.key) >= 0) {
      depend(from.dependsFrom, from.dependsTo);
      depend(to.dependsFrom, to.dependsTo);
      return List.of();
    }
    List<KeyValue> pairs = scan(from.key, to.key, limit, reverse);
    Resolved near = reverse ? to : from;
    depend(near.dependsFrom, near.dependsTo);
    if (limit == 0 || pairs.size() < limit) {
      Resolved far = reverse ? from : to;
      depend(far.dependsFrom, far.dependsTo);
      depend(from.key, to.key);
    } else if (reverse) {
      byte[] last = pairs.get(limit - 1).key();
      depend(last, to.key);
      depend(begin.offset() > 0 ? from.dependsFrom : max(from.dependsFrom, last), from.dependsTo);
    } else {
      byte[] behindLast = Keys.after(pairs.get(limit - 1).key());
      depend(from.key, behindLast);
      depend(to.dependsFrom, end.offset() > 0 ? min(to.dependsTo, behindLast) : to.dependsTo);
    }
    return pairs;
  }

  private static byte[] min(byte[] left, byte[] right) {
    return Arrays.compareUnsigned(left, right) <= 0 ? left : right;
  }

  private static byte[] max(byte[] left, byte[] right) {
    return Arrays.compareUnsigned(left, right) >= 0 ? left : right;
  }

  private void depend(byte[] begin, byte[] end) {
    if (conflicts != null && Arrays.compareUnsigned(begin, end) < 0) {
      writes.addDependencies(begin, end, conflicts);
    }
  }

  /**
   * Returns a bound of a range. If it is the first key from a given one, no stored key needs to be
   * found.
   */
  private Resolved resolveBound(KeySelector selector) {
    if (selector.offset() == 1) {
      byte[] key = selector.orEqual() ? Keys.after(selector.key()) : selector.key();
      return new Resolved(
          Arrays.compareUnsigned(key, StoreLimits.KEYS_END) > 0 ? StoreLimits.KEYS_END : key,
          FIRST_KEY,
          FIRST_KEY);
    }
    return resolve(selector);
  }

  private Resolved resolve(KeySelector selector) {
    byte[] start = selector.orEqual() ? Keys.after(selector.key()) : selector.key();
    int offset = selector.offset();
    if (offset > 0) {
      if (Arrays.compareUnsigned(start, StoreLimits.KEYS_END) >= 0) {
        return new Resolved(StoreLimits.KEYS_END, FIRST_KEY, FIRST_KEY);
      }
      List<KeyValue> pairs = scan(start, StoreLimits.KEYS_END, offset, false);
      return pairs.size() == offset
          ? forward(start, pairs.get(offset - 1).key())
          : new Resolved(StoreLimits.KEYS_END, start, StoreLimits.KEYS_END);
    }
    byte[] end =
        Arrays.compareUnsigned(start, StoreLimits.KEYS_END) > 0 ? StoreLimits.KEYS_END : start;
    int count = (int) Math.min(1L - offset, Integer.MAX_VALUE);
    List<KeyValue> pairs = scan(FIRST_KEY, end, count, true);
    byte[] key = pairs.size() == count ? pairs.get(count - 1).key() : FIRST_KEY;
    return new Resolved(key, key, end);
  }

  private static Resolved forward(byte[] start, byte[] key) {
    return new Resolved(key, start, Keys.after(key));
  }

  private List<KeyValue> scan(byte[] begin, byte[] end, int limit, boolean reverse) {
    if (Arrays.compareUnsigned(begin, end) >= 0) {
      return List.of();
    }
    List<KeyValue> pairs = new ArrayList<>();
    try (StorageCursor stored = snapshot.cursor(begin, end, reverse)) {
      NavigableMap<byte[], KeyWrites> range = writes.within(begin, end);
      Iterator<Map.Entry<byte[], KeyWrites>> own =
          (reverse ? range.descendingMap() : range).entrySet().iterator();
      merge(stored, own, limit, reverse, pairs);
    }
    boolean cut = limit > 0 && pairs.size() == limit;
    byte[] from = cut && reverse ? pairs.get(limit - 1).key() : begin;
    byte[] to = cut && !reverse ? Keys.after(pairs.get(limit - 1).key()) : end;
    if (writes.isUnreadable(from, to)) {
      throw new StoreException(StoreError.ACCESSED_UNREADABLE);
    }
    return pairs;
  }

  private void merge(
      StorageCursor stored,
      Iterator<Map.Entry<byte[], KeyWrites>> own,
      int limit,
      boolean reverse,
      List<KeyValue> pairs) {
    Map.Entry<byte[], KeyWrites> write = own.hasNext() ? own.next() : null;
    while ((stored.isValid() || write != null) && (limit == 0 || pairs.size() < limit)) {
      int order = order(stored, write, reverse);
      if (order < 0) {
        byte[] key = stored.key();
        KeyRange cleared = writes.clearedAround(key);
        if (cleared != null) {
          stored.skipTo(reverse ? cleared.begin() : cleared.end());
          continue;
        }
        pairs.add(new KeyValue(key, stored.value()));
        stored.next();
      } else if (write != null) {
        byte[] key = write.getKey();
        byte[] below = order == 0 && writes.clearedAround(key) == null ? stored.value() : null;
        byte[] value = write.getValue().over(below);
        if (value != null) {
          pairs.add(new KeyValue(key, value));
        }
        if (order == 0) {
          stored.next();
        }
        write = own.hasNext() ? own.next() : null;
      }
    }
  }

  /**
   * Returns which comes first in the direction: negative for the stored key, positive for an own
   * write.
   */
  private static int order(
      StorageCursor stored, Map.@Nullable Entry<byte[], KeyWrites> write, boolean reverse) {
    if (write == null) {
      return -1;
    }
    if (!stored.isValid()) {
      return 1;
    }
    int order = Arrays.compareUnsigned(stored.key(), write.getKey());
    return reverse ? -order : order;
  }

  /** A key that a selector found, and the keys by which it was found. */
  private static final class Resolved {

    final byte[] key;
    final byte[] dependsFrom;
    final byte[] dependsTo;

    Resolved(byte[] key, byte[] dependsFrom, byte[] dependsTo) {
      this.key = key;
      this.dependsFrom = dependsFrom;
      this.dependsTo = dependsTo;
    }
  }
}
