package io.dgen.internal.engine.work;

import io.dgen.CallbackThreads;
import io.dgen.DgenOptions;
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
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's clocks, threads and randomness.
 *
 * <p>There are three kinds of threads, which do not wait for each other. One platform thread runs
 * the timers. A pool of platform threads runs the engine's work: it may wait for the store. User
 * code runs on platform threads of another pool, or on virtual threads. However many callbacks
 * compute, the operating system lets the first two run.
 */
public final class SystemEnvironment implements Environment, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SystemEnvironment.class);

  /** How many threads of the engine may wait for the store while tasks move. */
  private static final int ENGINE_THREADS = 64;

  /**
   * How many threads for user code there are in addition to one for each active entity and query.
   */
  private static final int FURTHER_THREADS = 64;

  private final Clock clock = Clock.systemUTC();
  private final ScheduledThreadPoolExecutor timer;
  private final Executor engine;
  private final Executor userCode;
  private final RandomGenerator random = new SharedRandom();

  /** Creates an environment with default options: see the other constructor. */
  public SystemEnvironment() {
    this(
        DgenOptions.DEFAULT.callbackThreads(),
        DgenOptions.DEFAULT.maxConcurrentRounds() + DgenOptions.DEFAULT.maxConcurrentQueries());
  }

  /**
   * Creates an environment. Its threads are daemons; the one for timers ends with {@link #close},
   * and the others when they have been idle for a while.
   *
   * @param threads the kind of threads that run user code
   * @param entities how many entities and queries may be active at once
   */
  public SystemEnvironment(CallbackThreads threads, int entities) {
    // New threads inherit nothing from the thread that happens to create them, except for the class
    // loader, by which libraries find their resources.
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform()
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name("dgen-timer")
                .factory());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    engine = new Workers(ENGINE_THREADS, platform("dgen-engine-", loader), this::later);
    userCode =
        switch (threads) {
          case PLATFORM ->
              new Workers(
                  entities + FURTHER_THREADS, platform("dgen-callback-", loader), this::later);
          case VIRTUAL -> virtual(loader);
        };
  }

  @SuppressWarnings(
      "ThreadPriorityCheck") // Not inherited from the thread that happens to create it.
  private static ThreadFactory platform(String name, @Nullable ClassLoader loader) {
    return withLoader(
        loader,
        Thread.ofPlatform()
            .daemon()
            .priority(Thread.NORM_PRIORITY)
            .inheritInheritableThreadLocals(false)
            .name(name, 0)
            .factory());
  }

  private Executor virtual(@Nullable ClassLoader loader) {
    ThreadFactory factory =
        withLoader(
            loader,
            Thread.ofVirtual()
                .inheritInheritableThreadLocals(false)
                .name("dgen-callback-", 0)
                .factory());
    return new Executor() {
      @Override
      public void execute(Runnable task) {
        try {
          factory.newThread(task).start();
        } catch (Throwable e) {
          // Such as no memory for a carrier thread: the task must not be lost.
          later(() -> execute(task), Workers.STALL_NANOS);
          LOG.error("cannot start a virtual thread; trying again", e);
        }
      }
    };
  }

  private static ThreadFactory withLoader(@Nullable ClassLoader loader, ThreadFactory factory) {
    return task -> {
      Thread thread = factory.newThread(task);
      thread.setContextClassLoader(loader);
      return thread;
    };
  }

  private void later(Runnable task, long nanos) {
    var unused = schedule(Duration.ofNanos(nanos), task);
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
    engine.execute(task);
  }

  @Override
  public void executeUserCode(Runnable task) {
    userCode.execute(task);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    try {
      ScheduledFuture<?> scheduled =
          timer.schedule(() -> run(task), nanos(delay), TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {}; // Closed: nothing runs later any more.
    }
  }

  /** Runs a task and catches everything: the timer would swallow what it throws. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.error("bug in dgen: a timer failed in an unexpected way", e);
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

  /** A generator that delegates to each thread's own, so that threads do not contend. */
  private static final class SharedRandom implements RandomGenerator {

    @Override
    public long nextLong() {
      return ThreadLocalRandom.current().nextLong();
    }
  }
}
