package io.dgen.internal.store;

import io.dgen.internal.Durations;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions;
import java.time.Duration;

/**
 * The retries of a transaction: FoundationDB's back-off, which starts at 10 ms, doubles up to one
 * second, and waits a random part of it. Guarded by its transaction's lock.
 */
final class Retries {

  private static final long FIRST_NANOS = 10_000_000;
  private static final long MAX_NANOS = 1_000_000_000;

  private final TransactionOptions options;
  private final StoreEnvironment environment;
  private final long startNanos;
  private long backOffNanos = FIRST_NANOS;
  private int count;

  Retries(TransactionOptions options, StoreEnvironment environment) {
    this.options = options;
    this.environment = environment;
    this.startNanos = options.timeout() == null ? 0 : environment.nanos().getAsLong();
  }

  /**
   * Returns how long to wait before the next try after an error.
   *
   * @throws NotRetryable if there is none
   */
  Duration next(Throwable error) throws NotRetryable {
    if (!(error instanceof StoreException failure)
        || !failure.isRetryable()
        || (options.retryLimit() >= 0 && count >= options.retryLimit())) {
      throw new NotRetryable();
    }
    count++;
    if (failure.is(StoreError.TRANSACTION_TOO_OLD) || failure.is(StoreError.FUTURE_VERSION)) {
      return Duration.ofNanos(FIRST_NANOS);
    }
    long nanos = environment.random().nextLong(backOffNanos) + 1;
    backOffNanos = Math.min(2 * backOffNanos, MAX_NANOS);
    return Duration.ofNanos(nanos);
  }

  boolean isTimedOut() {
    return options.timeout().isPresent() && !remaining().isPositive();
  }

  /** Returns what is left of the timeout. */
  Duration remaining() {
    return options
        .timeout()
        .map(timeout -> timeout.minusNanos(environment.nanos().getAsLong() - startNanos))
        .orElse(Durations.NEVER);
  }
}
