package io.dgen.internal.store;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Passes tasks to the executor of completions, and those that it refuses again a little later: a
 * future is completed even if there is no memory for a thread just now. Thread-safe.
 */
final class StoreCompletions {

  private static final Duration LATER = Duration.ofMillis(10);

  private final Executor executor;
  private final Scheduler scheduler;

  StoreCompletions(StoreEnvironment environment) {
    this.executor = environment.completions();
    this.scheduler = environment.scheduler();
  }

  /**
   * Runs a task on the executor.
   *
   * @throws RuntimeException or an error if neither the executor nor the scheduler accepts it
   */
  void run(Runnable task) {
    try {
      executor.execute(task);
    } catch (RuntimeException | Error e) {
      later(task, e);
    }
  }

  /** Runs a task on the executor after a delay; the timer's thread does not run it. */
  Scheduler.Cancellable runAfter(Duration delay, Runnable task) {
    return scheduler.schedule(() -> run(task), delay);
  }

  private void later(Runnable task, Throwable refused) {
    try {
      var unused = runAfter(LATER, task);
    } catch (RuntimeException | Error e) {
      e.addSuppressed(refused);
      throw e;
    }
  }
}
