package io.dgen.internal.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The threads for a store's own work, and the waits for them. A test implements it to control the
 * order of their steps.
 */
public interface StoreWorkers {

  /**
   * Starts a worker, which runs a step at once and then whenever it is woken.
   *
   * @param name its name, for thread dumps
   * @param step the work
   * @return the worker
   */
  Worker start(String name, Step step);

  /**
   * Waits until a future is done, successfully or not.
   *
   * @param future the future to wait for
   * @param atMost how long to wait
   * @return whether it is done
   */
  boolean await(CompletableFuture<?> future, Duration atMost);

  /** Runs a step repeatedly. */
  @FunctionalInterface
  interface Worker {
    /** Requests one more step, unless the worker has ended. Never blocks. */
    void wake();
  }

  /** A piece of work. Called by one thread at a time. */
  @FunctionalInterface
  interface Step {
    /**
     * Does all pending work.
     *
     * @return what comes next; a step that throws is repeated after a short while
     */
    Next run();
  }

  /** What a worker does after a step. */
  enum Next {
    /** Waits until it is woken. */
    WAIT,
    /** Runs another step after a short while, or when it is woken. */
    RETRY,
    /** Ends. */
    END
  }
}
