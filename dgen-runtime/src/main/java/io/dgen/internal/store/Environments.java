package io.dgen.internal.store;

import io.dgen.internal.store.memory.MemoryStorage;
import io.dgen.store.Store;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The environments that stores run in. */
public final class Environments {

  private Environments() {}

  /**
   * The machine's clock and chance; a timer thread; a virtual thread for each completion, so that
   * code which a caller attached holds up nothing but itself.
   *
   * @return a new environment
   */
  public static Environment system() {
    return new Environment(
        System::nanoTime,
        new TimerThread(),
        new Random(),
        task -> Thread.ofVirtual().name("dgen-store-completion").start(task));
  }

  /**
   * A store in memory that is deterministic: it starts no thread, and everything happens on the
   * caller's. A commit is done when {@code commit()} returns; the watches that it wakes are
   * completed before that, inline; back-offs and timeouts run when the scheduler runs them. The
   * same calls with the same clock and the same seed give the same versions and the same history.
   *
   * @param nanos the clock, in nanoseconds; never goes back
   * @param scheduler runs tasks when the clock has advanced
   * @param random the jitter of back-offs
   * @return an empty store
   */
  public static Store deterministic(
      LongSupplier nanos, Scheduler scheduler, RandomGenerator random) {
    return new Database(
        new MemoryStorage(), new Environment(nanos, scheduler, random, Runnable::run), 0);
  }
}
