package io.dgen.store;

import java.util.concurrent.CompletableFuture;

/**
 * A transaction: reads of one snapshot, and writes that happen at once or not at all.
 *
 * <p>Transactions are strictly serializable. A commit fails with {@link StoreError#NOT_COMMITTED}
 * if a key range that was read has been written by another transaction since the read version.
 * Reads see the transaction's own writes.
 *
 * <p>Writes apply in the order of the calls. A versionstamped key counts as the key that its stamp
 * really becomes, which only the commit knows: its <em>possible keys</em> are those whose stamp has
 * a version above the read version, or all as long as no future of a read of this transaction has
 * completed. What a clear does to a versionstamped key that was set before it depends on how many
 * of them it contains:
 *
 * <ul>
 *   <li>none: the key stays;
 *   <li>all: the key is dropped;
 *   <li>some: nobody can say. The clear is refused with {@link StoreError#UNDECIDED_CLEAR} and does
 *       nothing.
 * </ul>
 *
 * <p>A clear that comes before a versionstamped key never touches it, so clear first, then set. The
 * possible keys cannot be read ({@link StoreError#ACCESSED_UNREADABLE}); after a clear of all of
 * them they can.
 *
 * <p>Limits, as in FoundationDB: keys 10,000 bytes, values 100,000 bytes, all writes and conflict
 * ranges together 10,000,000 bytes, 5 seconds from the first read to the commit.
 *
 * <p>Safe for use by several threads, but writes after {@link #commit} began fail.
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
   *     if it contains some of the possible keys of a versionstamped key that was set before, and
   *     not all
   */
  void clear(byte[] begin, byte[] end);

  /**
   * Applies an atomic mutation, without reading.
   *
   * @param type what to do
   * @param key the key
   * @param operand the operand
   */
  void mutate(MutationType type, byte[] key, byte[] operand);

  /**
   * Numbers the versionstamped keys of this transaction, so that those of one commit differ and
   * keep the order of their making: for the two bytes of a versionstamp that are the user's.
   *
   * @return 0 at the first claim, and one more at each further one; {@link #onError} begins anew
   * @throws IllegalStateException at the 65,537th claim
   */
  int claimUserVersion();

  /**
   * Makes the commit fail if a key of the range is written by another transaction after the read
   * version. Keys that this transaction has set or cleared before do not count: call this first.
   *
   * @param begin the first key
   * @param end the key to stop before
   */
  void addReadConflictRange(byte[] begin, byte[] end);

  /**
   * As {@link #addReadConflictRange} for one key.
   *
   * @param key the key
   */
  default void addReadConflictKey(byte[] key) {
    addReadConflictRange(key, Keys.after(key));
  }

  /**
   * Makes other transactions that read a key of the range conflict with this one.
   *
   * @param begin the first key
   * @param end the key to stop before
   */
  void addWriteConflictRange(byte[] begin, byte[] end);

  /**
   * As {@link #addWriteConflictRange} for one key.
   *
   * @param key the key
   */
  default void addWriteConflictKey(byte[] key) {
    addWriteConflictRange(key, Keys.after(key));
  }

  /**
   * Commits. When the future completes, the writes are durable and every transaction that begins
   * from then on sees them.
   *
   * <p>If a read of the transaction failed, so does the commit, with the read's error, even if
   * nobody looked at it.
   *
   * <p>On {@link StoreError#COMMIT_UNKNOWN_RESULT} the writes may have happened or not; after
   * {@link #onError} they happened or never will.
   *
   * @return completes when committed
   */
  CompletableFuture<Void> commit();

  /**
   * The version of the commit.
   *
   * @return the version; -1 if the transaction wrote nothing
   * @throws IllegalStateException if the transaction has not committed
   */
  long getCommittedVersion();

  /**
   * The versionstamp that versionstamped mutations of this transaction get. Ask before {@link
   * #commit}.
   *
   * @return ten bytes; completes after the commit, and fails if it fails or if nothing was written
   */
  CompletableFuture<byte[]> getVersionstamp();

  /**
   * Watches a key: the future completes some time after the value is no longer the one that this
   * transaction saw. It may miss a change that was undone, and it may fire without a change; it
   * never misses a lasting one. Armed by the commit, which may be of a transaction that only read;
   * outlives the transaction; cancel the future to give it up.
   *
   * @param key the key
   * @return completes on a change, and fails if the commit fails
   */
  CompletableFuture<Void> watch(byte[] key);

  /**
   * Decides what to do about an error of this transaction: for a retryable one, waits as long as
   * the back-off says, resets the transaction and completes; for any other, fails with it.
   *
   * @param error what a future of this transaction failed with
   * @return completes when the transaction may be used again from its start
   */
  CompletableFuture<Void> onError(Throwable error);

  /**
   * Gives the transaction up: what is pending fails with {@link StoreError#TRANSACTION_CANCELLED}.
   */
  void cancel();

  /** Releases what the transaction holds; cancels it if it has not committed. */
  @Override
  void close();
}
