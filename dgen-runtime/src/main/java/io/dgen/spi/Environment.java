package io.dgen.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Where the engine gets its time, its threads and its randomness. The engine has no other source of
 * them, so that a test that owns the environment owns every interleaving. Thread-safe.
 */
public interface Environment {

  /**
   * A clock that never goes back, for durations.
   *
   * @return nanoseconds since some moment
   */
  long nanoTime();

  /**
   * The time of day: for what people read, and for messages that are to be carried out at a time.
   * Nothing else is decided by it.
   *
   * @return the time by this machine's clock
   */
  Instant now();

  /**
   * Randomness for ids and jitter.
   *
   * @return a thread-safe generator
   */
  RandomGenerator random();

  /**
   * Runs a task of the engine on a thread of its own. The task may block in {@link #await} until
   * the store answers. It runs no code of the user's, and never waits for any.
   *
   * @param task what to run; it throws nothing
   */
  void execute(Runnable task);

  /**
   * Runs a task on a thread of its own that is, or contains, code of the user's: it may block or
   * compute for any time, and must not hold up what {@link #execute} and {@link #schedule} run. By
   * default the same as {@link #execute}, for environments whose threads cannot hold each other up.
   *
   * @param task what to run; it throws nothing
   */
  default void executeUserCode(Runnable task) {
    execute(task);
  }

  /**
   * Runs a task of the engine later. The task does not block, and runs no code of the user's: what
   * may do so it hands to {@link #execute} or {@link #executeUserCode}.
   *
   * @param delay how long to wait
   * @param task what to run; it throws nothing
   * @return cancels the task if it has not begun
   */
  Cancellable schedule(Duration delay, Runnable task);

  /**
   * Blocks the calling thread until a future is done.
   *
   * @param future what to wait for
   * @param <T> the type of its result
   * @return the result
   * @throws RuntimeException what the future failed with, if it failed; checked exceptions come
   *     wrapped in a {@link java.util.concurrent.CompletionException}
   * @throws InterruptedException if the thread was interrupted; the future goes on
   */
  <T> T await(CompletableFuture<T> future) throws InterruptedException;

  /** A task that has not begun. */
  @FunctionalInterface
  interface Cancellable {

    /** Gives the task up. Does nothing if it has begun. */
    void cancel();
  }
}
