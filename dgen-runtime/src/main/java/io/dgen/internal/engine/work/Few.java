package io.dgen.internal.engine.work;

import io.dgen.spi.Environment;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * An executor that runs tasks of the engine a few at a time, in order, so that any number of them
 * leaves threads for the work that has deadlines. Thread-safe.
 */
public final class Few implements Executor {

  private final Environment environment;
  private final int max;

  // Guarded by {@code this}:

  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * Creates an executor.
   *
   * @param max how many tasks run at a time, at least 1
   */
  public Few(Environment environment, int max) {
    this.environment = environment;
    this.max = max;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      if (running >= max) {
        waiting.addLast(task);
        return;
      }
      running++;
    }
    environment.execute(() -> run(task));
  }

  /**
   * Runs each task on a thread of its own: if a task kills its thread, no other task is affected.
   */
  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      Runnable next = next();
      if (next != null) {
        environment.execute(() -> run(next));
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable next = waiting.pollFirst();
    if (next == null) {
      running--;
    }
    return next;
  }
}
