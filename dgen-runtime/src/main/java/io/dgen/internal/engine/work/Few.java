package io.dgen.internal.engine.work;

import io.dgen.spi.Environment;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks of the engine a few at a time, in order, so that there may be any number of them and
 * none takes the threads of what keeps the time. Thread-safe.
 */
public final class Few implements Executor {

  private final Environment environment;
  private final int max;

  // Guarded by this:

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

  /** Each task on a thread of its own: that of one that dies with it takes no other along. */
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
