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
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The writes of one group. They are collected by key first, so that a key which many transactions
 * of the group write, such as a counter, is written once.
 *
 * <p>Ranges are cleared key by key where they hold few, which is the rule: a range deletion stays
 * in the way of every later read near it, and deleting what is not there leaves nothing behind.
 */
final class RocksBatch implements StorageBatch {

  private static final int MAX_SINGLE_DELETES = 1_000;

  private final RocksStorage storage;
  private final RocksDB database;
  private final RocksErrors errors;

  /** What was written to a key; null for a deletion. */
  private final NavigableMap<byte[], byte @Nullable []> byKey =
      new TreeMap<>(Arrays::compareUnsigned);

  /** What is deleted as a range, before the single keys are written. */
  private final List<byte[][]> ranges = new ArrayList<>(0);

  RocksBatch(RocksStorage storage, RocksDB database, RocksErrors errors) {
    this.storage = storage;
    this.database = database;
    this.errors = errors;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    byte[] own = byKey.get(key);
    if (own != null || byKey.containsKey(key) || isInClearedRange(key)) {
      return own;
    }
    try {
      return database.get(key);
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
    try (RocksCursor stored =
        new RocksCursor(database, errors, new ReadOptions(), begin, end, false)) {
      for (int count = 0; stored.isValid(); count++) {
        if (count == MAX_SINGLE_DELETES) {
          ranges.add(new byte[][] {stored.key(), end});
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
      for (byte[][] range : ranges) {
        batch.deleteRange(range[0], range[1]);
      }
      for (Map.Entry<byte[], byte @Nullable []> write : byKey.entrySet()) {
        byte[] value = write.getValue();
        if (value == null) {
          batch.delete(write.getKey());
        } else {
          batch.put(write.getKey(), value);
        }
      }
      storage.write(batch, versionCeiling);
    } catch (RocksDBException e) {
      throw errors.failed("writing", e);
    }
  }

  @Override
  public void close() {
    // All is on the Java heap until it is committed.
  }

  private boolean isInClearedRange(byte[] key) {
    for (byte[][] range : ranges) {
      if (Arrays.compareUnsigned(range[0], key) <= 0 && Arrays.compareUnsigned(key, range[1]) < 0) {
        return true;
      }
    }
    return false;
  }
}
