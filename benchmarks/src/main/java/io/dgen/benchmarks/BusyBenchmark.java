package io.dgen.benchmarks;

import io.dgen.CallTimeoutException;
import io.dgen.CallbackThreads;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.store.local.LocalStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What callbacks that compute do to everything else: four entities compute, while others are
 * called, timeouts pass, a lock is held, and the node is closed. The same on a node where nobody
 * computes stands beside it.
 */
public final class BusyBenchmark {

  private static final int SECONDS = Integer.getInteger("seconds", 10);
  private static final int FURNACES = 4;
  private static final Duration TIMEOUT = Duration.ofMillis(100);

  private BusyBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the directory to work in; a temporary one if it is left out
   * @throws Exception if something fails
   */
  public static void main(String[] args) throws Exception {
    Path directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dgen-busy");
    System.out.printf(
        Locale.ROOT,
        "%-22s %9s %9s %9s %9s %9s %9s %9s %9s%n",
        "",
        "calls",
        "p50 ms",
        "p99 ms",
        "timeouts",
        "late p50",
        "late p99",
        "locked",
        "close ms");
    for (CallbackThreads threads : CallbackThreads.values()) {
      for (boolean busy : new boolean[] {false, true}) {
        String name = threads + (busy ? ", busy" : ", idle");
        DgenOptions options = DgenOptions.DEFAULT.withCallbackThreads(threads);
        run(name, directory.resolve(name.replace(", ", "-")), options, busy);
      }
    }
    // What computes on virtual threads may still do so.
    System.exit(0);
  }

  private static void run(String name, Path directory, DgenOptions options, boolean busy)
      throws Exception {
    AtomicInteger baked = new AtomicInteger();
    Dgen dgen =
        Dgen.open(
            LocalStore.open(directory),
            options
                .withTimeout(Duration.ofMinutes(1))
                .withLockTimeout(Duration.ofSeconds(1))
                .withCloseTimeout(Duration.ofSeconds(1)));
    dgen.host(TallyServer.of()).host(FurnaceServer.of(baked::incrementAndGet));
    warmUp(dgen);
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    List<CompletableFuture<?>> computing = new ArrayList<>();
    if (busy) {
      for (int i = 0; i < FURNACES; i++) {
        FurnaceClient furnace = FurnaceClient.of(dgen, "furnace " + i);
        // Each below the five seconds of a transaction, and one after another without a pause.
        for (int second = 0; second < SECONDS + 2; second += 2) {
          computing.add(furnace.burnAsync(2000));
        }
      }
    }
    CompletableFuture<Long> locked =
        FurnaceClient.of(dgen, "locked").bakeAsync(busy ? SECONDS * 1000L / 2 : 1);
    CompletableFuture<long[]> calls = sample(end, () -> tallied(dgen, "other"));
    CompletableFuture<long[]> late = sample(end, () -> timedOut(dgen));
    long[] callTimes = calls.join();
    long[] lateTimes = late.join();
    long before = System.nanoTime();
    dgen.close();
    double closed = (System.nanoTime() - before) / 1e6;
    System.out.printf(
        Locale.ROOT,
        "%-22s %9d %9.1f %9.1f %9d %9.1f %9.1f %9s %9.0f%n",
        name,
        callTimes.length,
        percentile(callTimes, 0.5),
        percentile(callTimes, 0.99),
        lateTimes.length,
        percentile(lateTimes, 0.5),
        percentile(lateTimes, 0.99),
        baked.get() + (locked.isDone() && !locked.isCompletedExceptionally() ? " done" : " lost"),
        closed);
    computing.forEach(it -> it.cancel(false));
  }

  private static void warmUp(Dgen dgen) {
    for (int i = 0; i < 2000; i++) {
      tallied(dgen, "warm");
    }
  }

  private static long tallied(Dgen dgen, String id) {
    long before = System.nanoTime();
    long unused = TallyClient.of(dgen, id).next(1);
    return System.nanoTime() - before;
  }

  /** How late a call that cannot be answered fails. */
  private static long timedOut(Dgen dgen) {
    long before = System.nanoTime();
    try {
      long unused = NobodyClient.of(dgen, "nobody").withTimeout(TIMEOUT).ask();
      throw new IllegalStateException("answered");
    } catch (CallTimeoutException e) {
      return System.nanoTime() - before - TIMEOUT.toNanos();
    }
  }

  /** Something that is timed. */
  @FunctionalInterface
  private interface Timed {
    long nanos();
  }

  /** Does something again and again on a platform thread, and takes down how long it took. */
  private static CompletableFuture<long[]> sample(long end, Timed timed) {
    CompletableFuture<long[]> times = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              List<Long> taken = new ArrayList<>();
              while (System.nanoTime() < end) {
                taken.add(timed.nanos());
              }
              times.complete(taken.stream().mapToLong(Long::longValue).sorted().toArray());
            });
    return times;
  }

  private static double percentile(long[] sorted, double part) {
    return sorted.length == 0
        ? Double.NaN
        : Arrays.stream(sorted).skip((long) (sorted.length * part)).findFirst().orElse(0) / 1e6;
  }
}
