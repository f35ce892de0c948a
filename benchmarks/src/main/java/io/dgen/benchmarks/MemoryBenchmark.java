package io.dgen.benchmarks;

import com.sun.management.ThreadMXBean;
import io.dgen.Dgen;
import io.dgen.store.memory.MemoryStore;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.DoubleSupplier;

/**
 * What the engine itself costs: messages to one entity on the store in memory, beside the same
 * counter as a plain object behind a single-thread executor, under the same load.
 */
public final class MemoryBenchmark {

  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final Duration TIME = Duration.ofMillis(Integer.getInteger("millis", 2000));
  private static final int SENDERS = 4;
  private static final int WINDOW = Integer.getInteger("window", 4000);

  private MemoryBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args none
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    try (Dgen dgen = Dgen.open(MemoryStore.open());
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      dgen.host(TallyServer.of());
      TallyClient tally = TallyClient.of(dgen, "hot");
      long[] plain = new long[1];
      System.out.printf(
          Locale.ROOT,
          "%-34s %14s %14s %8s %14s%n",
          "",
          "engine /s",
          "plain /s",
          "ratio",
          "bytes a message");
      for (int round = 0; round < ROUNDS; round++) {
        report(
            "async casts, 4 senders",
            () -> open(() -> tally.addAsync(1)),
            () -> open(() -> CompletableFuture.runAsync(() -> plain[0]++, executor)));
        report(
            "async calls, 4 senders",
            () -> open(() -> tally.nextAsync(1)),
            () -> open(() -> CompletableFuture.supplyAsync(() -> ++plain[0], executor)));
        report(
            "calls, 64 callers that wait",
            () -> closed(number -> tally.next(1)),
            () -> closed(number -> executor.submit(() -> ++plain[0]).get()));
      }
    }
  }

  private interface Begin {
    CompletableFuture<?> begin();
  }

  private static double open(Begin begin) {
    try {
      return Load.open(SENDERS, WINDOW, TIME, sender -> number -> begin.begin());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double closed(Load.Operation operation) {
    try {
      return Load.closed(64, TIME, caller -> operation).perSecond();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void report(String name, DoubleSupplier engine, DoubleSupplier plain) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getTotalThreadAllocatedBytes();
    long start = System.nanoTime();
    double engineRate = engine.getAsDouble();
    double seconds = (System.nanoTime() - start) / 1e9;
    double bytes = (threads.getTotalThreadAllocatedBytes() - before) / (engineRate * seconds);
    double plainRate = plain.getAsDouble();
    System.out.printf(
        Locale.ROOT,
        "%-34s %14.0f %14.0f %8.2f %14.0f%n",
        name,
        engineRate,
        plainRate,
        engineRate / plainRate,
        bytes);
  }
}
