package io.dgen.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * An ordered key-value store with strictly serializable transactions. The engine accesses data in
 * no other way. Thread-safe.
 */
public interface Store extends AutoCloseable {

  /**
   * Starts a transaction.
   *
   * @param options the transaction's options
   * @return a transaction to be closed by the caller
   * @throws StoreException with {@link StoreError#STORE_CLOSED} if the store is closed
   */
  Transaction createTransaction(TransactionOptions options);

  /**
   * Starts a transaction with default options.
   *
   * @return a transaction to be closed by the caller
   */
  default Transaction createTransaction() {
    return createTransaction(TransactionOptions.DEFAULT);
  }

  /**
   * Runs a body in a transaction and commits it, repeatedly until it succeeds or fails permanently.
   * Blocks the calling thread.
   *
   * <p>The body may run many times, and more than once even if it committed ({@link
   * StoreError#COMMIT_UNKNOWN_RESULT}): make it idempotent.
   *
   * @param body what to do
   * @param <T> the type of its result
   * @return the body's result in the run that committed
   * @throws StoreException if the transaction fails permanently
   */
  default <T> T run(Function<? super Transaction, ? extends T> body) {
    return Repeats.run(
        createTransaction(),
        transaction -> {
          T result = body.apply(transaction);
          transaction.commit().join();
          return result;
        });
  }

  /**
   * Runs a body that only reads, repeatedly until it succeeds or fails permanently. Nothing is
   * committed. Blocks the calling thread.
   *
   * @param body what to read
   * @param <T> the type of its result
   * @return the body's result
   * @throws StoreException if the transaction fails permanently
   */
  default <T> T read(Function<? super ReadTransaction, ? extends T> body) {
    return Repeats.run(createTransaction(), body);
  }

  /**
   * Returns the directory in which a node that uses this store may keep small files on this
   * machine: notes for its next start, without which nothing is lost. They belong to the same data
   * as the store, and live as long.
   *
   * @return a directory, which need not exist yet; empty if the store has no place of its own on
   *     this machine
   */
  default Optional<Path> scratchDirectory() {
    return Optional.empty();
  }

  /** Closes the store. Open transactions fail with {@link StoreError#STORE_CLOSED}. */
  @Override
  void close();
}
