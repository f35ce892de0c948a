package io.dgen.tests.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs something in many threads at once. */
public final class Threads {

  private Threads() {}

  /** What each thread does. */
  @FunctionalInterface
  public interface Task {
    void run(int thread) throws Exception;
  }

  /** Blocks until a latch is open, and gives what is asked for. */
  public static <T> T waitFor(CountDownLatch latch, T value) {
    try {
      latch.await();
      return value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Runs a task in so many threads; fails as the first of them that failed. */
  public static void run(int count, Task task) throws Exception {
    try (var executor =
        Executors.newFixedThreadPool(count, Thread.ofPlatform().daemon().factory())) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int thread = i;
        all.add(
            executor.submit(
                () -> {
                  task.run(thread);
                  return null;
                }));
      }
      try {
        for (Future<?> one : all) {
          one.get(120, TimeUnit.SECONDS);
        }
      } catch (ExecutionException | TimeoutException e) {
        executor.shutdownNow();
        throw e;
      }
    }
  }
}
