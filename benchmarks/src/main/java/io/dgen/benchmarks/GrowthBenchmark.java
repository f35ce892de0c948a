package io.dgen.benchmarks;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.benchmarks.Load.Figures;
import io.dgen.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * The same load beside more and more data in the embedded store: entities, waiting messages, and
 * large states. Each row also says what RocksDB's own threads took, what was written to the disk,
 * and how large the process and the store are. The store is closed and opened again between the
 * parts.
 */
public final class GrowthBenchmark {

  private static final Duration TIME = Duration.ofMillis(Integer.getInteger("millis", 10_000));
  private static final long[] OTHERS = numbers("others", "0,100000,300000,1000000,10000000");
  private static final int MESSAGES = Integer.getInteger("messages", 1_000_000);
  private static final long[] STATE_BYTES = numbers("stateBytes", "1000,10000,100000,1000000");
  private static final long STATES_BYTES = Long.getLong("statesMegabytes", 1_000) * 1_000_000;
  private static final int CALLERS = 64;
  private static final int FEW = 1000;
  private static final int WINDOW = 4000;
  private static final int DELAYERS = 512;
  private static final String TEMPLATE = "other-00000000";

  private final Path directory;

  private GrowthBenchmark(Path directory) {
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
    Path directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dgen-growth");
    System.out.printf(
        "%-30s %-20s %9s %8s %8s %8s %8s %8s %8s %8s%n",
        "beside", "calls", "/s", "p50 us", "p99 us", "CPU us", "bg core", "MB/s", "RSS MB",
        "disk MB");
    String parts = System.getProperty("parts", "entities,messages,states");
    if (parts.contains("entities")) {
      new GrowthBenchmark(directory.resolve("entities")).entities();
    }
    if (parts.contains("messages")) {
      new GrowthBenchmark(directory.resolve("messages")).messages();
    }
    if (parts.contains("states")) {
      for (long bytes : STATE_BYTES) {
        new GrowthBenchmark(directory.resolve("states-" + bytes)).states((int) bytes);
      }
    }
  }

  private static long[] numbers(String property, String otherwise) {
    return Arrays.stream(System.getProperty(property, otherwise).split(",", -1))
        .mapToLong(Long::parseLong)
        .toArray();
  }

  /** What is done with two nodes on the open store. */
  private interface Work {
    void run(Dgen owner, Dgen other) throws InterruptedException;
  }

  private void open(String beside, Work work) throws InterruptedException {
    long opening = System.nanoTime();
    LocalStore store = LocalStore.open(directory);
    long opened = System.nanoTime();
    DgenOptions options =
        DgenOptions.builder().closeStore(false).timeout(TIME.plusMinutes(5)).build();
    try (Dgen owner = Dgen.open(store, options);
        Dgen other = Dgen.open(store, options)) {
      owner.host(TallyServer.of());
      owner.host(NoteServer.of());
      work.run(owner, other);
    }
    long closing = System.nanoTime();
    store.close();
    System.out.printf(
        Locale.ROOT,
        "%-30s opened in %d ms, closed in %d ms%n",
        beside,
        (opened - opening) / 1_000_000,
        (System.nanoTime() - closing) / 1_000_000);
  }

  private void entities() throws InterruptedException {
    long present = 0;
    for (long others : OTHERS) {
      grow(present, others);
      present = others;
      String beside = String.format(Locale.ROOT, "%,d entities", others);
      open(
          beside,
          (owner, other) -> {
            few(beside, owner, other);
            if (others > 0) {
              row(
                  beside,
                  "owner, all of them",
                  (caller, number) ->
                      TallyClient.of(owner, Herd.id(TEMPLATE, spread(caller, number, others)))
                          .next(1));
            }
          });
    }
  }

  private void grow(long from, long to) throws InterruptedException {
    if (from == to) {
      return;
    }
    try (LocalStore store = LocalStore.open(directory)) {
      try (Dgen dgen = Dgen.open(store, DgenOptions.builder().closeStore(false).build())) {
        dgen.host(TallyServer.of());
        TallyClient.of(dgen, TEMPLATE).next(1);
      }
      new Herd(store, TEMPLATE).copy(from, to);
    }
  }

  private void messages() throws InterruptedException {
    String none = "no messages";
    open(none, (owner, other) -> few(none, owner, other));
    String queued = String.format(Locale.ROOT, "%,d queued", MESSAGES);
    open(
        queued,
        (owner, other) -> {
          TallyClient paused = TallyClient.of(owner, "paused");
          paused.entity().pause("to fill its queue");
          rate(MESSAGES, "queued", () -> send(number -> paused.addAsync(1)));
          few(queued, owner, other);
          paused.entity().resume();
          rate(MESSAGES, "taken", () -> paused.next(0));
        });
    String delayed = String.format(Locale.ROOT, "%,d delayed", MESSAGES);
    open(
        delayed,
        (owner, other) -> {
          // A delayed send has no asynchronous form.
          rate(
              MESSAGES,
              "delayed",
              () ->
                  repeat(
                      DELAYERS,
                      MESSAGES,
                      number -> tally(owner, number).after(Duration.ofHours(1)).add(1)));
          few(delayed, owner, other);
        });
    String keyed = "and as many keyed";
    open(
        keyed,
        (owner, other) -> {
          rate(
              MESSAGES,
              "keyed",
              () ->
                  send(
                      number ->
                          tally(owner, number).withIdempotencyKey("key " + number).addAsync(1)));
          few(keyed, owner, other);
        });
    open("all of it", (owner, other) -> few("all of it", owner, other));
  }

  private interface Sending {
    CompletableFuture<?> begin(long number);
  }

  private static void send(Sending sending) throws InterruptedException {
    Semaphore free = new Semaphore(WINDOW);
    for (long number = 0; number < MESSAGES; number++) {
      free.acquire();
      var unused = sending.begin(number).whenComplete((done, error) -> free.release());
    }
    free.acquire(WINDOW);
  }

  /** Does something so many times, on so many threads. */
  private static void repeat(int threads, long times, LongConsumer once)
      throws InterruptedException {
    AtomicLong next = new AtomicLong();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    long number = next.getAndIncrement();
                    while (number < times) {
                      once.accept(number);
                      number = next.getAndIncrement();
                    }
                  }));
    }
    for (Thread each : all) {
      each.join();
    }
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private static void rate(long count, String what, Step step) throws InterruptedException {
    long begin = System.nanoTime();
    step.run();
    System.out.printf(
        Locale.ROOT, "%,d %s: %,.0f/s%n", count, what, count * 1e9 / (System.nanoTime() - begin));
  }

  private void states(int bytes) throws InterruptedException {
    int notes = (int) (STATES_BYTES / bytes);
    String beside = String.format(Locale.ROOT, "%,d states of %,d kB", notes, bytes / 1000);
    // Texts do not compress to nothing, and making them takes no time.
    String random = text(bytes + 4096);
    open(
        beside,
        (owner, other) -> {
          rate(
              notes,
              "states of " + bytes + " bytes written",
              () -> repeat(CALLERS, notes, number -> write(owner, random, bytes, number)));
          few(beside, owner, other);
          row(
              beside,
              "rewrites at random",
              (caller, number) -> write(owner, random, bytes, spread(caller, number, notes)));
        });
    open(beside, (owner, other) -> few(beside, owner, other));
  }

  /** Texts that do not compress to nothing, and cost no time. */
  private static String text(int length) {
    return new Random(1)
        .ints(length, ' ', '~')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static void write(Dgen owner, String random, int bytes, long note) {
    int from = ThreadLocalRandom.current().nextInt(random.length() - bytes);
    NoteClient.of(owner, "note-" + note).write(random.substring(from, from + bytes));
  }

  private void few(String beside, Dgen owner, Dgen other) throws InterruptedException {
    row(beside, "(warming up)", (caller, number) -> few(owner, caller, number).next(1));
    row(beside, "owner, 1,000", (caller, number) -> few(owner, caller, number).next(1));
    row(beside, "queue, 1,000", (caller, number) -> few(other, caller, number).next(1));
  }

  private static TallyClient few(Dgen node, int caller, long number) {
    return tally(node, caller * 7919L + number * 17);
  }

  private static TallyClient tally(Dgen node, long number) {
    return TallyClient.of(node, "tally-" + number % FEW);
  }

  private interface Each {
    void run(int caller, long number);
  }

  private void row(String beside, String calls, Each each) throws InterruptedException {
    Usage before = Usage.now();
    Figures figures = Load.closed(CALLERS, TIME, caller -> number -> each.run(caller, number));
    Usage after = Usage.now();
    double count = figures.perSecond() * TIME.toNanos() / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%-30s %-20s %9.0f %8.0f %8.0f %8.1f %8.2f %8.1f %8d %8d%n",
        beside,
        calls,
        figures.perSecond(),
        figures.p50Micros(),
        figures.p99Micros(),
        (after.cpuNanos() - before.cpuNanos()) / 1e3 / count,
        after.nativeCoreSince(before),
        after.megabytesASecondSince(before),
        after.residentBytes() >> 20,
        Usage.sizeOf(directory) >> 20);
  }

  /** Goes all over the entities, without an order that a cache could profit from. */
  private static long spread(int caller, long number, long entities) {
    long mixed = (caller * 0x9E3779B97F4A7C15L + number) * 0xBF58476D1CE4E5B9L;
    return Long.remainderUnsigned(mixed ^ mixed >>> 31, entities);
  }
}
