package io.dgen.internal.store.memory;

import io.dgen.internal.store.Database;
import io.dgen.internal.store.Scheduler;
import io.dgen.internal.store.StoreEnvironment;
import io.dgen.internal.store.StoreWorkers;
import io.dgen.store.Store;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A store in memory whose time and randomness its caller controls. */
public final class DeterministicStore {

  private DeterministicStore() {}

  /**
   * Opens a store in memory that is deterministic: it starts no thread, and everything runs on the
   * caller's. A commit is done when {@code commit()} returns; the watches that it wakes are
   * completed before that, inline; back-offs and timeouts run when the scheduler runs them. The
   * same calls with the same clock and the same seed give the same versions and the same history.
   *
   * @param nanos the clock, in nanoseconds; monotonic
   * @param scheduler runs tasks when the clock has advanced
   * @param random the jitter of back-offs
   * @return an empty store
   */
  public static Store open(LongSupplier nanos, Scheduler scheduler, RandomGenerator random) {
    return new Database(
        new MemoryStorage(),
        new StoreEnvironment(nanos, scheduler, random, Runnable::run, new NoWorkers()),
        0);
  }

  /** For a storage in memory, which needs no worker. */
  private static final class NoWorkers implements StoreWorkers {

    @Override
    public Worker start(String name, Step step) {
      throw new IllegalStateException("there is no thread here to commit on");
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration atMost) {
      return future.isDone();
    }
  }
}
