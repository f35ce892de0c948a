package io.dgen.store.memory;

import io.dgen.internal.store.Database;
import io.dgen.internal.store.Environments;
import io.dgen.internal.store.memory.MemoryStorage;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;

/**
 * A store in memory, whose data is gone when it is closed: for tests and for trying things out. It
 * needs no native code and behaves as the store on disk does, except that a transaction commits on
 * the thread of its caller. Thread-safe.
 */
public final class MemoryStore implements Store {

  private final Database database = new Database(new MemoryStorage(), Environments.system(), 0);

  private MemoryStore() {}

  /**
   * Opens an empty store.
   *
   * @return the store
   */
  public static MemoryStore open() {
    return new MemoryStore();
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
