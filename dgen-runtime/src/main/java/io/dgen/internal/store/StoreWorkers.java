package io.dgen.internal.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The threads that do a store's own work, and the waits for them. A test owns them to own the order
 * of their steps.
 */
public interface StoreWorkers {

  /**
   * Starts a worker, which does a step at once and then one whenever it is woken.
   *
   * @param name its name, for thread dumps
   * @param step what it does
   * @return the worker
   */
  Worker start(String name, Step step);

  /**
   * Waits until a future is done, however it ends.
   *
   * @param future what to wait for
   * @param atMost how long to wait
   * @return whether it is done
   */
  boolean await(CompletableFuture<?> future, Duration atMost);

  /** Something that does steps. */
  @FunctionalInterface
  interface Worker {
    /** Has it do one more step, if it has not ended. Never blocks. */
    void wake();
  }

  /** A piece of work. Called by one thread at a time. */
  @FunctionalInterface
  interface Step {
    /**
     * Does all there is to do.
     *
     * @return what comes next; a step that throws is done again after a short while
     */
    Next run();
  }

  /** What a worker does after a step. */
  enum Next {
    /** Waits until it is woken. */
    WAIT,
    /** Does another step after a short while, or when it is woken. */
    RETRY,
    /** Ends. */
    END
  }
}
