package io.dgen.internal.store.rocks;

import io.dgen.internal.store.StorageCursor;
import io.dgen.internal.store.StorageSnapshot;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;

/** What RocksDB held at one moment. */
final class RocksSnapshot implements StorageSnapshot {

  private final RocksDB database;
  private final RocksErrors errors;
  private final Ownership ownership;
  private final Snapshot snapshot;
  private final ReadOptions options;

  RocksSnapshot(RocksDB database, RocksErrors errors, Ownership ownership) {
    this.database = database;
    this.errors = errors;
    this.ownership = ownership;
    this.snapshot = database.getSnapshot();
    this.options = new ReadOptions().setSnapshot(snapshot);
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    // What another owner has written since must not be missed.
    ownership.check();
    try {
      return database.get(options, key);
    } catch (RocksDBException e) {
      throw errors.failed("reading", e);
    }
  }

  @Override
  public StorageCursor cursor(byte[] begin, byte[] end, boolean reverse) {
    ownership.check();
    return new RocksCursor(
        database, errors, new ReadOptions().setSnapshot(snapshot), begin, end, reverse);
  }

  @Override
  public void close() {
    options.close();
    database.releaseSnapshot(snapshot);
    snapshot.close();
  }
}
