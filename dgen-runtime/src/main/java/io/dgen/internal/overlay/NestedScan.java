package io.dgen.internal.overlay;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;

/**
 * A read of several keys in a {@link NestedTransaction}: merges the rows of the outer transaction
 * with the writes of the part. It reads no key of the outer transaction that the answer does not
 * depend on: such a key might be unreadable, and fail the commit.
 */
final class NestedScan {

  private static final byte[] FIRST_KEY = {};

  private final ReadTransaction outer;
  private final WriteMap writes;

  /** Guards the writes. */
  private final Object lock;

  NestedScan(ReadTransaction outer, WriteMap writes, Object lock) {
    this.outer = outer;
    this.writes = writes;
    this.lock = lock;
  }

  CompletableFuture<byte[]> key(KeySelector selector) {
    StoreLimits.checkBound(selector.key());
    byte[] start = start(selector);
    int offset = selector.offset();
    if (offset > 0) {
      return scan(start, StoreLimits.KEYS_END, offset, false)
          .thenApply(rows -> rows.size() == offset ? rows.getLast().key() : StoreLimits.KEYS_END);
    }
    int count = (int) Math.min(1L - offset, Integer.MAX_VALUE);
    return scan(FIRST_KEY, start, count, true)
        .thenApply(rows -> rows.size() == count ? rows.getLast().key() : FIRST_KEY);
  }

  private static byte[] start(KeySelector selector) {
    byte[] key = selector.orEqual() ? Keys.after(selector.key()) : selector.key();
    return Arrays.compareUnsigned(key, StoreLimits.KEYS_END) > 0 ? StoreLimits.KEYS_END : key;
  }

  CompletableFuture<List<KeyValue>> range(
      KeySelector begin, KeySelector end, int limit, boolean reverse) {
    if (limit < 0) {
      throw new IllegalArgumentException(
          "limit is " + limit + "; pass 0 for all, or a positive number");
    }
    StoreLimits.checkBound(begin.key());
    StoreLimits.checkBound(end.key());
    return bound(begin)
        .thenCombine(bound(end), KeyRange::new)
        .thenCompose(range -> scan(range.begin(), range.end(), limit, reverse));
  }

  /** Returns a bound; if it is the first key from a given one, no key needs to be found. */
  private CompletableFuture<byte[]> bound(KeySelector selector) {
    return selector.offset() == 1
        ? CompletableFuture.completedFuture(start(selector))
        : key(selector);
  }

  private CompletableFuture<List<KeyValue>> scan(
      byte[] begin, byte[] end, int limit, boolean reverse) {
    if (Arrays.compareUnsigned(begin, end) >= 0) {
      return CompletableFuture.completedFuture(List.of());
    }
    KeyRange needed;
    synchronized (lock) {
      needed = needed(begin, end, limit, reverse);
    }
    return more(new ArrayList<>(), needed, limit, limit, reverse)
        .thenApply(
            stored -> {
              synchronized (lock) {
                return merged(stored, begin, end, limit, reverse);
              }
            });
  }

  /**
   * Returns the part of a range that the answer can depend on: it ends where own writes alone reach
   * the limit.
   */
  private KeyRange needed(byte[] begin, byte[] end, int limit, boolean reverse) {
    if (limit > 0) {
      NavigableMap<byte[], KeyWrites> range = writes.within(begin, end);
      int found = 0;
      for (Map.Entry<byte[], KeyWrites> own :
          (reverse ? range.descendingMap() : range).entrySet()) {
        if (own.getValue().isKnown() && own.getValue().value() != null && ++found == limit) {
          return reverse
              ? new KeyRange(own.getKey(), end)
              : new KeyRange(begin, Keys.after(own.getKey()));
        }
      }
    }
    return new KeyRange(begin, end);
  }

  /**
   * Reads rows of the outer transaction until the part's clears leave enough of them.
   *
   * @param rows those that were read, in order
   * @param left what is still to be read
   * @param page how many are read now; 0 for all
   */
  private CompletableFuture<List<KeyValue>> more(
      List<KeyValue> rows, KeyRange left, int limit, int page, boolean reverse) {
    return outer
        .getRange(
            KeySelector.firstGreaterOrEqual(left.begin()),
            KeySelector.firstGreaterOrEqual(left.end()),
            page,
            reverse)
        .thenCompose(
            read -> {
              rows.addAll(read);
              int missing = limit == 0 ? 0 : limit - visible(rows);
              if (missing <= 0 || read.size() < page) {
                return CompletableFuture.completedFuture(rows);
              }
              byte[] last = read.getLast().key();
              KeyRange rest =
                  reverse
                      ? new KeyRange(left.begin(), last)
                      : new KeyRange(Keys.after(last), left.end());
              return more(rows, rest, limit, missing, reverse);
            });
  }

  /** Returns how many rows the part has not cleared. */
  private int visible(List<KeyValue> rows) {
    synchronized (lock) {
      int count = 0;
      for (KeyValue row : rows) {
        KeyWrites own = writes.at(row.key());
        boolean isGone =
            own == null
                ? writes.clearedAround(row.key()) != null
                : own.isKnown() && own.value() == null;
        count += isGone ? 0 : 1;
      }
      return count;
    }
  }

  private List<KeyValue> merged(
      List<KeyValue> stored, byte[] begin, byte[] end, int limit, boolean reverse) {
    try (StorageSnapshot rows = new Rows(stored)) {
      return new MergedReader(rows, writes, null)
          .getRange(
              KeySelector.firstGreaterOrEqual(begin),
              KeySelector.firstGreaterOrEqual(end),
              limit,
              reverse);
    }
  }

  /** The rows that were read, as a snapshot for one scan in the same direction. */
  private static final class Rows implements StorageSnapshot, StorageCursor {

    private final List<KeyValue> rows;
    private int next;

    Rows(List<KeyValue> rows) {
      this.rows = rows;
    }

    @Override
    public byte[] get(byte[] key) {
      throw new UnsupportedOperationException("only ranges were read");
    }

    @Override
    public StorageCursor cursor(byte[] begin, byte[] end, boolean reverse) {
      return this;
    }

    @Override
    public boolean isValid() {
      return next < rows.size();
    }

    @Override
    public byte[] key() {
      return rows.get(next).key();
    }

    @Override
    public byte[] value() {
      return rows.get(next).value();
    }

    @Override
    public void next() {
      next++;
    }

    /** Cleared rows are few here, and each is skipped on its own. */
    @Override
    public void skipTo(byte[] bound) {
      next++;
    }

    @Override
    public void close() {}
  }
}
