package io.dgen.store;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The errors of a store, with FoundationDB's codes.
 *
 * @see <a href="https://apple.github.io/foundationdb/api-error-codes.html">FoundationDB error
 *     codes</a>
 */
public enum StoreError {
  /** The transaction is older than five seconds, or its snapshot is gone. */
  TRANSACTION_TOO_OLD(1007, Retry.NOT_COMMITTED, "the transaction is older than 5 seconds"),
  /** The store has not reached the read version yet. */
  FUTURE_VERSION(1009, Retry.NOT_COMMITTED, "the store has not reached the read version yet"),
  /** Another transaction wrote what this one read. */
  NOT_COMMITTED(1020, Retry.NOT_COMMITTED, "another transaction wrote what this one read"),
  /** The commit may or may not have happened. */
  COMMIT_UNKNOWN_RESULT(1021, Retry.MAYBE_COMMITTED, "the commit may or may not have happened"),
  /**
   * The transaction was cancelled or closed. If it was committing, the commit may have happened.
   */
  TRANSACTION_CANCELLED(1025, Retry.NEVER, "the transaction was cancelled"),
  /** The transaction timed out. If it was committing, the commit may have happened. */
  TRANSACTION_TIMED_OUT(1031, Retry.NEVER, "the transaction timed out"),
  /** More watches are set than the store allows. */
  TOO_MANY_WATCHES(1032, Retry.NEVER, "too many watches are set"),
  /**
   * A key or value that was read had been written by an unresolved versionstamp operation of the
   * same transaction. Its commit fails too.
   */
  ACCESSED_UNREADABLE(
      1036, Retry.NEVER, "a versionstamped key or value was read before the commit"),
  /** A storage server is behind the others. */
  PROCESS_BEHIND(1037, Retry.NOT_COMMITTED, "a storage server of the cluster is behind"),
  /** The cluster is locked, for example by a restore. */
  DATABASE_LOCKED(1038, Retry.NOT_COMMITTED, "the cluster is locked, for example by a restore"),
  /**
   * The cluster was upgraded to another protocol version, or the client moved to one. Unlike after
   * {@link #COMMIT_UNKNOWN_RESULT}, a commit may still be in flight.
   */
  CLUSTER_VERSION_CHANGED(
      1039, Retry.MAYBE_COMMITTED, "the protocol version of the cluster has changed"),
  /** The commit proxies have no memory left for more commits. */
  COMMIT_PROXY_MEMORY_LIMIT_EXCEEDED(
      1042, Retry.NOT_COMMITTED, "the cluster is overloaded with commits"),
  /** The cluster is throttling work of low priority. */
  BATCH_TRANSACTION_THROTTLED(
      1051, Retry.NOT_COMMITTED, "the cluster is busy and throttles work of low priority"),
  /** The GRV proxies, which give out read versions, have no memory left for more. */
  GRV_PROXY_MEMORY_LIMIT_EXCEEDED(
      1078, Retry.NOT_COMMITTED, "the cluster is overloaded with new transactions"),
  /** The cluster is throttling transactions with one of this one's tags. */
  TAG_THROTTLED(1213, Retry.NOT_COMMITTED, "the cluster throttles transactions with this tag"),
  /** Transactions with one of this one's tags were throttled for too long. */
  PROXY_TAG_THROTTLED(
      1223, Retry.NOT_COMMITTED, "the cluster throttled transactions with this tag for too long"),
  /**
   * Reading or writing the storage failed. A commit that fails with this may be on disk: reopening
   * the store shows whether it is.
   */
  IO_ERROR(1510, Retry.NEVER, "the storage failed"),
  /** A range ends before it begins. */
  INVERTED_RANGE(2005, Retry.NEVER, "the range ends before it begins"),
  /** The key is not below 0xFF. */
  KEY_OUTSIDE_LEGAL_RANGE(2004, Retry.NEVER, "the key is not below 0xFF"),
  /** The transaction was used while it was being committed, or after. */
  USED_DURING_COMMIT(2017, Retry.NEVER, "the transaction was used during or after its commit"),
  /** The offset of a versionstamp is missing, or lies outside the key or value. */
  INVALID_VERSIONSTAMP_OFFSET(
      2000, Retry.NEVER, "the versionstamp's offset is missing or outside the bytes"),
  /**
   * A clear contains some, but not all, of the keys that a versionstamped key set earlier in the
   * same transaction may become. FoundationDB has no such error: see {@link Transaction}.
   */
  UNDECIDED_CLEAR(
      2990, Retry.NEVER, "the clear may or may not reach a versionstamped key that was set before"),
  /** Writes and conflict ranges are larger than 10,000,000 bytes. */
  TRANSACTION_TOO_LARGE(2101, Retry.NEVER, "the transaction is larger than 10,000,000 bytes"),
  /** A key is larger than 10,000 bytes. */
  KEY_TOO_LARGE(2102, Retry.NEVER, "the key is larger than 10,000 bytes"),
  /** A value is larger than 100,000 bytes. */
  VALUE_TOO_LARGE(2103, Retry.NEVER, "the value is larger than 100,000 bytes"),
  /**
   * An error of the JVM, such as a lack of memory, or a fault in dgen. The message says which, and
   * what became of the transaction.
   */
  INTERNAL_ERROR(4100, Retry.NEVER, "an internal error"),
  /** The store was closed. If a transaction was committing, the commit may have happened. */
  STORE_CLOSED(1101, Retry.NEVER, "the store is closed");

  private enum Retry {
    NEVER,
    NOT_COMMITTED,
    MAYBE_COMMITTED
  }

  /** Those after which nothing was written, although they are not retryable. */
  private static final Set<StoreError> NEVER_COMMITTED =
      EnumSet.of(
          TOO_MANY_WATCHES,
          ACCESSED_UNREADABLE,
          INVERTED_RANGE,
          KEY_OUTSIDE_LEGAL_RANGE,
          INVALID_VERSIONSTAMP_OFFSET,
          UNDECIDED_CLEAR,
          TRANSACTION_TOO_LARGE,
          KEY_TOO_LARGE,
          VALUE_TOO_LARGE);

  private static final Map<Integer, StoreError> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(StoreError::code, Function.identity()));

  private final int code;
  private final Retry retry;
  private final String text;

  StoreError(int code, Retry retry, String text) {
    this.code = code;
    this.retry = retry;
    this.text = text;
  }

  /**
   * Returns FoundationDB's code of the error.
   *
   * @return the code
   */
  public int code() {
    return code;
  }

  /**
   * Returns a description of the error.
   *
   * @return a short text
   */
  public String text() {
    return text;
  }

  /**
   * Returns whether a transaction that failed with this may be retried after {@link
   * Transaction#onError}.
   *
   * @return true if it may
   */
  public boolean isRetryable() {
    return retry != Retry.NEVER;
  }

  /**
   * Returns whether a commit that failed with this may have happened, and the transaction may be
   * retried.
   *
   * @return true if the result is unknown
   */
  public boolean isMaybeCommitted() {
    return retry == Retry.MAYBE_COMMITTED;
  }

  /**
   * Returns whether a transaction that failed with this has certainly not committed, even if its
   * commit had begun.
   *
   * @return false if a commit that failed with this may have happened
   */
  public boolean isNeverCommitted() {
    return retry == Retry.NOT_COMMITTED || NEVER_COMMITTED.contains(this);
  }

  /**
   * Returns the error with a given code.
   *
   * @param code FoundationDB's code
   * @return the error, or empty if it is not listed here
   */
  public static Optional<StoreError> ofCode(int code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }
}
