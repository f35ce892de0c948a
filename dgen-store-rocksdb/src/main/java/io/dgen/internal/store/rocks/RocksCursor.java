package io.dgen.internal.store.rocks;

import io.dgen.internal.overlay.StorageCursor;
import java.util.Arrays;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * Iterates over a range of one column family. RocksDB knows both bounds, so that it never visits
 * the deleted keys beyond them.
 */
final class RocksCursor implements StorageCursor {

  private final RocksErrors errors;
  private final ReadOptions options;
  private final Slice begin;
  private final Slice end;
  private final boolean reverse;
  private final RocksIterator iterator;

  /** Takes over the options and closes them. */
  RocksCursor(
      Families families,
      Family family,
      RocksErrors errors,
      ReadOptions options,
      byte[] begin,
      byte[] end,
      boolean reverse) {
    this.errors = errors;
    this.options = options;
    this.begin = new Slice(begin);
    this.end = new Slice(end);
    this.reverse = reverse;
    options.setIterateLowerBound(this.begin).setIterateUpperBound(this.end);
    this.iterator = families.database().newIterator(families.handle(family), options);
    if (reverse) {
      iterator.seekToLast();
    } else {
      iterator.seekToFirst();
    }
  }

  @Override
  public boolean isValid() {
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
      return false;
    } catch (RocksDBException e) {
      throw errors.failed("reading", e);
    }
  }

  @Override
  public byte[] key() {
    return iterator.key();
  }

  @Override
  public byte[] value() {
    return iterator.value();
  }

  @Override
  public void next() {
    if (reverse) {
      iterator.prev();
    } else {
      iterator.next();
    }
  }

  @Override
  public void skipTo(byte[] bound) {
    if (!reverse) {
      iterator.seek(bound);
      return;
    }
    iterator.seekForPrev(bound);
    if (iterator.isValid() && Arrays.equals(iterator.key(), bound)) {
      iterator.prev();
    }
  }

  @Override
  public void close() {
    iterator.close();
    options.close();
    begin.close();
    end.close();
  }
}
