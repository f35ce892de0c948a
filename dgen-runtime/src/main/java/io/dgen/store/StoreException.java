package io.dgen.store;

import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import java.util.Optional;
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
    this(
        message + " (" + code + ")",
        code,
        retryable,
        maybeCommitted,
        cause,
        effect(code, retryable, maybeCommitted));
  }

  private StoreException(
      String text,
      int code,
      boolean retryable,
      boolean maybeCommitted,
      @Nullable Throwable cause,
      Effect effect) {
    super(text, cause, effect);
    this.code = code;
    this.retryable = retryable;
    this.maybeCommitted = maybeCommitted;
  }

  /** Returns what an error says of a transaction that may have been committing. */
  private static Effect effect(int code, boolean retryable, boolean maybeCommitted) {
    boolean never =
        retryable || StoreError.ofCode(code).filter(StoreError::isNeverCommitted).isPresent();
    return never && !maybeCommitted ? Effect.NONE : Effect.UNKNOWN;
  }

  /**
   * Returns a copy of this exception with another effect. An error such as {@link
   * StoreError#TRANSACTION_TIMED_OUT} does not say whether a commit had begun; its caller knows.
   *
   * @param effect what became of the message
   * @return an exception with the same message
   */
  public StoreException withEffect(Effect effect) {
    if (effect() == effect) {
      return this;
    }
    StoreException known =
        new StoreException(
            String.valueOf(getMessage()), code, retryable, maybeCommitted, getCause(), effect);
    known.setStackTrace(getStackTrace());
    return known;
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
   * Returns whether this is a given error.
   *
   * @param known the error
   * @return whether it has the same code
   */
  public boolean is(StoreError known) {
    return code == known.code();
  }

  /**
   * Returns the error, if it has a name here.
   *
   * @return the error, or empty for a code that {@link StoreError} does not know
   */
  public Optional<StoreError> error() {
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
