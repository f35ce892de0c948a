package io.dgen.internal.store.rocks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** An open database with its column families. */
final class Families implements AutoCloseable {

  private final RocksSettings settings;
  private final RocksDB database;

  private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);

  /** Takes handles in the order of {@link Family}. */
  private Families(RocksSettings settings, RocksDB database, List<ColumnFamilyHandle> handles) {
    this.settings = settings;
    this.database = database;
    for (Family family : Family.values()) {
      this.handles.put(family, handles.get(this.handles.size()));
    }
  }

  /** The way in which a database is opened. */
  private interface Opening {
    RocksDB open(RocksSettings settings, List<ColumnFamilyHandle> handles) throws RocksDBException;
  }

  /** Opens a database; creates it, if requested and there is none. */
  static Families open(Path files, boolean createIfMissing) throws RocksDBException {
    return open(
        createIfMissing,
        (settings, handles) ->
            RocksDB.open(
                settings.databaseOptions(), files.toString(), settings.families(), handles));
  }

  /** Opens a database read-only, which changes no file. */
  static Families openReadOnly(Path files) throws RocksDBException {
    return open(
        false,
        (settings, handles) ->
            RocksDB.openReadOnly(
                settings.databaseOptions(), files.toString(), settings.families(), handles));
  }

  private static Families open(boolean createIfMissing, Opening opening) throws RocksDBException {
    RocksSettings settings = new RocksSettings(createIfMissing);
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      return new Families(settings, opening.open(settings, handles), handles);
    } catch (RocksDBException | RuntimeException | Error e) {
      settings.close();
      throw e;
    }
  }

  RocksDB database() {
    return database;
  }

  ColumnFamilyHandle handle(Family family) {
    return Objects.requireNonNull(handles.get(family));
  }

  /** Returns the column family of a key. */
  ColumnFamilyHandle of(byte[] key) {
    return handle(Family.of(key));
  }

  List<ColumnFamilyHandle> all() {
    return List.copyOf(handles.values());
  }

  @Override
  public void close() {
    handles.values().forEach(ColumnFamilyHandle::close);
    database.close();
    settings.close();
  }
}
