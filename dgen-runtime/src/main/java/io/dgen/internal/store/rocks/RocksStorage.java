package io.dgen.internal.store.rocks;

import io.dgen.internal.store.Storage;
import io.dgen.internal.store.StorageBatch;
import io.dgen.internal.store.StorageSnapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Keeps everything in one RocksDB database. */
public final class RocksStorage implements Storage {

  /** The version ceiling and the number of the last group. Behind the last key of users. */
  private static final byte[] LAST_GROUP_KEY = systemKey("last-group");

  /**
   * How many groups there are: each adds one to it. It is the number of the last group unless
   * groups in the middle are lost, which RocksDB itself does not always see: it takes a manifest
   * that was cut short for a whole one.
   */
  private static final byte[] GROUP_COUNT_KEY = systemKey("group-count");

  private static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};

  private final RocksSettings settings;
  private final RocksDB database;
  private final RocksErrors errors;
  private final WriteOptions durably = new WriteOptions().setSync(true);
  private long lastGroup;

  private RocksStorage(RocksSettings settings, RocksDB database, RocksErrors errors) {
    this.settings = settings;
    this.database = database;
    this.errors = errors;
  }

  /**
   * Opens a database. The caller holds the lock of its directory.
   *
   * @param directory where its files are
   * @param createIfMissing whether to make one if there is none
   * @return the storage
   */
  public static RocksStorage open(Path directory, boolean createIfMissing) {
    RocksDB.loadLibrary();
    RocksErrors errors = new RocksErrors(directory);
    RocksSettings settings = new RocksSettings(createIfMissing);
    try {
      RocksDB database = RocksDB.open(settings.options(), directory.toString());
      RocksStorage storage = new RocksStorage(settings, database, errors);
      storage.findLastGroup();
      return storage;
    } catch (RocksDBException e) {
      settings.close();
      throw errors.failed("opening the database", e);
    }
  }

  @Override
  public long versionCeiling() {
    byte[] stored = read(LAST_GROUP_KEY);
    return stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
  }

  private void findLastGroup() {
    try {
      byte[] stored = read(LAST_GROUP_KEY);
      lastGroup = stored == null ? 0 : ByteBuffer.wrap(stored).getLong(Long.BYTES);
    } catch (RuntimeException e) {
      abandon();
      throw e;
    }
  }

  /** Whether no group in the middle is lost. */
  boolean isContiguous() {
    byte[] count = read(GROUP_COUNT_KEY);
    return lastGroup
        == (count == null ? 0 : ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN).getLong());
  }

  @Override
  public boolean isDurable() {
    return true;
  }

  @Override
  public StorageSnapshot snapshot() {
    return new RocksSnapshot(database, errors);
  }

  @Override
  public StorageBatch newBatch() {
    return new RocksBatch(this, database, errors);
  }

  /** Writes a batch with the ceiling, and returns when it is on the disk. */
  void write(WriteBatch batch, long versionCeiling) {
    try {
      batch.put(
          LAST_GROUP_KEY,
          ByteBuffer.allocate(2 * Long.BYTES)
              .putLong(versionCeiling)
              .putLong(lastGroup + 1)
              .array());
      batch.merge(GROUP_COUNT_KEY, ONE);
      database.write(durably, batch);
      lastGroup++;
    } catch (RocksDBException e) {
      throw errors.failed("writing", e);
    }
  }

  private byte @Nullable [] read(byte[] key) {
    try {
      return database.get(key);
    } catch (RocksDBException e) {
      throw errors.failed("reading", e);
    }
  }

  @Override
  public void close(long versionCeiling) {
    try (durably;
        settings;
        database;
        WriteBatch last = new WriteBatch();
        FlushOptions andWait = new FlushOptions().setWaitForFlush(true)) {
      write(last, versionCeiling);
      // Data files are checked by checksums and sizes when they are read again, which the tail of a
      // log cannot be; and the next start has no log to replay.
      database.flush(andWait);
    } catch (RocksDBException e) {
      throw errors.failed("closing", e);
    }
  }

  /** Closes the database as it is. */
  void abandon() {
    database.close();
    settings.close();
    durably.close();
  }

  private static byte[] systemKey(String name) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(1 + ascii.length).put((byte) 0xFF).put(ascii).array();
  }
}
