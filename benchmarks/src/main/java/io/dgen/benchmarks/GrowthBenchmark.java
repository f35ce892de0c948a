package io.dgen.benchmarks;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.benchmarks.Load.Figures;
import io.dgen.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** The same load beside more and more data in the embedded store. */
public final class GrowthBenchmark {

  private static final Duration TIME = Duration.ofMillis(Integer.getInteger("millis", 5000));
  private static final int CALLERS = 64;
  private static final int FEW = 1000;
  private static final String TEMPLATE = "other-00000000";

  private final Path directory;

  private GrowthBenchmark(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dgen-growth");
    GrowthBenchmark growth = new GrowthBenchmark(directory.resolve("store"));
    System.out.printf(
        "%-12s %-22s %9s %8s %8s %8s %8s %8s %8s %8s%n",
        "others", "", "/s", "p50 us", "p99 us", "us/op", "bg core", "MB/s", "RSS MB", "disk MB");
    long present = 0;
    for (long others :
        Arrays.stream(System.getProperty("others", "0,100000,1000000").split(","))
            .mapToLong(Long::parseLong)
            .toArray()) {
      growth.grow(present, others);
      present = others;
      growth.measure(others);
    }
  }

  private void grow(long from, long to) throws InterruptedException {
    if (from == to) {
      return;
    }
    try (LocalStore store = LocalStore.open(directory)) {
      try (Dgen dgen = Dgen.open(store, DgenOptions.DEFAULT.withCloseStore(false))) {
        dgen.host(TallyServer.of());
        TallyClient.of(dgen, TEMPLATE).next(1);
      }
      new Herd(store, TEMPLATE).copy(from, to);
    }
  }

  private void measure(long others) throws InterruptedException {
    long opening = System.nanoTime();
    LocalStore store = LocalStore.open(directory);
    long opened = System.nanoTime();
    DgenOptions options =
        DgenOptions.DEFAULT.withCloseStore(false).withTimeout(TIME.plusMinutes(1));
    try (Dgen owner = Dgen.open(store, options);
        Dgen other = Dgen.open(store, options)) {
      owner.host(TallyServer.of());
      String rows = System.getProperty("rows", "warm,owner,queue,all");
      for (String row : rows.split(",", -1)) {
        switch (row) {
          case "warm" -> row(others, "warm up", (c, n) -> few(owner, c, n).next(1));
          case "owner" -> row(others, "owner, 1,000", (c, n) -> few(owner, c, n).next(1));
          case "queue" -> row(others, "queue, 1,000", (c, n) -> few(other, c, n).next(1));
          case "all" -> {
            if (others > 0) {
              row(
                  others,
                  "owner, all",
                  (c, n) -> TallyClient.of(owner, Herd.id(TEMPLATE, spread(c, n, others))).next(1));
            }
          }
          default -> throw new IllegalArgumentException(row);
        }
      }
    }
    long closing = System.nanoTime();
    store.close();
    System.out.printf(
        Locale.ROOT,
        "%-12d opened in %d ms, closed in %d ms%n",
        others,
        (opened - opening) / 1_000_000,
        (System.nanoTime() - closing) / 1_000_000);
  }

  private interface Each {
    void run(int caller, long number);
  }

  private void row(long others, String name, Each each) throws InterruptedException {
    Usage before = Usage.now();
    Figures figures = Load.closed(CALLERS, TIME, caller -> number -> each.run(caller, number));
    Usage after = Usage.now();
    System.out.printf(
        Locale.ROOT,
        "%-12d %-22s %9.0f %8.0f %8.0f %8.1f %8.2f %8.1f %8d %8d%n",
        others,
        name,
        figures.perSecond(),
        figures.p50Micros(),
        figures.p99Micros(),
        (after.cpuNanos() - before.cpuNanos()) / 1e3 / (figures.perSecond() * TIME.toNanos() / 1e9),
        after.nativeCoreSince(before),
        after.megabytesASecondSince(before),
        after.residentBytes() >> 20,
        Usage.sizeOf(directory) >> 20);
  }

  private static TallyClient few(Dgen node, int caller, long number) {
    return TallyClient.of(node, "tally-" + (caller * 7919L + number * 17) % FEW);
  }

  /** Goes all over the entities, without an order that a cache could profit from. */
  private static long spread(int caller, long number, long entities) {
    long mixed = (caller * 0x9E3779B97F4A7C15L + number) * 0xBF58476D1CE4E5B9L;
    return Long.remainderUnsigned(mixed ^ mixed >>> 31, entities);
  }
}
