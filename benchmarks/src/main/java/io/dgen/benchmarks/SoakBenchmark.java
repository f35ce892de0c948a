package io.dgen.benchmarks;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.benchmarks.Latencies.Quantiles;
import io.dgen.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A mixed load at a steady pace for a long time, on the embedded store: whether anything gets
 * slower or larger. Each minute is a line; at the end every sum is compared with what was sent.
 */
public final class SoakBenchmark {

  private static final int MINUTES = Integer.getInteger("minutes", 60);
  private static final Duration MINUTE = Duration.ofMillis(Integer.getInteger("millis", 60_000));
  private static final int RATE = Integer.getInteger("rate", 6000);
  private static final int TALLIES = Integer.getInteger("entities", 10_000);
  private static final int WORKERS = 64;
  private static final int ROLLS = 100;
  private static final int NAMES = 200;

  private final Dgen owner;
  private final Dgen other;
  private final Path directory;
  private final AtomicLongArray sums = new AtomicLongArray(TALLIES);
  private final AtomicIntegerArray lengths = new AtomicIntegerArray(ROLLS);
  private final AtomicLong temporary = new AtomicLong();
  private final LongAdder wrong = new LongAdder();
  private final Latencies casts = new Latencies();
  private final Latencies ownerCalls = new Latencies();
  private final Latencies queueCalls = new Latencies();
  private final Latencies others = new Latencies();

  private SoakBenchmark(Dgen owner, Dgen other, Path directory) {
    this.owner = owner;
    this.other = other;
    this.directory = directory;
  }

  /**
   * Runs the benchmark.
   *
   * @param args the directory to work in; a temporary one if it is left out
   * @throws IOException if the directory cannot be used
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dgen-soak");
    DgenOptions options =
        DgenOptions.builder()
            .closeStore(false)
            .timeout(Duration.ofMinutes(1))
            .idempotencyRetention(Duration.ofMinutes(5))
            .build();
    try (LocalStore store = LocalStore.open(directory.resolve("store"));
        Dgen owner = Dgen.open(store, options);
        Dgen other = Dgen.open(store, options)) {
      owner.host(TallyServer.of());
      owner.host(RollServer.of());
      SoakBenchmark soak = new SoakBenchmark(owner, other, directory.resolve("store"));
      soak.run();
      soak.check();
    }
  }

  private void run() throws InterruptedException {
    for (int i = 0; i < ROLLS; i++) {
      lengths.set(i, RollClient.of(owner, "roll-" + i).fill(NAMES, 0));
    }
    System.out.printf(
        "%6s %7s | %-22s | %-22s | %-22s | %-22s | %7s %6s | %7s %7s %7s%n",
        "minute",
        "/s",
        "cast, queue p50 p99 ms",
        "call, owner",
        "call, queue",
        "all else",
        "bg core",
        "MB/s",
        "heap MB",
        "RSS MB",
        "disk MB");
    long start = System.nanoTime();
    long end = start + MINUTE.multipliedBy(MINUTES).toNanos();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      int worker = i;
      workers.add(Thread.ofVirtual().start(() -> work(worker, start, end)));
    }
    Usage before = Usage.now();
    for (int minute = 1; minute <= MINUTES; minute++) {
      waitUntil(start + MINUTE.multipliedBy(minute).toNanos());
      Usage after = Usage.now();
      print(minute, before, after);
      before = after;
    }
    for (Thread worker : workers) {
      worker.join();
    }
  }

  private void print(int minute, Usage before, Usage after) {
    Quantiles cast = casts.take();
    Quantiles ownerCall = ownerCalls.take();
    Quantiles queueCall = queueCalls.take();
    Quantiles other = others.take();
    int count = cast.count() + ownerCall.count() + queueCall.count() + other.count();
    System.out.printf(
        Locale.ROOT,
        "%6d %7.0f | %s | %s | %s | %s | %7.3f %6.1f | %7d %7d %7d%n",
        minute,
        count * 1e9 / (after.nanos() - before.nanos()),
        text(cast),
        text(ownerCall),
        text(queueCall),
        text(other),
        after.nativeCoreSince(before),
        after.megabytesASecondSince(before),
        after.heapBytes() >> 20,
        after.residentBytes() >> 20,
        Usage.sizeOf(directory) >> 20);
  }

  private static String text(Quantiles quantiles) {
    return String.format(
        Locale.ROOT, "%10.2f %11.2f", quantiles.p50Millis(), quantiles.p99Millis());
  }

  /** Does one thing after the other, each at its time or, if that is over, at once. */
  private void work(int worker, long start, long end) {
    long interval = 1_000_000_000L * WORKERS / RATE;
    long next = start + worker * interval / WORKERS;
    for (long number = worker; next < end; number += WORKERS) {
      waitUntil(next);
      next = Math.max(next + interval, System.nanoTime() - 10 * interval);
      once(number);
    }
  }

  private static void waitUntil(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }

  private void once(long number) {
    // Consecutive numbers go to places far from each other.
    int tally = (int) (number * 7919 % TALLIES);
    long begin = System.nanoTime();
    Latencies latencies =
        switch ((int) (number * 31 % 100) / 5) {
          case 0, 1, 2, 3, 4, 5, 6, 7 -> {
            add(tally(other, tally), tally);
            yield casts;
          }
          case 8, 9, 10, 11 -> {
            tally(owner, tally).next(1);
            sums.incrementAndGet(tally);
            yield ownerCalls;
          }
          case 12, 13, 14 -> {
            tally(other, tally).next(1);
            sums.incrementAndGet(tally);
            yield queueCalls;
          }
          case 15, 16 -> {
            add(tally(other, tally).withIdempotencyKey("key-" + number), tally);
            yield others;
          }
          case 17 -> {
            tally(owner, tally).after(Duration.ofMillis(1000 + number % 4000)).add(1);
            sums.incrementAndGet(tally);
            yield others;
          }
          case 18 -> {
            edit((int) (number / 100 % ROLLS), number);
            yield others;
          }
          default -> {
            live();
            yield others;
          }
        };
    latencies.add(System.nanoTime() - begin);
  }

  private void add(TallyClient client, int tally) {
    client.add(1);
    sums.incrementAndGet(tally);
  }

  /** Grows a list on one visit, and shortens it on the next. */
  private void edit(int roll, long number) {
    boolean grows = number / 100 / ROLLS % 2 == 0;
    RollClient.of(owner, "roll-" + roll).edit(grows ? Roll.Kind.APPEND : Roll.Kind.REMOVE, number);
    lengths.addAndGet(roll, grows ? 1 : -1);
  }

  /** The whole life of an entity. */
  private void live() {
    TallyClient client = TallyClient.of(other, "temporary-" + temporary.incrementAndGet());
    client.add(1);
    if (client.next(1) != 2) {
      wrong.increment();
    }
    client.entity().kill();
  }

  private static TallyClient tally(Dgen node, int tally) {
    return TallyClient.of(node, "tally-" + tally);
  }

  /** Everything that was acknowledged must have been done once. */
  private void check() {
    long wait = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    int tallies = 0;
    for (int i = 0; i < TALLIES; i++) {
      long sum = tally(owner, i).next(0);
      while (sum != sums.get(i) && System.nanoTime() < wait) {
        LockSupport.parkNanos(10_000_000);
        sum = tally(owner, i).next(0);
      }
      tallies += sum == sums.get(i) ? 0 : 1;
    }
    int rolls = 0;
    for (int i = 0; i < ROLLS; i++) {
      int length = RollClient.of(owner, "roll-" + i).edit(Roll.Kind.APPEND, i);
      rolls += length == lengths.get(i) + 1 ? 0 : 1;
    }
    System.out.printf(
        "wrong: %d of %,d sums, %d of %d lists, %d of %,d lives%n",
        tallies, TALLIES, rolls, ROLLS, wrong.sum(), temporary.get());
    if (tallies + rolls + wrong.sum() > 0) {
      throw new IllegalStateException("acknowledged work was lost, or done twice");
    }
  }
}
