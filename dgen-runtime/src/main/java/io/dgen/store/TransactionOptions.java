package io.dgen.store;

import io.dgen.internal.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction runs.
 *
 * @param timeout how long the transaction and its retries may take together before it fails with
 *     {@link StoreError#TRANSACTION_TIMED_OUT}; null for no bound
 * @param retryLimit how often {@link Transaction#onError} resets it; -1 for no bound
 * @param priority how it ranks among others where the store is busy
 */
public record TransactionOptions(@Nullable Duration timeout, int retryLimit, Priority priority) {

  /** No timeout, no bound on retries, normal priority. */
  public static final TransactionOptions DEFAULT =
      new TransactionOptions(null, -1, Priority.DEFAULT);

  /** Takes a timeout of more than a hundred years for one of a hundred. */
  public TransactionOptions {
    timeout = timeout == null ? null : Durations.bounded(timeout);
  }

  /** How a transaction ranks among others. */
  public enum Priority {
    /** Work that a caller waits for. */
    DEFAULT,
    /** Background work, which gives way. */
    BATCH
  }

  /**
   * The same options with a timeout.
   *
   * @param value how long the transaction and its retries may take together
   * @return the new options
   */
  public TransactionOptions withTimeout(Duration value) {
    return new TransactionOptions(value, retryLimit, priority);
  }

  /**
   * The same options with a bound on retries.
   *
   * @param value how often {@link Transaction#onError} resets the transaction; -1 for no bound
   * @return the new options
   */
  public TransactionOptions withRetryLimit(int value) {
    return new TransactionOptions(timeout, value, priority);
  }

  /**
   * The same options with a priority.
   *
   * @param value how the transaction ranks
   * @return the new options
   */
  public TransactionOptions withPriority(Priority value) {
    return new TransactionOptions(timeout, retryLimit, value);
  }
}
