package io.dgen.internal.engine.work;

import io.dgen.internal.SafeLog;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool of platform threads. The thread that became idle last takes the next task, so that few
 * threads stay; an idle one ends after a while. If all allowed threads are busy, tasks wait, in
 * order.
 *
 * <p>A task may block, even until one that waits here has run. So whenever no waiting task has been
 * taken for a while, one more thread is started. If a thread cannot be started, the pool tries
 * again after the same while: the task waits, and {@link #execute} does not fail.
 *
 * <p>Thread-safe.
 */
final class Workers implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** How long tasks may wait without progress before one more thread is started. */
  static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** How long a thread waits for a task before it ends. */
  private static final long KEEP_ALIVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final int max;
  private final ThreadFactory factory;
  private final Timer timer;
  private final long keepAliveNanos;

  // Guarded by {@code this}:

  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

  /** The idle threads; the last one became idle last. */
  private final ArrayDeque<Worker> idle = new ArrayDeque<>();

  private int alive;

  /** Whether a task has been taken since the watchdog last looked. */
  private boolean moved;

  private boolean watched;

  /**
   * Creates an empty pool.
   *
   * @param max the most threads while tasks move, at least 1
   * @param factory makes threads; they should be daemons
   * @param timer runs the watchdog
   */
  Workers(int max, ThreadFactory factory, Timer timer) {
    this(max, factory, timer, KEEP_ALIVE_NANOS);
  }

  /**
   * Creates an empty pool.
   *
   * @param max the most threads while tasks move, at least 1
   * @param factory makes threads; they should be daemons
   * @param timer runs the watchdog
   * @param keepAliveNanos how long a thread waits for a task before it ends
   */
  Workers(int max, ThreadFactory factory, Timer timer, long keepAliveNanos) {
    this.max = max;
    this.factory = factory;
    this.timer = timer;
    this.keepAliveNanos = keepAliveNanos;
  }

  /** Runs a task later that neither blocks nor fails. */
  @FunctionalInterface
  interface Timer {
    void schedule(Runnable task, long nanos);
  }

  /** Runs a task on one of the threads, at once or when its turn comes. Does not fail. */
  @Override
  public void execute(Runnable task) {
    Worker woken;
    boolean starts = false;
    synchronized (this) {
      woken = idle.pollLast();
      if (woken == null) {
        waiting.addLast(task);
        if (alive < max) {
          alive++;
          starts = true;
        } else {
          watch();
        }
      } else {
        woken.task = task;
      }
    }
    if (woken != null) {
      LockSupport.unpark(woken.thread);
    } else if (starts) {
      start();
    }
  }

  /** Starts a thread, which is already counted. */
  private void start() {
    Worker worker = new Worker();
    try {
      Thread thread = factory.newThread(worker);
      worker.thread = thread;
      thread.start();
    } catch (Throwable e) {
      synchronized (this) {
        alive--;
        watch();
      }
      SafeLog.error(LOG, "cannot start a thread; its task waits until one can be started", e);
    }
  }

  private void watch() {
    if (!watched) {
      moved = false;
      timer.schedule(this::look, STALL_NANOS);
      watched = true;
    }
  }

  /** Starts one more thread if the waiting tasks have not moved. */
  private void look() {
    boolean starts;
    synchronized (this) {
      starts = !waiting.isEmpty() && (!moved || alive == 0);
      if (starts) {
        alive++;
      }
      watched = false;
      if (!waiting.isEmpty()) {
        watch();
      }
    }
    if (starts) {
      start();
    }
  }

  /** One of the threads. */
  private final class Worker implements Runnable {

    private @Nullable Thread thread;

    /** The task that an idle thread was given; guarded by the pool. */
    private @Nullable Runnable task;

    @Override
    public void run() {
      Runnable next = next();
      while (next != null) {
        ThreadState state = ThreadState.enter();
        try {
          next.run();
        } catch (Throwable e) {
          SafeLog.error(LOG, "bug in dgen: a task failed in an unexpected way", e);
        }
        state.restore();
        next = next();
      }
    }

    /** Returns the next task; null if none came for a long time, in which case the thread ends. */
    private @Nullable Runnable next() {
      synchronized (Workers.this) {
        moved = true;
        Runnable first = waiting.pollFirst();
        if (first != null) {
          return first;
        }
        task = null;
        idle.addLast(this);
      }
      long deadline = System.nanoTime() + keepAliveNanos;
      while (true) {
        LockSupport.parkNanos(Workers.this, deadline - System.nanoTime());
        boolean isOver = deadline - System.nanoTime() <= 0;
        synchronized (Workers.this) {
          if (task != null) {
            return task;
          }
          if (isOver) {
            idle.remove(this);
            alive--;
            return null;
          }
        }
        Interrupts.forget(); // Otherwise it would not park.
      }
    }
  }
}
