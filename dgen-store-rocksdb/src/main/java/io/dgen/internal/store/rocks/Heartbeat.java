package io.dgen.internal.store.rocks;

import io.dgen.internal.SafeLog;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs a task at an interval on a thread of its own, even if it fails. A disk that hangs holds up
 * this thread only.
 */
final class Heartbeat {

  /** How often the owner of a directory shows that it is alive. */
  static final Duration OF_OWNER = Duration.ofMillis(500);

  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final Duration interval;
  private final Runnable task;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by {@code lock}. */
  private boolean closed;

  private Heartbeat(String name, Duration interval, Runnable task) {
    this.interval = interval;
    this.task = task;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  /** Starts a heartbeat, which first waits for an interval. */
  static Heartbeat start(String name, Duration interval, Runnable task) {
    Heartbeat heartbeat = new Heartbeat(name, interval, task);
    heartbeat.thread.start();
    return heartbeat;
  }

  private void run() {
    while (waits()) {
      try {
        task.run();
      } catch (Throwable e) {
        SafeLog.error(StoreLog::log, "a heartbeat of the store failed; the next one follows", e);
      }
    }
  }

  /** Waits until the next beat; returns false if there is none. */
  private boolean waits() {
    lock.lock();
    try {
      long nanos = interval.toNanos();
      while (!closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return !closed;
    } catch (InterruptedException e) {
      // No other code has this thread: an interrupt is not meant to stop the store.
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops the heartbeat, and waits a while for a beat in progress.
   *
   * @return whether its thread has ended; it has not while the disk hangs
   */
  boolean stop() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = Thread.interrupted();
    try {
      return thread.join(CLOSING);
    } catch (InterruptedException e) {
      interrupted = true;
      return !thread.isAlive();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
