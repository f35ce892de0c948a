package io.dgen.store.foundationdb;

import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import io.dgen.internal.store.PendingStamps;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The versionstamped keys and the clears of one attempt of a transaction, so that they apply in
 * order: FoundationDB's client drops a versionstamped key when it is cleared where the client keeps
 * it, wherever it will be. Thread-safe.
 *
 * <p>The lock makes a clear and what has to be set again after it one step. Under it the client is
 * only handed mutations, which it puts into a queue of its own.
 */
final class StampedWrites {

  /** As long as a transaction can live. */
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

  /** From now on the client may have a read version at any time. */
  void noteReading() {
    isReading = true;
  }

  /** A read was answered, so there is a read version. */
  void noteRead() {
    hasRead = true;
  }

  void noteReadVersion(long version) {
    readVersion = version;
    hasRead = true;
  }

  /** Sets a versionstamped key, whose offset was checked. */
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
   * Clears a range. Needs the read version if it is near a versionstamped key, which the client has
   * at hand by then.
   *
   * @param begin the first key
   * @param end the key to stop before
   * @param clear hands it to the client
   * @throws StoreException if nobody can say what it does to a versionstamped key
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
