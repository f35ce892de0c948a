package io.dgen.store.foundationdb;

import com.apple.foundationdb.FDBException;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Converts the errors of fdb-java to the store's.
 *
 * <p>For an error that {@link StoreError} knows, fdb-java is not asked whether it may be retried:
 * that would load the native library, and the answer equals that of {@code fdb_error_predicate}.
 *
 * @see <a href="https://apple.github.io/foundationdb/api-error-codes.html">FoundationDB error
 *     codes</a>
 */
final class Failures {

  /** FoundationDB's operation_cancelled; the same number means that the store is closed. */
  private static final int OPERATION_CANCELLED = 1101;

  /** From here on codes mean an invalid call, which the client refuses before it sends anything. */
  private static final int FIRST_CLIENT_ERROR = 2000;

  private Failures() {}

  /**
   * Translates the failure of an operation.
   *
   * @param error fdb-java's failure
   * @param committing whether the operation is a commit: unless the error says that nothing was
   *     written, it may have happened ("non-retryable errors" in FoundationDB's developer guide)
   * @return a {@link StoreException}, or the error itself if it is not the store's
   */
  static Throwable translate(Throwable error, boolean committing) {
    Throwable cause = cause(error);
    if (cause instanceof FDBException failure) {
      return translate(failure, committing);
    }
    if (cause instanceof CancellationException || cause instanceof IllegalStateException) {
      // From fdb-java, for a transaction, future or database that was closed in the meantime.
      return cancelled(committing, cause);
    }
    return cause;
  }

  static StoreException translate(FDBException error, boolean committing) {
    int code = error.getCode();
    if (code == OPERATION_CANCELLED) {
      return cancelled(committing, error);
    }
    StoreError known = StoreError.ofCode(code).orElse(null);
    boolean ask = known == null && code < FIRST_CLIENT_ERROR;
    boolean retryable = known == null ? ask && error.isRetryable() : known.isRetryable();
    boolean maybeCommitted =
        known == null ? ask && error.isMaybeCommitted() : known.isMaybeCommitted();
    return new StoreException(
        code,
        known == null ? "FoundationDB: " + error.getMessage() : known.text(),
        retryable,
        maybeCommitted
            || (committing
                && !retryable
                && known != StoreError.ACCESSED_UNREADABLE // It is a read's, and nothing was sent.
                && code < FIRST_CLIENT_ERROR),
        error);
  }

  /**
   * Returns the error for fdb-java's retry loop.
   *
   * <p>A client with a single library, which never fails with a changed cluster version, would
   * refuse to retry it; one with several moves to the new version in any case.
   */
  static FDBException toNative(StoreException error) {
    int code =
        error.is(StoreError.CLUSTER_VERSION_CHANGED)
            ? StoreError.COMMIT_UNKNOWN_RESULT.code()
            : error.code();
    return new FDBException(String.valueOf(error.getMessage()), code);
  }

  /** Returns the failure of a future. */
  static Throwable cause(Throwable error) {
    Throwable cause = error.getCause();
    return (error instanceof CompletionException || error instanceof ExecutionException)
            && cause != null
        ? cause
        : error;
  }

  private static StoreException cancelled(boolean committing, Throwable cause) {
    StoreError error = StoreError.TRANSACTION_CANCELLED;
    return new StoreException(error.code(), error.text(), false, committing, cause);
  }
}
