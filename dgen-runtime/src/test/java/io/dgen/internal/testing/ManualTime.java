package io.dgen.internal.testing;

import io.dgen.internal.store.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A clock that a test moves by hand, and a scheduler that runs on it. For one thread. */
public final class ManualTime implements LongSupplier, Scheduler {

  private record Task(long at, long order, Runnable runnable) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
  private long nanos;
  private long order;

  /** Starts at zero, with nothing to run. */
  public ManualTime() {}

  @Override
  public long getAsLong() {
    return nanos;
  }

  @Override
  public Cancellable schedule(Runnable task, Duration delay) {
    Task scheduled = new Task(nanos + delay.toNanos(), order++, task);
    tasks.add(scheduled);
    return () -> tasks.remove(scheduled);
  }

  /**
   * Moves the clock on, and runs what becomes due, each at its own time.
   *
   * @param duration how far
   */
  public void advance(Duration duration) {
    long target = nanos + duration.toNanos();
    while (!tasks.isEmpty() && tasks.element().at() <= target) {
      Task next = tasks.remove();
      nanos = next.at();
      next.runnable().run();
    }
    nanos = target;
  }

  /**
   * Moves the clock to the next task, and runs it.
   *
   * @return false if there is none
   */
  public boolean runNext() {
    Task next = tasks.poll();
    if (next == null) {
      return false;
    }
    nanos = next.at();
    next.runnable().run();
    return true;
  }
}
