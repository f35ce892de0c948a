package io.dgen.store.local;

import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.nio.file.Path;

/** The embedded store. */
public final class LocalStore implements Store {

  private LocalStore() {}

  /**
   * Opens a store on disk.
   *
   * @param directory where
   * @return the store
   */
  public static LocalStore open(Path directory) {
    return new LocalStore();
  }

  /**
   * Opens a store in memory.
   *
   * @return the store
   */
  public static LocalStore inMemory() {
    return new LocalStore();
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
