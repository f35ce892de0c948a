package io.dgen.internal.engine;

import io.dgen.spi.Environment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The machine's clocks, virtual threads, and the platform's randomness. */
public final class SystemEnvironment implements Environment, AutoCloseable {

  private final Clock clock = Clock.systemUTC();
  private final Executor threads;
  private final ScheduledThreadPoolExecutor timer;
  private final RandomGenerator random = new SharedRandom();

  /** Makes an environment with one timer thread, which ends with {@link #close}. */
  public SystemEnvironment() {
    var threadFactory = Thread.ofVirtual().name("dgen-", 0).factory();
    threads = task -> threadFactory.newThread(task).start();
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("dgen-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    try {
      ScheduledFuture<?> scheduled =
          timer.schedule(() -> threads.execute(task), nanos(delay), TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {}; // Closed: nothing is run later any more.
    }
  }

  private static long nanos(Duration delay) {
    try {
      return delay.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE; // Beyond 292 years: never.
    }
  }

  @Override
  public <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException runtime) {
        throw runtime;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new CompletionException(cause);
    }
  }

  @Override
  public void close() {
    timer.shutdown();
  }

  /** Each thread's own generator, so that threads do not contend for one. */
  private static final class SharedRandom implements RandomGenerator {

    @Override
    public long nextLong() {
      return ThreadLocalRandom.current().nextLong();
    }
  }
}
