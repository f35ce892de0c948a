package io.dgen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.Metrics;
import io.dgen.benchmarks.Load.Figures;
import io.dgen.benchmarks.Load.Operation;
import io.dgen.store.Store;
import io.dgen.store.foundationdb.FoundationDbOptions;
import io.dgen.store.foundationdb.FoundationDbStore;
import io.dgen.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * Calls and casts to entities of the own node and of another one, on the embedded store or, if
 * {@code DGEN_FDB_CLUSTER_FILE} names one, on a FoundationDB cluster. Each is shown beside its
 * floor: transactions of the store that read and write the same, without the engine. All are run in
 * turn, several times.
 *
 * <p>A cast through the queue counts when it was applied, not when it was acknowledged; its
 * latencies are those of the acknowledgement.
 */
public final class NodesBenchmark {

  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final Duration TIME = Duration.ofMillis(Integer.getInteger("millis", 3000));
  private static final int MANY = 64;
  private static final int[] ENTITIES = {1, 1000, 100_000};

  private final Store store;
  private final Dgen owner;
  private final Dgen other;
  private final Applied applied;
  private final List<Compared> table = new ArrayList<>();

  private NodesBenchmark(Store store, Dgen owner, Dgen other, Applied applied) {
    this.store = store;
    this.owner = owner;
    this.other = other;
    this.applied = applied;
  }

  /**
   * Runs the benchmark.
   *
   * @param args the directory to work in; a temporary one if it is left out
   * @throws IOException if the directory cannot be used
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dgen-nodes");
    Applied applied = new Applied();
    DgenOptions options =
        DgenOptions.builder().closeStore(false).timeout(TIME.plusMinutes(1)).build();
    try (Store store = open(directory)) {
      try (Dgen owner = Dgen.open(store, options.toBuilder().metrics(applied).build());
          Dgen other = Dgen.open(store, options)) {
        owner.host(TallyServer.of());
        NodesBenchmark benchmark = new NodesBenchmark(store, owner, other, applied);
        for (int round = -1; round < ROUNDS; round++) {
          benchmark.run(round >= 0);
        }
        benchmark.print();
      }
      clear(store);
    }
  }

  private static Store open(Path directory) throws IOException {
    String cluster = System.getenv("DGEN_FDB_CLUSTER_FILE");
    if (cluster == null || cluster.isEmpty()) {
      Files.createDirectories(directory);
      return LocalStore.open(directory.resolve("store"));
    }
    return FoundationDbStore.open(
        FoundationDbOptions.builder()
            .clusterFile(Path.of(cluster))
            .prefix(("dgen-benchmark/" + directory + "/").getBytes(UTF_8))
            .build());
  }

  private static void clear(Store store) {
    store.run(
        transaction -> {
          transaction.clear(new byte[0], new byte[] {(byte) 0xFF});
          return true;
        });
  }

  /** Counts the messages of the rounds that committed. */
  private static final class Applied implements Metrics {

    private final LongAdder messages = new LongAdder();

    @Override
    public void round(Round round) {
      messages.add(round.messages());
    }
  }

  /** A row and its floor. */
  private record Compared(Row floor, Row engine) {}

  private int next;

  /** The row that is next in each round, and its floor. */
  private Compared row(String floor, String engine) {
    if (next == table.size()) {
      table.add(new Compared(new Row(floor), new Row(engine)));
    }
    return table.get(next++);
  }

  private void run(boolean counts) throws InterruptedException {
    next = 0;
    call(counts, 1, 1);
    call(counts, MANY, 1);
    call(counts, MANY, 1000);
    callThroughQueue(counts, 1, 1);
    callThroughQueue(counts, MANY, 1);
    callThroughQueue(counts, MANY, 1000);
    for (int entities : ENTITIES) {
      cast(counts, entities);
    }
    for (int entities : ENTITIES) {
      castThroughQueue(counts, entities);
    }
  }

  private void call(boolean counts, int callers, int entities) throws InterruptedException {
    Compared row =
        row(floorName(callers, entities), "call on the owner, " + load(callers, entities));
    row.floor().add(counts, Load.closed(callers, TIME, floor(callers, entities)));
    row.engine()
        .add(
            counts,
            Load.closed(
                callers,
                TIME,
                caller -> number -> tally(owner, entity(caller, number, entities)).next(1)));
  }

  private void callThroughQueue(boolean counts, int callers, int entities)
      throws InterruptedException {
    Compared row =
        row(
            "3 transactions, " + load(callers, places(callers, entities)),
            "call through the queue, " + load(callers, entities));
    row.floor().add(counts, Load.closed(callers, TIME, queueFloor(callers, entities, true)));
    row.engine()
        .add(
            counts,
            Load.closed(
                callers,
                TIME,
                caller -> number -> tally(other, entity(caller, number, entities)).next(1)));
  }

  private void cast(boolean counts, int entities) throws InterruptedException {
    Compared row = row(floorName(MANY, entities), "cast on the owner, " + load(MANY, entities));
    row.floor().add(counts, Load.closed(MANY, TIME, floor(MANY, entities)));
    row.engine()
        .add(
            counts,
            Load.closed(
                MANY,
                TIME,
                caller -> number -> tally(owner, entity(caller, number, entities)).add(1)));
  }

  private void castThroughQueue(boolean counts, int entities) throws InterruptedException {
    Compared row =
        row(
            "2 transactions, " + load(MANY, places(MANY, entities)),
            "cast through the queue, " + load(MANY, entities));
    row.floor().add(counts, Load.closed(MANY, TIME, queueFloor(MANY, entities, false)));
    LongAdder sent = new LongAdder();
    long before = applied.messages.sum();
    long start = System.nanoTime();
    Figures acknowledged =
        Load.closed(
            MANY,
            TIME,
            caller ->
                number -> {
                  tally(other, entity(caller, number, entities)).add(1);
                  sent.increment();
                });
    while (applied.messages.sum() - before < sent.sum()) {
      LockSupport.parkNanos(1_000_000);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    row.engine()
        .add(
            counts,
            new Figures(sent.sum() / seconds, acknowledged.p50Micros(), acknowledged.p99Micros()));
  }

  /** Writers of one place would only get into each other's way: the floor gives them a thousand. */
  private static int places(int callers, int entities) {
    return callers == 1 ? 1 : Math.max(entities, 1000);
  }

  private static String floorName(int callers, int entities) {
    return "1 transaction, " + load(callers, places(callers, entities));
  }

  private static String load(int callers, int entities) {
    return String.format(Locale.ROOT, "%d to %,d", callers, entities);
  }

  private IntFunction<Operation> floor(int callers, int entities) {
    int places = places(callers, entities);
    return caller -> number -> Floor.round(store, "floor/" + entity(caller, number, places));
  }

  private IntFunction<Operation> queueFloor(int callers, int entities, boolean reply) {
    int places = places(callers, entities);
    return caller ->
        number -> Floor.throughQueue(store, "floor/" + entity(caller, number, places), reply);
  }

  private static int entity(int caller, long number, int entities) {
    return (int) ((caller * 7919L + number * 17) % entities);
  }

  private static TallyClient tally(Dgen node, int entity) {
    return TallyClient.of(node, "tally-" + entity);
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%-44s %9s %8s %8s | %-30s %9s %8s %8s | %7s %7s%n",
        "senders to entities; median of " + ROUNDS,
        "/s",
        "p50 us",
        "p99 us",
        "floor",
        "/s",
        "p50 us",
        "p99 us",
        "x /s",
        "x p50");
    for (Compared row : table) {
      Figures engine = row.engine().median();
      Figures floor = row.floor().median();
      System.out.printf(
          Locale.ROOT,
          "%-44s %9.0f %8.0f %8.0f | %-30s %9.0f %8.0f %8.0f | %7.2f %7.2f%n",
          row.engine().name(),
          engine.perSecond(),
          engine.p50Micros(),
          engine.p99Micros(),
          row.floor().name(),
          floor.perSecond(),
          floor.p50Micros(),
          floor.p99Micros(),
          engine.perSecond() / floor.perSecond(),
          engine.p50Micros() / floor.p50Micros());
    }
  }
}
