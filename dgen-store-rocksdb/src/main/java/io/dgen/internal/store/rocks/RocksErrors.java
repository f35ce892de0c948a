package io.dgen.internal.store.rocks;

import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Converts RocksDB's errors to the store's. */
final class RocksErrors {

  private static final String RESTORE =
      "; nothing in it was changed: put a backup in its place (LocalStore.backup makes them,"
          + " docs/backup.md says how to restore one)";

  private final Path directory;

  /** Creates the errors for a store's directory. */
  RocksErrors(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  StoreException failed(String what, RocksDBException cause) {
    return new StoreException(
        StoreError.IO_ERROR,
        what
            + " in "
            + directory
            + " failed: "
            + cause.getMessage()
            + "; if the disk is full or failing, fix that; if the files are damaged, put a backup"
            + " in their place (LocalStore.backup makes them)",
        cause);
  }

  /** Returns the error for a damaged store, before anything was changed. */
  static StoreException damaged(Path directory, String what, @Nullable Throwable cause) {
    return new StoreException(
        StoreError.IO_ERROR, "the store in " + directory + " is damaged: " + what + RESTORE, cause);
  }
}
