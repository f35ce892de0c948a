package io.dgen.store.foundationdb;

import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import io.dgen.internal.overlay.PendingStamps;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The versionstamped keys and the clears of one attempt of a transaction, so that they apply in
 * order: FoundationDB's client drops a versionstamped key when the place is cleared where the
 * client keeps it, wherever the key will finally be. Thread-safe.
 *
 * <p>The lock makes a clear and the sets that must follow it one step. Under the lock the client is
 * only given mutations, which it puts into its own queue.
 */
final class StampedWrites {

  /** The longest life of a transaction. */
  private static final long PATIENCE_SECONDS = 5;

  private final Transaction transaction;
  private final ReentrantLock lock = new ReentrantLock();
  private final PendingStamps pending = new PendingStamps();
  private volatile boolean isReading;
  private volatile boolean hasRead;
  private volatile long readVersion = PendingStamps.UNKNOWN;

  StampedWrites(Transaction transaction) {
    this.transaction = transaction;
  }

  /** Returns the client's transaction of the attempt. */
  Transaction transaction() {
    return transaction;
  }

  /** Records that the client may have a read version from now on. */
  void noteReading() {
    isReading = true;
  }

  /** Records that a read was answered, so there is a read version. */
  void noteRead() {
    hasRead = true;
  }

  void noteReadVersion(long version) {
    readVersion = version;
    hasRead = true;
  }

  /** Sets a versionstamped key, whose offset must have been checked. */
  void set(byte[] template, byte[] value) {
    lock.lock();
    try {
      byte[] earlier = isReading ? pending.earlyPlaceOf(template) : null;
      if (earlier != null) {
        transaction.clear(earlier);
      }
      pending.set(template, value, readVersion);
      transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, template, value);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Clears a range. Needs the read version if the range is near a versionstamped key; the client
   * has it available by then.
   *
   * @param begin the first key
   * @param end the key to stop before
   * @param clear passes it to the client
   * @throws StoreException if its effect on a versionstamped key is undecidable
   */
  void clear(byte[] begin, byte[] end, Runnable clear) {
    if (needsReadVersion(begin, end)) {
      noteReadVersion(askReadVersion());
    }
    lock.lock();
    try {
      PendingStamps.Effect effect = pending.clear(begin, end, readVersion);
      effect.clearBefore().forEach(transaction::clear);
      clear.run();
      effect
          .setAfter()
          .forEach(
              stamped ->
                  transaction.mutate(
                      MutationType.SET_VERSIONSTAMPED_KEY, stamped.template(), stamped.value()));
    } finally {
      lock.unlock();
    }
  }

  private boolean needsReadVersion(byte[] begin, byte[] end) {
    if (!hasRead || readVersion != PendingStamps.UNKNOWN) {
      return false;
    }
    lock.lock();
    try {
      return pending.dependsOnReadVersion(begin, end);
    } finally {
      lock.unlock();
    }
  }

  private long askReadVersion() {
    try {
      return transaction
          .getReadVersion()
          .thenApply(version -> version)
          .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new StoreException(
            StoreError.TRANSACTION_TOO_OLD, StoreError.TRANSACTION_TOO_OLD.text(), e);
      }
      throw e;
    }
  }
}
