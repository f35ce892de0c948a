package io.dgen.internal.store;

import io.dgen.internal.SafeLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Completes futures, on platform threads, so that no computing virtual thread can hold up a
 * completion.
 *
 * <p>Callers' continuations run here too, and may block. So there are a few threads while tasks
 * move; when no task has finished for a while although some wait, the number is doubled, up to a
 * bound; beyond it each task gets a virtual thread. A blocking continuation thus holds up others
 * for milliseconds, and never permanently. Threads end when they are idle.
 */
final class CompletionPool implements Executor {

  private static final int FEW = 2;
  private static final int MANY = 256;
  private static final Duration STALL = Duration.ofMillis(5);

  /** How long a thread waits for a task before it ends. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

  private final Scheduler scheduler;
  private final long keepAliveNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private int threads;
  private int idle;
  private long taken;
  private boolean isWatched;

  /**
   * Creates a pool without threads.
   *
   * @param scheduler runs the watchdog for waiting tasks
   */
  CompletionPool(Scheduler scheduler) {
    this(scheduler, KEEP_ALIVE);
  }

  /**
   * Creates a pool without threads.
   *
   * @param scheduler runs the watchdog for waiting tasks
   * @param keepAlive how long a thread waits for a task before it ends
   */
  CompletionPool(Scheduler scheduler, Duration keepAlive) {
    this.scheduler = scheduler;
    this.keepAliveNanos = keepAlive.toNanos();
  }

  /**
   * Runs a task soon.
   *
   * @throws RuntimeException or an error if there is no thread and none can be started; the task is
   *     then not run
   */
  @Override
  public void execute(Runnable task) {
    lock.lock();
    try {
      tasks.addLast(task);
      if (idle > 0) {
        arrived.signal();
      } else if (threads < FEW) {
        startFor(task);
      }
      // The signalled thread may be late, or all of them may be in callers' code.
      if (!isWatched && tasks.size() > idle) {
        watch();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of threads. */
  int threads() {
    lock.lock();
    try {
      return threads;
    } finally {
      lock.unlock();
    }
  }

  private void startFor(Runnable task) {
    try {
      start();
    } catch (RuntimeException | Error e) {
      // Other threads will reach it; without any, the task is returned to the caller.
      if (threads == 0 && tasks.removeLastOccurrence(task)) {
        throw e;
      }
    }
  }

  private void start() {
    threads++;
    boolean started = false;
    try {
      Thread.ofPlatform().daemon().name("dgen-store-completion").start(this::work);
      started = true;
    } finally {
      if (!started) {
        threads--;
      }
    }
  }

  private void watch() {
    long seen = taken;
    try {
      var unused = scheduler.schedule(() -> lookAfter(seen), STALL);
      isWatched = true;
    } catch (RuntimeException | Error e) {
      // There are threads, and the task is theirs; the next one tries to start the watchdog.
      isWatched = false;
    }
  }

  /** Starts more threads if none has taken a task for a while although some wait. */
  private void lookAfter(long seen) {
    lock.lock();
    try {
      isWatched = false;
      if (!tasks.isEmpty()) {
        watch();
        if (taken == seen) {
          grow();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void grow() {
    int more = Math.min(Math.max(threads, 1), MANY - threads);
    for (int i = 0; i < more; i++) {
      start();
    }
    while (more == 0 && !tasks.isEmpty()) {
      Thread.ofVirtual().name("dgen-store-completion").start(tasks.getFirst());
      tasks.removeFirst();
      taken++;
    }
  }

  private void work() {
    for (Runnable task = take(); task != null; task = take()) {
      try {
        task.run();
      } catch (Throwable e) {
        SafeLog.error(
            () -> LoggerFactory.getLogger(CompletionPool.class),
            "a continuation of a future of the store failed",
            e);
      }
    }
  }

  /** Returns the next task; null if there is none for long, in which case the thread ends. */
  private @Nullable Runnable take() {
    // Left by a task.
    var unused = Thread.interrupted();
    lock.lock();
    try {
      idle++;
      awaitArrival();
      idle--;
      if (tasks.isEmpty()) {
        threads--;
        return null;
      }
      taken++;
      return tasks.removeFirst();
    } finally {
      lock.unlock();
    }
  }

  private void awaitArrival() {
    long left = keepAliveNanos;
    while (tasks.isEmpty() && left > 0) {
      try {
        left = arrived.awaitNanos(left);
      } catch (InterruptedException e) {
        // By code of a caller that kept this thread. It means nothing here, and the wait starts
        // again.
        left = keepAliveNanos;
      }
    }
  }
}
