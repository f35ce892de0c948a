package io.dgen.store;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
  /** The commit may have happened or not. */
  COMMIT_UNKNOWN_RESULT(1021, Retry.MAYBE_COMMITTED, "the commit may have happened or not"),
  /** The transaction was cancelled or closed. If it was committing, that may have happened. */
  TRANSACTION_CANCELLED(1025, Retry.NEVER, "the transaction was cancelled"),
  /** The transaction's timeout passed. If it was committing, the commit may have happened. */
  TRANSACTION_TIMED_OUT(1031, Retry.NEVER, "the transaction timed out"),
  /** More watches than the store allows. */
  TOO_MANY_WATCHES(1032, Retry.NEVER, "too many watches are set"),
  /**
   * A value read was written by an unresolved versionstamp operation of the same transaction. Its
   * commit fails too.
   */
  ACCESSED_UNREADABLE(
      1036, Retry.NEVER, "a versionstamped key or value was read before the commit"),
  /** A storage server is behind the others. */
  PROCESS_BEHIND(1037, Retry.NOT_COMMITTED, "a storage server of the cluster is behind"),
  /** The cluster is locked, by a restore for example. */
  DATABASE_LOCKED(1038, Retry.NOT_COMMITTED, "the cluster is locked, by a restore for example"),
  /**
   * The cluster was upgraded to, or the client moved to, another protocol version. Unlike after
   * {@link #COMMIT_UNKNOWN_RESULT}, a commit may still be on its way.
   */
  CLUSTER_VERSION_CHANGED(
      1039, Retry.MAYBE_COMMITTED, "the protocol version of the cluster has changed"),
  /** The processes that take commits have no memory left for more. */
  COMMIT_PROXY_MEMORY_LIMIT_EXCEEDED(
      1042, Retry.NOT_COMMITTED, "the cluster is overloaded with commits"),
  /** Work of low priority is held back. */
  BATCH_TRANSACTION_THROTTLED(
      1051, Retry.NOT_COMMITTED, "the cluster is busy and holds back work of low priority"),
  /** The processes that give out read versions have no memory left for more. */
  GRV_PROXY_MEMORY_LIMIT_EXCEEDED(
      1078, Retry.NOT_COMMITTED, "the cluster is overloaded with new transactions"),
  /** Transactions with one of this one's tags are held back. */
  TAG_THROTTLED(1213, Retry.NOT_COMMITTED, "the cluster holds back transactions with this tag"),
  /** Transactions with one of this one's tags were held back for too long. */
  PROXY_TAG_THROTTLED(
      1223, Retry.NOT_COMMITTED, "the cluster held back a transaction with this tag for too long"),
  /**
   * Reading or writing the storage failed. A commit that fails with this may be on the disk:
   * opening the store again shows whether it is.
   */
  IO_ERROR(1510, Retry.NEVER, "the storage failed"),
  /** A range ends before it begins. */
  INVERTED_RANGE(2005, Retry.NEVER, "the range ends before it begins"),
  /** The key is not below 0xFF. */
  KEY_OUTSIDE_LEGAL_RANGE(2004, Retry.NEVER, "the key is not below 0xFF"),
  /** The transaction was used while it was being committed, or after. */
  USED_DURING_COMMIT(2017, Retry.NEVER, "the transaction was used during or after its commit"),
  /** The offset of a versionstamp is missing or outside the key or value. */
  INVALID_VERSIONSTAMP_OFFSET(
      2000, Retry.NEVER, "the versionstamp's offset is missing or outside the bytes"),
  /**
   * A clear contains some of the keys, and not all, that a versionstamped key may become which the
   * same transaction has set before. FoundationDB has no such error: see {@link Transaction}.
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
   * An error of the JVM, such as too little memory, or a fault in dgen. The message says which, and
   * what became of the transaction.
   */
  INTERNAL_ERROR(4100, Retry.NEVER, "an internal error"),
  /** The store was closed. If a transaction was committing, that may have happened. */
  STORE_CLOSED(1101, Retry.NEVER, "the store is closed");

  private enum Retry {
    NEVER,
    NOT_COMMITTED,
    MAYBE_COMMITTED
  }

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
   * FoundationDB's code of the error.
   *
   * @return the code
   */
  public int code() {
    return code;
  }

  /**
   * What the error means.
   *
   * @return a short text
   */
  public String text() {
    return text;
  }

  /**
   * Whether a transaction that failed with this may be tried again after {@link
   * Transaction#onError}.
   *
   * @return true if it may
   */
  public boolean isRetryable() {
    return retry != Retry.NEVER;
  }

  /**
   * Whether a commit that failed with this may have happened, and the transaction may be tried
   * again.
   *
   * @return true if it is not known
   */
  public boolean isMaybeCommitted() {
    return retry == Retry.MAYBE_COMMITTED;
  }

  /**
   * The error with a code of FoundationDB.
   *
   * @param code the code
   * @return the error, or null if it has no name here
   */
  public static @Nullable StoreError ofCode(int code) {
    return BY_CODE.get(code);
  }
}
