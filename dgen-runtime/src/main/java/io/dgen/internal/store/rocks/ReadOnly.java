package io.dgen.internal.store.rocks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Opens RocksDB's files for reading alone, which changes none of them, and closes them again. */
final class ReadOnly {

  private ReadOnly() {}

  /** What is read while the files are open. */
  interface Reading {
    GroupNumber read(RocksDB database) throws RocksDBException;
  }

  /**
   * Opens the files of a store for one reading.
   *
   * @throws RocksDBException if they cannot be opened, or the reading fails
   */
  static GroupNumber read(Path files, Reading reading) throws RocksDBException {
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (RocksSettings settings = new RocksSettings(false);
        DBOptions options = new DBOptions(settings.options());
        ColumnFamilyOptions familyOptions = new ColumnFamilyOptions(settings.options());
        RocksDB database =
            RocksDB.openReadOnly(
                options,
                files.toString(),
                List.of(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, familyOptions)),
                handles)) {
      try {
        return reading.read(database);
      } finally {
        handles.forEach(ColumnFamilyHandle::close);
      }
    }
  }
}
