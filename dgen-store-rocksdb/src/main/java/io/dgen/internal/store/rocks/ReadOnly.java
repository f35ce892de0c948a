package io.dgen.internal.store.rocks;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/** Opens RocksDB's files read-only, which changes none of them, and closes them again. */
final class ReadOnly {

  private ReadOnly() {}

  /** Reads while the files are open. */
  interface Reading {
    GroupNumber read(Families families) throws RocksDBException;
  }

  /**
   * Opens the files of a store for one reading.
   *
   * @throws RocksDBException if they cannot be opened, or the reading fails
   */
  static GroupNumber read(Path files, Reading reading) throws RocksDBException {
    try (Families families = Families.openReadOnly(files)) {
      return reading.read(families);
    }
  }
}
