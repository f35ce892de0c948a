package io.dgen.internal.store.rocks;

import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;

/** Turns RocksDB's errors into the store's. */
final class RocksErrors {

  private final Path directory;

  RocksErrors(Path directory) {
    this.directory = directory;
  }

  StoreException failed(String what, RocksDBException cause) {
    return new StoreException(
        StoreError.IO_ERROR,
        what
            + " in "
            + directory
            + " failed: "
            + cause.getMessage()
            + "; if the disk is full or failing, mend that; if the files are damaged, restore the"
            + " directory from a backup",
        cause);
  }
}
