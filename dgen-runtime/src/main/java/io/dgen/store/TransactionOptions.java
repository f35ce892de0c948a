package io.dgen.store;

import io.dgen.internal.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * Options of a transaction. Immutable; made by a {@link Builder}.
 *
 * @param timeout how long the transaction and its retries may take together before it fails with
 *     {@link StoreError#TRANSACTION_TIMED_OUT}; empty for no bound
 * @param retryLimit how often {@link Transaction#onError} resets it; -1 for no bound
 * @param priority how it ranks among others where the store is busy
 */
public record TransactionOptions(Optional<Duration> timeout, int retryLimit, Priority priority) {

  /** No timeout, no bound on retries, normal priority. */
  public static final TransactionOptions DEFAULT =
      new TransactionOptions(Optional.empty(), -1, Priority.DEFAULT);

  /** Takes a timeout of more than a hundred years for one of a hundred. */
  public TransactionOptions {
    timeout = timeout.map(Durations::bounded);
  }

  /** How a transaction ranks among others. */
  public enum Priority {
    /** Work that a caller waits for. */
    DEFAULT,
    /** Background work, which gives way. */
    BATCH
  }

  /**
   * Begins with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return DEFAULT.toBuilder();
  }

  /**
   * Begins with these options, which stay as they are.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes {@link TransactionOptions}. Not thread-safe. */
  public static final class Builder {

    private Optional<Duration> timeout;
    private int retryLimit;
    private Priority priority;

    private Builder(TransactionOptions options) {
      timeout = options.timeout;
      retryLimit = options.retryLimit;
      priority = options.priority;
    }

    /**
     * Sets how long the transaction and its retries may take together. Unbounded by default.
     *
     * @param value the time
     * @return this builder
     */
    public Builder timeout(Duration value) {
      timeout = Optional.of(value);
      return this;
    }

    /**
     * Sets how often {@link Transaction#onError} resets the transaction. Unbounded by default.
     *
     * @param value the number; -1 for no bound
     * @return this builder
     */
    public Builder retryLimit(int value) {
      retryLimit = value;
      return this;
    }

    /**
     * Sets how the transaction ranks among others where the store is busy.
     *
     * @param value the rank
     * @return this builder
     */
    public Builder priority(Priority value) {
      priority = value;
      return this;
    }

    /**
     * Builds the options.
     *
     * @return the options
     */
    public TransactionOptions build() {
      return new TransactionOptions(timeout, retryLimit, priority);
    }
  }
}
