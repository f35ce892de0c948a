package io.dgen.store;

import io.dgen.error.DgenException;
import org.jspecify.annotations.Nullable;

/** A store operation failed. */
public final class StoreException extends DgenException {

  private static final long serialVersionUID = 1L;

  /** FoundationDB's code. */
  private final int code;

  /** Whether the transaction may be retried. */
  private final boolean retryable;

  /** Whether the transaction may have been committed. */
  private final boolean maybeCommitted;

  /**
   * Makes an exception.
   *
   * @param error what failed
   */
  public StoreException(StoreError error) {
    this(error, error.text(), null);
  }

  /**
   * Makes an exception with details.
   *
   * @param error what failed
   * @param message what happened, where, and what to do
   * @param cause what led to it, if anything
   */
  public StoreException(StoreError error, String message, @Nullable Throwable cause) {
    this(error.code(), message, error.isRetryable(), error.isMaybeCommitted(), cause);
  }

  /**
   * Makes an exception for a code that {@link StoreError} may not know.
   *
   * @param code FoundationDB's code
   * @param message what happened
   * @param retryable whether the transaction may be tried again
   * @param maybeCommitted whether the commit may have happened
   * @param cause what led to it, if anything
   */
  public StoreException(
      int code,
      String message,
      boolean retryable,
      boolean maybeCommitted,
      @Nullable Throwable cause) {
    super(message + " (" + code + ")", cause);
    this.code = code;
    this.retryable = retryable;
    this.maybeCommitted = maybeCommitted;
  }

  /**
   * FoundationDB's code.
   *
   * @return the code
   */
  public int code() {
    return code;
  }

  /**
   * The error, if it has a name here.
   *
   * @return the error, or null for a code that {@link StoreError} does not know
   */
  public @Nullable StoreError error() {
    return StoreError.ofCode(code);
  }

  /**
   * Returns whether the transaction may be retried after {@link Transaction#onError}.
   *
   * @return true if it may
   */
  public boolean isRetryable() {
    return retryable;
  }

  /**
   * Returns whether the commit may have happened.
   *
   * @return true if it is not known
   */
  public boolean isMaybeCommitted() {
    return maybeCommitted;
  }
}
