package io.dgen.store;

import java.util.concurrent.CompletableFuture;

/**
 * A transaction: reads from one snapshot, and writes that are atomic.
 *
 * <p>Transactions are strictly serializable. A commit fails with {@link StoreError#NOT_COMMITTED}
 * if another transaction has written a key range that was read, since the read version. Reads see
 * the transaction's own writes.
 *
 * <p>Writes apply in the order of the calls. The final form of a versionstamped key is known only
 * to the commit. Its <em>possible keys</em> are those whose stamp has a version above the read
 * version, or all of them as long as no future of a read of this transaction has completed. The
 * effect of a clear on a versionstamped key that was set before it depends on how many of the
 * possible keys it contains:
 *
 * <ul>
 *   <li>none: the key stays;
 *   <li>all: the key is dropped;
 *   <li>some: the effect is undecidable. The clear is refused with {@link
 *       StoreError#UNDECIDED_CLEAR} and does nothing.
 * </ul>
 *
 * <p>A clear that comes before a versionstamped key never affects it, so clear first, then set. The
 * possible keys cannot be read ({@link StoreError#ACCESSED_UNREADABLE}); after a clear of all of
 * them they can.
 *
 * <p>Limits, as in FoundationDB: keys 10,000 bytes, values 100,000 bytes, all writes and conflict
 * ranges together 10,000,000 bytes, 5 seconds from the first read to the commit.
 *
 * <p>Safe for use by several threads, but writes fail once {@link #commit} has begun.
 *
 * @see <a href="https://apple.github.io/foundationdb/developer-guide.html">FoundationDB developer
 *     guide</a>
 */
public interface Transaction extends ReadTransaction, AutoCloseable {

  /**
   * Sets a key.
   *
   * @param key the key, at most 10,000 bytes, less than {@code 0xFF}
   * @param value the value, at most 100,000 bytes
   * @throws StoreException if the key or the value is too large or the key is not legal
   */
  void set(byte[] key, byte[] value);

  /**
   * Clears a key.
   *
   * @param key the key
   * @throws StoreException with {@link StoreError#UNDECIDED_CLEAR} if it is one of the possible
   *     keys of a versionstamped key that was set before
   */
  void clear(byte[] key);

  /**
   * Clears a range of keys.
   *
   * @param begin the first key
   * @param end the key to stop before
   * @throws StoreException if the end is before the begin; with {@link StoreError#UNDECIDED_CLEAR}
   *     if the range contains some, but not all, of the possible keys of a versionstamped key that
   *     was set before
   */
  void clear(byte[] begin, byte[] end);

  /**
   * Applies an atomic mutation, without reading.
   *
   * @param type the type of mutation
   * @param key the key
   * @param operand the operand
   */
  void mutate(MutationType type, byte[] key, byte[] operand);

  /**
   * Returns the next number for a versionstamped key of this transaction: a value for the two user
   * bytes of a versionstamp, so that the keys of one commit are distinct and keep the order in
   * which they were made.
   *
   * @return 0 at the first call, and one more at each further one; {@link #onError} restarts the
   *     count
   * @throws IllegalStateException at the 65,537th call
   */
  int claimUserVersion();

  /**
   * Adds a read conflict range: the commit fails if another transaction writes a key of the range
   * after the read version. Keys that this transaction has already set or cleared do not count:
   * call this first.
   *
   * @param begin the first key
   * @param end the key to stop before
   */
  void addReadConflictRange(byte[] begin, byte[] end);

  /**
   * Adds a read conflict range of one key, as {@link #addReadConflictRange} does.
   *
   * @param key the key
   */
  default void addReadConflictKey(byte[] key) {
    addReadConflictRange(key, Keys.after(key));
  }

  /**
   * Adds a write conflict range: other transactions that read a key of the range conflict with this
   * one.
   *
   * @param begin the first key
   * @param end the key to stop before
   */
  void addWriteConflictRange(byte[] begin, byte[] end);

  /**
   * Adds a write conflict range of one key, as {@link #addWriteConflictRange} does.
   *
   * @param key the key
   */
  default void addWriteConflictKey(byte[] key) {
    addWriteConflictRange(key, Keys.after(key));
  }

  /**
   * Commits the transaction. When the future completes, the writes are durable and every
   * transaction that begins from then on sees them.
   *
   * <p>If a read of the transaction failed, the commit fails with the read's error, even if the
   * read's future was ignored.
   *
   * <p>On {@link StoreError#COMMIT_UNKNOWN_RESULT} the writes may or may not have happened; after
   * {@link #onError} they have happened or never will.
   *
   * @return completes when committed
   */
  CompletableFuture<Void> commit();

  /**
   * Returns the version of the commit.
   *
   * @return the version; -1 if the transaction wrote nothing
   * @throws IllegalStateException if the transaction has not committed
   */
  long getCommittedVersion();

  /**
   * Returns the versionstamp that versionstamped mutations of this transaction get. Call this
   * before {@link #commit}.
   *
   * @return ten bytes; completes after the commit, and fails if it fails or if nothing was written
   */
  CompletableFuture<byte[]> getVersionstamp();

  /**
   * Watches a key: the future completes some time after the value differs from the one that this
   * transaction saw. It may miss a change that was undone, and it may fire without a change; it
   * never misses a lasting one. The commit arms the watch, even if the transaction only read; the
   * watch outlives the transaction. To end it, cancel the future.
   *
   * @param key the key
   * @return completes on a change, and fails if the commit fails
   */
  CompletableFuture<Void> watch(byte[] key);

  /**
   * Handles an error of this transaction: if it is retryable, waits for the back-off, resets the
   * transaction and completes; otherwise fails with it.
   *
   * @param error the failure of a future of this transaction
   * @return completes when the transaction may be used again from its start
   */
  CompletableFuture<Void> onError(Throwable error);

  /**
   * Cancels the transaction: pending operations fail with {@link StoreError#TRANSACTION_CANCELLED}.
   */
  void cancel();

  /** Releases the transaction's resources; cancels it if it has not committed. */
  @Override
  void close();
}
