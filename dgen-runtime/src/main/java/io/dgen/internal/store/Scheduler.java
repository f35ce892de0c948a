package io.dgen.internal.store;

import java.time.Duration;

/** Runs tasks later. A test owns it to own time. */
@FunctionalInterface
public interface Scheduler {

  /**
   * Runs a task once.
   *
   * @param task what to run; short, and never blocking
   * @param delay how long to wait before
   * @return gives the task up if it has not run yet
   */
  Cancellable schedule(Runnable task, Duration delay);

  /** Something that can be given up. */
  @FunctionalInterface
  interface Cancellable {
    /** Gives it up; does nothing if it is done. */
    void cancel();
  }
}
