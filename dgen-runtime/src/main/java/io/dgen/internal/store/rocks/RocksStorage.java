package io.dgen.internal.store.rocks;

import io.dgen.internal.store.Storage;
import io.dgen.internal.store.StorageBatch;
import io.dgen.internal.store.StorageSnapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Keeps everything in one RocksDB database. */
public final class RocksStorage implements Storage {

  /** Behind the last key that users may use. */
  private static final byte[] CEILING_KEY = systemKey("version-ceiling");

  private final RocksSettings settings;
  private final RocksDB database;
  private final RocksErrors errors;
  private final WriteOptions durably = new WriteOptions().setSync(true);

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
      return new RocksStorage(settings, database, errors);
    } catch (RocksDBException e) {
      settings.close();
      throw errors.failed("opening the database", e);
    }
  }

  @Override
  public long versionCeiling() {
    try {
      byte[] ceiling = database.get(CEILING_KEY);
      return ceiling == null ? 0 : ByteBuffer.wrap(ceiling).getLong();
    } catch (RocksDBException e) {
      throw errors.failed("reading", e);
    }
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
      batch.put(CEILING_KEY, ByteBuffer.allocate(Long.BYTES).putLong(versionCeiling).array());
      database.write(durably, batch);
    } catch (RocksDBException e) {
      throw errors.failed("writing", e);
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
