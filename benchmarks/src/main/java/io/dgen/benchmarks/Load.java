package io.dgen.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;

/** Callers that do one thing over and over for a while. */
final class Load {

  private Load() {}

  /** Something a caller does and waits for. */
  @FunctionalInterface
  interface Operation {
    void run(long number) throws Exception;
  }

  /** What came of it. */
  record Figures(double perSecond, double p50Micros, double p99Micros) {}

  /** Runs callers, each on a virtual thread of its own, that each wait for every operation. */
  static Figures closed(int callers, Duration time, IntFunction<Operation> operations)
      throws InterruptedException {
    List<long[]> latencies = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(callers);
    long start = System.nanoTime();
    for (int i = 0; i < callers; i++) {
      Operation operation = operations.apply(i);
      Thread.ofVirtual()
          .start(
              () -> {
                long[] taken = repeat(operation, start + time.toNanos());
                synchronized (latencies) {
                  latencies.add(taken);
                }
                done.countDown();
              });
    }
    done.await();
    double seconds = (System.nanoTime() - start) / 1e9;
    long[] all = latencies.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Figures(
        all.length / seconds, all[all.length / 2] / 1e3, all[(int) (all.length * 0.99)] / 1e3);
  }

  private static long[] repeat(Operation operation, long end) {
    long[] taken = new long[1024];
    int count = 0;
    long before = System.nanoTime();
    while (before < end) {
      try {
        operation.run(count);
      } catch (Exception e) {
        throw new IllegalStateException("operation " + count + " failed", e);
      }
      long after = System.nanoTime();
      if (count == taken.length) {
        taken = Arrays.copyOf(taken, 2 * count);
      }
      taken[count++] = after - before;
      before = after;
    }
    return Arrays.copyOf(taken, count);
  }

  /** Something that is begun and ends by itself. */
  @FunctionalInterface
  interface Submission {
    CompletableFuture<?> begin(long number);
  }

  /** Runs senders that do not wait, but have at most so many messages under way. */
  static double open(int senders, int window, Duration time, IntFunction<Submission> submissions)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    long[] counts = new long[senders];
    long start = System.nanoTime();
    for (int i = 0; i < senders; i++) {
      Submission submission = submissions.apply(i);
      int sender = i;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    Semaphore free = new Semaphore(window);
                    long count = 0;
                    while (System.nanoTime() - start < time.toNanos()) {
                      free.acquireUninterruptibly();
                      var unused =
                          submission.begin(count++).whenComplete((value, error) -> free.release());
                    }
                    free.acquireUninterruptibly(window);
                    counts[sender] = count;
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return Arrays.stream(counts).sum() / ((System.nanoTime() - start) / 1e9);
  }
}
