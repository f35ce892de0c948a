package io.dgen.internal.store;

import java.time.Duration;

/** Runs tasks later. A test implements it to control time. */
@FunctionalInterface
public interface Scheduler {

  /**
   * Runs a task once.
   *
   * @param task the task; short, and never blocking
   * @param delay how long to wait before
   * @return cancels the task if it has not run yet
   */
  Cancellable schedule(Runnable task, Duration delay);

  /** A task that can be cancelled. */
  @FunctionalInterface
  interface Cancellable {
    /** Cancels the task; has no effect if it has run. */
    void cancel();
  }
}
