package io.dgen.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * The engine's source of time, threads and randomness. It has no other, so that a test that
 * controls the environment controls every interleaving. Thread-safe.
 */
public interface Environment {

  /**
   * Returns a monotonic time, for durations.
   *
   * @return nanoseconds since an arbitrary moment
   */
  long nanoTime();

  /**
   * Returns the time of day, for people to read and for messages that are due at a time. Nothing
   * else depends on it.
   *
   * @return the time by this machine's clock
   */
  Instant now();

  /**
   * Returns the source of randomness for ids and jitter.
   *
   * @return a thread-safe generator
   */
  RandomGenerator random();

  /**
   * Runs a task of the engine on a thread of its own. The task may block in {@link #await} until
   * the store answers. It runs no user code, and never waits for any.
   *
   * @param task the task; throws nothing
   */
  void execute(Runnable task);

  /**
   * Runs a task that is, or contains, user code on a thread of its own: it may block or compute for
   * any length of time, and must not hold up tasks of {@link #execute} and {@link #schedule}. The
   * default is {@link #execute}, for environments whose threads cannot hold each other up.
   *
   * @param task the task; throws nothing
   */
  default void executeUserCode(Runnable task) {
    execute(task);
  }

  /**
   * Runs a task of the engine later. The task does not block and runs no user code: work that might
   * do so is passed on to {@link #execute} or {@link #executeUserCode}.
   *
   * @param delay how long to wait
   * @param task the task; throws nothing
   * @return a handle that cancels the task if it has not begun
   */
  Cancellable schedule(Duration delay, Runnable task);

  /**
   * Blocks the calling thread until a future is done.
   *
   * @param future the future to wait for
   * @param <T> the type of its result
   * @return the result
   * @throws RuntimeException the future's failure; checked exceptions come wrapped in a {@link
   *     java.util.concurrent.CompletionException}
   * @throws InterruptedException if the thread was interrupted; the future is unaffected
   */
  <T> T await(CompletableFuture<T> future) throws InterruptedException;

  /** A task that has not begun. */
  @FunctionalInterface
  interface Cancellable {

    /** Cancels the task. Has no effect if it has begun. */
    void cancel();
  }
}
