package io.dgen.internal.testing;

import io.dgen.internal.store.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A clock that a test moves by hand, and a scheduler that runs on it. Thread-safe; one thread moves
 * the clock, and runs the tasks.
 */
public final class ManualTime implements LongSupplier, Scheduler {

  private record Task(long at, long order, Runnable runnable) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
  private volatile long nanos;
  private long order;

  /** Starts at zero, with nothing to run. */
  public ManualTime() {}

  @Override
  public long getAsLong() {
    return nanos;
  }

  @Override
  public Cancellable schedule(Runnable task, Duration delay) {
    lock.lock();
    try {
      Task scheduled = new Task(nanos + delay.toNanos(), order++, task);
      tasks.add(scheduled);
      return () -> remove(scheduled);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves the clock on, and runs what becomes due, each at its own time.
   *
   * @param duration how far
   */
  public void advance(Duration duration) {
    long target = nanos + duration.toNanos();
    for (Task next = take(target); next != null; next = take(target)) {
      next.runnable().run();
    }
    // A task that waited may have moved the clock further.
    nanos = Math.max(nanos, target);
  }

  /**
   * Moves the clock on, and runs what becomes due, until a future is done. A task that waits may do
   * so too: what is due meanwhile runs inside it.
   *
   * @param future the future
   * @throws IllegalStateException if nothing is left that could complete it
   */
  public void runUntil(CompletableFuture<?> future) {
    while (!future.isDone()) {
      if (!runNext()) {
        throw new IllegalStateException("nothing is left to run, and the future is not done");
      }
    }
  }

  /**
   * Moves the clock to the next task, and runs it.
   *
   * @return false if there is none
   */
  public boolean runNext() {
    Task next = take(Long.MAX_VALUE);
    if (next == null) {
      return false;
    }
    next.runnable().run();
    return true;
  }

  /** Takes the next task out, and moves the clock to it. */
  private @Nullable Task take(long until) {
    lock.lock();
    try {
      Task next = tasks.peek();
      if (next == null || next.at() > until) {
        return null;
      }
      tasks.remove();
      nanos = Math.max(nanos, next.at());
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void remove(Task task) {
    lock.lock();
    try {
      tasks.remove(task);
    } finally {
      lock.unlock();
    }
  }
}
