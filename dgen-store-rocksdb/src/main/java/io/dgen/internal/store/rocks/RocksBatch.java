package io.dgen.internal.store.rocks;

import io.dgen.internal.store.StorageBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The writes of one group. They are collected by key first, so that a key that many transactions of
 * the group write, such as a counter, is written once.
 *
 * <p>Ranges that hold few keys, as most do, are cleared key by key: a range deletion slows down
 * every later read near it, and deleting what does not exist leaves nothing behind.
 */
final class RocksBatch implements StorageBatch {

  private static final int MAX_SINGLE_DELETES = 1_000;

  private final RocksStorage storage;
  private final Families families;
  private final RocksErrors errors;

  /** What was written to a key; null for a deletion. */
  private final NavigableMap<byte[], byte @Nullable []> byKey =
      new TreeMap<>(Arrays::compareUnsigned);

  /** The ranges that are deleted, before the single keys are written. */
  private final List<Cleared> ranges = new ArrayList<>(0);

  private record Cleared(Family family, byte[] begin, byte[] end) {

    /** Returns whether a key is in it. After its begin, the other family is cleared as well. */
    boolean has(byte[] key) {
      return Arrays.compareUnsigned(begin, key) <= 0 && Arrays.compareUnsigned(key, end) < 0;
    }
  }

  RocksBatch(RocksStorage storage, Families families, RocksErrors errors) {
    this.storage = storage;
    this.families = families;
    this.errors = errors;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    byte[] own = byKey.get(key);
    if (own != null || byKey.containsKey(key) || isInClearedRange(key)) {
      return own;
    }
    try {
      return families.database().get(families.of(key), key);
    } catch (RocksDBException e) {
      throw errors.failed("reading", e);
    }
  }

  @Override
  public void put(byte[] key, byte[] value) {
    byKey.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    byKey.put(key, null);
  }

  @Override
  public void deleteRange(byte[] begin, byte[] end) {
    byKey.subMap(begin, true, end, false).replaceAll((key, value) -> null);
    for (Family family : Family.of(begin, end)) {
      deleteRange(family, begin, end);
    }
  }

  private void deleteRange(Family family, byte[] begin, byte[] end) {
    try (RocksCursor stored =
        new RocksCursor(families, family, errors, new ReadOptions(), begin, end, false)) {
      for (int count = 0; stored.isValid(); count++) {
        if (count == MAX_SINGLE_DELETES) {
          ranges.add(new Cleared(family, stored.key(), end));
          return;
        }
        byKey.put(stored.key(), null);
        stored.next();
      }
    }
  }

  @Override
  public void commit(long versionCeiling) {
    try (WriteBatch batch = new WriteBatch()) {
      for (Cleared range : ranges) {
        batch.deleteRange(families.handle(range.family()), range.begin(), range.end());
      }
      for (Map.Entry<byte[], byte @Nullable []> write : byKey.entrySet()) {
        byte[] value = write.getValue();
        if (value == null) {
          batch.delete(families.of(write.getKey()), write.getKey());
        } else {
          batch.put(families.of(write.getKey()), write.getKey(), value);
        }
      }
      storage.write(batch, versionCeiling);
    } catch (RocksDBException e) {
      throw errors.failed("writing", e);
    }
  }

  @Override
  public void close() {
    // Everything is on the Java heap until it is committed.
  }

  private boolean isInClearedRange(byte[] key) {
    for (Cleared range : ranges) {
      if (range.has(key)) {
        return true;
      }
    }
    return false;
  }
}
