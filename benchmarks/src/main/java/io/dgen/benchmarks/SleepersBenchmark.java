package io.dgen.benchmarks;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many entities that sleep under their locks, on the embedded store: how fast they fall asleep,
 * what they cost while they sleep, and how fast they go on when all are due at once. The floor is
 * the same number of delayed messages, one to each entity: what is stored and moved without a lock.
 */
public final class SleepersBenchmark {

  private static final int SLEEPERS = Integer.getInteger("sleepers", 100_000);
  private static final Duration IDLE = Duration.ofMillis(Integer.getInteger("idleMillis", 10_000));

  /** How long all sleep, at least: until the last has fallen asleep. */
  private static final Duration NAP = Duration.ofSeconds(Integer.getInteger("napSeconds", 60));

  private static final int WINDOW = 4000;
  private static final int PAGE = 10_000;

  private SleepersBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the directory to work in; a temporary one if it is left out
   * @throws IOException if the directory cannot be used
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory =
        args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dgen-sleepers");
    System.out.printf(
        "%-16s %9s %9s %10s %10s %10s %10s%n",
        "what", "number", "stored/s", "rows each", "disk MB", "idle core", "woken/s");
    String parts = System.getProperty("parts", "none,delayed,sleepers");
    if (parts.contains("none")) {
      run("none", directory.resolve("none"), 0, true);
    }
    if (parts.contains("delayed")) {
      run("delayed messages", directory.resolve("delayed"), SLEEPERS, false);
    }
    if (parts.contains("sleepers")) {
      run("sleepers", directory.resolve("sleepers"), SLEEPERS, true);
    }
  }

  private static void run(String what, Path directory, int number, boolean sleeps)
      throws InterruptedException {
    AtomicLong woken = new AtomicLong();
    try (LocalStore store = LocalStore.open(directory);
        Dgen dgen =
            Dgen.open(
                store,
                DgenOptions.builder().closeStore(false).timeout(Duration.ofMinutes(10)).build())) {
      dgen.host(SleeperServer.of(woken::incrementAndGet));
      long before = rows(store);
      Instant due = Instant.now().plus(NAP);
      long begun = System.nanoTime();
      store(dgen, number, due, sleeps);
      double stored = number / seconds(begun);
      Usage idle = Usage.now();
      Thread.sleep(IDLE.toMillis());
      Usage after = Usage.now();
      long rows = rows(store) - before;
      if (number > 0 && (woken.get() > 0 || Instant.now().isAfter(due))) {
        throw new IllegalStateException("it took longer than they sleep: set -DnapSeconds");
      }
      Thread.sleep(Math.max(0, Duration.between(Instant.now(), due).toMillis()));
      long waking = System.nanoTime();
      while (woken.get() < number) {
        Thread.sleep(10);
      }
      System.out.printf(
          Locale.ROOT,
          "%-16s %9d %9.0f %10.1f %10.1f %10.3f %10.0f%n",
          what,
          number,
          stored,
          number == 0 ? 0 : rows / (double) number,
          Usage.sizeOf(directory) / 1e6,
          (after.cpuNanos() - idle.cpuNanos()) / (double) (after.nanos() - idle.nanos()),
          number / seconds(waking));
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** Returns once every entity sleeps, or has its delayed message. */
  private static void store(Dgen dgen, int number, Instant due, boolean sleeps)
      throws InterruptedException {
    Semaphore window = new Semaphore(sleeps ? WINDOW : 512);
    for (int i = 0; i < number; i++) {
      SleeperClient client = SleeperClient.of(dgen, "sleeper-" + i);
      window.acquire();
      if (sleeps) {
        var unused = client.napAsync(due).whenComplete((done, error) -> window.release());
      } else {
        Thread.startVirtualThread(
            () -> {
              var unused = client.at(due).ring();
              window.release();
            });
      }
    }
    window.acquire(sleeps ? WINDOW : 512);
    String last = "sleeper-" + (number - 1);
    while (sleeps
        && number > 0
        && SleeperClient.of(dgen, last)
            .entity()
            .status()
            .lock()
            .flatMap(it -> it.sleep())
            .isEmpty()) {
      Thread.sleep(10);
    }
  }

  private static long rows(Store store) {
    byte[] begin = "dgen".getBytes(StandardCharsets.UTF_8);
    byte[] end = Keys.prefixEnd(begin);
    long rows = 0;
    while (true) {
      byte[] from = begin;
      var page = store.read(transaction -> transaction.snapshot().getRange(from, end, PAGE).join());
      rows += page.size();
      if (page.size() < PAGE) {
        return rows;
      }
      begin = Keys.after(page.getLast().key());
    }
  }
}
