package io.dgen.benchmarks;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.CallbackThreads;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.error.CallTimeoutException;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What callbacks that compute do to everything else: four entities compute, while others are
 * called, timeouts pass, locks are held and renewed, and the node is closed. The same on a node
 * where nobody computes stands beside it.
 */
public final class BusyBenchmark {

  private static final int SECONDS = Integer.getInteger("seconds", 10);
  private static final int FURNACES = 4;
  private static final Duration TIMEOUT = Duration.ofMillis(100);

  /** A lock is renewed four times in this time. */
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(1);

  /** How many entities hold a lock, nearly until the end, and do nothing. */
  private static final int HELD = 16;

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
        "%-22s %9s %9s %9s %9s %9s %9s %9s %9s %9s %9s %9s%n",
        "",
        "calls",
        "p50 ms",
        "p99 ms",
        "timeouts",
        "late p50",
        "late p99",
        "renewals",
        "each p50",
        "each p99",
        "locked",
        "close ms");
    for (CallbackThreads threads : CallbackThreads.values()) {
      for (boolean busy : new boolean[] {false, true}) {
        String name = threads + (busy ? ", busy" : ", idle");
        DgenOptions options = DgenOptions.builder().callbackThreads(threads).build();
        run(name, directory.resolve(name.replace(", ", "-")), options, busy);
      }
    }
    // What computes on virtual threads may still do so.
    System.exit(0);
  }

  private static void run(String name, Path directory, DgenOptions options, boolean busy)
      throws Exception {
    AtomicInteger baked = new AtomicInteger();
    Store store = LocalStore.open(directory);
    Dgen dgen =
        Dgen.open(
            store,
            options.toBuilder()
                .timeout(Duration.ofMinutes(1))
                .lockTimeout(LOCK_TIMEOUT)
                .closeTimeout(Duration.ofSeconds(1))
                .build());
    dgen.host(TallyServer.of()).host(FurnaceServer.of(baked::incrementAndGet));
    warmUp(dgen);
    List<CompletableFuture<?>> held = new ArrayList<>();
    for (int i = 0; i < HELD; i++) {
      held.add(FurnaceClient.of(dgen, "held " + i).holdAsync(SECONDS * 1000L - 500));
    }
    List<byte[]> leases = leases(store);
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
    List<CompletableFuture<List<Long>>> renewals =
        leases.stream().map(lease -> renewals(store, lease, end)).toList();
    long[] renewalTimes =
        renewals.stream()
            .flatMap(each -> each.join().stream())
            .mapToLong(Long::longValue)
            .sorted()
            .toArray();
    long[] callTimes = calls.join();
    long[] lateTimes = late.join();
    long before = System.nanoTime();
    dgen.close();
    double closed = (System.nanoTime() - before) / 1e6;
    System.out.printf(
        Locale.ROOT,
        "%-22s %9d %9.1f %9.1f %9d %9.1f %9.1f %9d %9.1f %9.1f %9s %9.0f%n",
        name,
        callTimes.length,
        percentile(callTimes, 0.5),
        percentile(callTimes, 0.99),
        lateTimes.length,
        percentile(lateTimes, 0.5),
        percentile(lateTimes, 0.99),
        renewalTimes.length,
        percentile(renewalTimes, 0.5),
        percentile(renewalTimes, 0.99),
        baked.get() + (locked.isDone() && !locked.isCompletedExceptionally() ? " done" : " lost"),
        closed);
    computing.forEach(it -> it.cancel(false));
    held.forEach(it -> it.cancel(false));
  }

  /** The keys of the leases of all locks, once they are held. */
  private static List<byte[]> leases(Store store) {
    byte[] root = DgenOptions.DEFAULT.root().getBytes(StandardCharsets.UTF_8);
    List<byte[]> found = List.of();
    while (found.size() < HELD) {
      found =
          store.run(
              transaction ->
                  transaction.getRange(root, Keys.prefixEnd(root), 0).join().stream()
                      .map(KeyValue::key)
                      .filter(BusyBenchmark::isLease)
                      .toList());
    }
    return found;
  }

  /** By the last part of a lease's key: see docs/architecture.md. */
  private static boolean isLease(byte[] key) {
    byte[] tag = Tuple.from(20).pack();
    return Arrays.equals(key, Math.max(0, key.length - tag.length), key.length, tag, 0, tag.length);
  }

  /** How long after the one before each renewal of a lease is in the store. */
  private static CompletableFuture<List<Long>> renewals(Store store, byte[] lease, long end) {
    CompletableFuture<List<Long>> times = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              List<Long> taken = new ArrayList<>();
              long last = 0;
              while (System.nanoTime() < end) {
                CompletableFuture<Void> renewed = store.run(tx -> tx.watch(lease));
                renewed
                    .completeOnTimeout(null, end - System.nanoTime(), TimeUnit.NANOSECONDS)
                    .join();
                long now = System.nanoTime();
                if (last > 0 && now < end) {
                  taken.add(now - last);
                }
                last = now;
              }
              times.complete(taken);
            });
    return times;
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
