package io.dgen.internal.engine.tx;

import io.dgen.error.DgenClosedException;
import io.dgen.error.Effect;
import io.dgen.error.OutcomeUnknownException;
import io.dgen.spi.Environment;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs transactions until they commit, each exactly once (rule 4). A body that wrote nothing is not
 * committed.
 */
public final class Transactor {

  /** Errors of a commit after which it is certain that nothing was written. */
  private static final Set<StoreError> CERTAINLY_NOT_COMMITTED =
      EnumSet.of(
          StoreError.TRANSACTION_TOO_LARGE,
          StoreError.TRANSACTION_TOO_OLD,
          StoreError.NOT_COMMITTED,
          StoreError.KEY_TOO_LARGE,
          StoreError.VALUE_TOO_LARGE,
          StoreError.INVALID_VERSIONSTAMP_OFFSET,
          StoreError.KEY_OUTSIDE_LEGAL_RANGE);

  private final Store store;
  private final Environment environment;
  private final Receipts receipts;

  public Transactor(Store store, Environment environment, Receipts receipts) {
    this.store = store;
    this.environment = environment;
    this.receipts = receipts;
  }

  /**
   * Runs a body until it commits.
   *
   * @param body may run many times; its result in the run that committed is returned
   * @throws OutcomeUnknownException if the store failed permanently while the commit was in flight
   * @throws DgenClosedException if the node leaves before the commit
   * @throws StoreException if the store failed permanently before the commit
   */
  public <T> Committed<T> run(Body<T> body) throws InterruptedException {
    return run(body, () -> {});
  }

  /**
   * Runs a body until it commits, as {@link #run(Body)} does.
   *
   * @param onConflict called for each attempt that is repeated because another transaction
   *     committed first
   */
  public <T> Committed<T> run(Body<T> body, Runnable onConflict) throws InterruptedException {
    try (Transaction transaction = begin();
        Run<T> run = new Run<>(transaction, body, onConflict)) {
      Committed<T> committed = run.attempt();
      while (committed == null) {
        committed = run.attempt();
      }
      return committed;
    }
  }

  private Transaction begin() {
    try {
      return store.createTransaction();
    } catch (StoreException e) {
      throw e.withEffect(Effect.NONE);
    }
  }

  /**
   * Runs a body until it commits, without a receipt: after {@code commit_unknown_result} it runs
   * again. For transactions that may be repeated.
   */
  public <T> T runIdempotent(TransactionOptions options, IdempotentBody<T> body)
      throws InterruptedException {
    try (Transaction transaction = store.createTransaction(options)) {
      while (true) {
        try {
          T value = body.run(transaction);
          environment.await(transaction.commit());
          return value;
        } catch (StoreException e) {
          environment.await(transaction.onError(e));
        }
      }
    }
  }

  /** The attempts of one transaction. */
  private final class Run<T> implements AutoCloseable {

    private final Transaction transaction;
    private final Body<T> body;
    private final Runnable onConflict;

    /**
     * Acquired before the first read: its slot was last written by a commit that is known, and thus
     * precedes the read version; otherwise the attempt would conflict with it.
     */
    private final Receipts.Receipt receipt = receipts.acquire();

    /** The body's result in the attempt whose outcome is unknown; null if it is known. */
    private @Nullable Attempted<T> unknown;

    /** Whether the commit of the current attempt has begun. */
    private boolean committing;

    /** Whether a commit with an unknown outcome was begun. */
    private boolean inDoubt;

    /** What is thrown for it; null as long as its outcome may still become known. */
    private @Nullable OutcomeUnknownException doubt;

    private int conflicts;
    private long commitNanos;

    Run(Transaction transaction, Body<T> body, Runnable onConflict) {
      this.transaction = transaction;
      this.body = body;
      this.onConflict = onConflict;
    }

    /** Makes one attempt; returns null if another is needed. */
    @Nullable Committed<T> attempt() throws InterruptedException {
      committing = false;
      try {
        if (unknown != null) {
          switch (settle()) {
            case COMMITTED -> {
              inDoubt = false;
              return committed(unknown.value, null);
            }
            case NOT_COMMITTED -> {
              inDoubt = false;
              unknown = null;
            }
            case UNKNOWN ->
                throw doubted(
                    "this node was presumed dead for so long that its receipts were swept; it is"
                        + " unknown whether its last transaction committed",
                    null);
          }
        }
        receipts.requireOpen();
        Attempt attempt = new Attempt(transaction);
        T value = body.run(attempt);
        if (!attempt.writes) {
          return committed(value, null);
        }
        receipt.write(transaction);
        if (!attempt.reads) {
          var unused = environment.await(transaction.getReadVersion());
        }
        receipts.requireOpen();
        CompletableFuture<byte[]> stamp =
            attempt.wantsVersionstamp ? transaction.getVersionstamp() : null;
        unknown = new Attempted<>(value, attempt);
        inDoubt = true;
        committing = true;
        long began = environment.nanoTime();
        environment.await(transaction.commit());
        commitNanos = environment.nanoTime() - began;
        inDoubt = false;
        return committed(value, stamp == null ? null : environment.await(stamp));
      } catch (StoreException e) {
        retry(e);
        return null;
      }
    }

    private Committed<T> committed(T value, byte @Nullable [] stamp) {
      return new Committed<>(value, stamp, commitNanos, conflicts);
    }

    private Receipts.Fate settle() throws InterruptedException {
      return runIdempotent(
          TransactionOptions.DEFAULT, settling -> receipt.settle(settling, environment));
    }

    private void retry(StoreException error) throws InterruptedException {
      if (error.is(StoreError.NOT_COMMITTED)) {
        conflicts++;
        onConflict.run();
      }
      if (committing && !error.isMaybeCommitted() && isCertain(error)) {
        inDoubt = false;
        unknown = null;
      }
      try {
        environment.await(transaction.onError(error));
      } catch (StoreException fatal) {
        if (inDoubt) {
          throw doubted(
              "the store failed while a transaction was being committed: "
                  + fatal.getMessage()
                  + "; it is unknown whether it committed",
              fatal);
        }
        throw fatal.withEffect(Effect.NONE);
      }
    }

    private OutcomeUnknownException doubted(String message, @Nullable StoreException cause) {
      doubt = new OutcomeUnknownException(message, cause);
      return doubt;
    }

    private boolean isCertain(StoreException error) {
      return error.isRetryable()
          || error.error().filter(CERTAINLY_NOT_COMMITTED::contains).isPresent();
    }

    /**
     * Releases the slot, unless it is in doubt: a late commit would overwrite the next receipt in
     * it.
     */
    @Override
    public void close() {
      if (!inDoubt) {
        receipt.release();
      } else if (unknown != null) {
        unknown.attempt.outcomeUnknown(
            doubt != null
                ? doubt
                : new OutcomeUnknownException(
                    "a transaction was interrupted while it was being committed; it is unknown"
                        + " whether it committed",
                    null));
      }
    }
  }

  private record Attempted<T>(T value, Attempt attempt) {}

  /** The body of a transaction. */
  @FunctionalInterface
  public interface Body<T> {

    T run(Attempt attempt) throws InterruptedException;
  }

  /** The body of a transaction that may be repeated. */
  @FunctionalInterface
  public interface IdempotentBody<T> {

    T run(Transaction transaction) throws InterruptedException;
  }

  /** One attempt at a transaction, as the body sees it. */
  public static final class Attempt {

    private final Transaction transaction;
    private boolean reads;
    private boolean writes;
    private boolean wantsVersionstamp;
    private Consumer<OutcomeUnknownException> inDoubt = error -> {};

    private Attempt(Transaction transaction) {
      this.transaction = transaction;
    }

    /** Returns the transaction for reading. */
    public Transaction reads() {
      reads = true;
      return transaction;
    }

    /** Returns the transaction for writing: the attempt will be committed. */
    public Transaction writes() {
      writes = true;
      return transaction;
    }

    /** Asks for the versionstamp of the commit. */
    public void wantVersionstamp() {
      wantsVersionstamp = true;
    }

    /**
     * Adds what is to be done if it will never be known here whether the attempt has committed. It
     * runs before the error is thrown, and must not throw.
     */
    public void ifOutcomeUnknown(Consumer<OutcomeUnknownException> action) {
      inDoubt = inDoubt.andThen(action);
    }

    private void outcomeUnknown(OutcomeUnknownException error) {
      inDoubt.accept(error);
    }
  }

  /** A committed transaction. */
  public static final class Committed<T> {

    private final T value;
    private final byte @Nullable [] stamp;
    private final long commitNanos;
    private final int conflicts;

    private Committed(T value, byte @Nullable [] stamp, long commitNanos, int conflicts) {
      this.value = value;
      this.stamp = stamp;
      this.commitNanos = commitNanos;
      this.conflicts = conflicts;
    }

    /** Returns the body's result. */
    public T value() {
      return value;
    }

    /**
     * Returns the versionstamp: null if it was not requested, if nothing was written, or if the
     * commit is known only from its receipt.
     */
    public byte @Nullable [] stamp() {
      return stamp;
    }

    /**
     * Returns how long the commit took; 0 if nothing was written, or if it is known only from its
     * receipt.
     */
    public long commitNanos() {
      return commitNanos;
    }

    /** Returns how many attempts were repeated because another transaction committed first. */
    public int conflicts() {
      return conflicts;
    }
  }
}
