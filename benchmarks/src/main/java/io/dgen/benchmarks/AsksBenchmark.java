package io.dgen.benchmarks;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.benchmarks.Load.Figures;
import io.dgen.benchmarks.Load.Operation;
import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Round trips of asks: a call to one entity, which asks another one and replies with the answer,
 * with both on one node and with each on its own. The floor is the three transactions of such a
 * trip one after another, without the engine: the asker's, that of the entity that is asked, and
 * the asker's again. All are run in turn, several times.
 */
public final class AsksBenchmark {

  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final Duration TIME = Duration.ofMillis(Integer.getInteger("millis", 3000));
  private static final int[] ASKERS = {1, 64};

  private final Store store;
  private final Dgen both;
  private final Dgen brokers;
  private final List<Row> table = new ArrayList<>();
  private int next;

  private AsksBenchmark(Store store, Dgen both, Dgen brokers) {
    this.store = store;
    this.both = both;
    this.brokers = brokers;
  }

  /**
   * Runs the benchmark.
   *
   * @param args the directory to work in; a temporary one if it is left out
   * @throws IOException if the directory cannot be used
   * @throws InterruptedException if it is interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dgen-asks");
    Files.createDirectories(directory);
    try (Store store = LocalStore.open(directory.resolve("store"));
        Dgen both =
            Dgen.open(store, options("both")).host(BrokerServer.of()).host(TallyServer.of());
        Dgen brokers = Dgen.open(store, options("two")).host(BrokerServer.of());
        Dgen tallies = Dgen.open(store, options("two"))) {
      tallies.host(TallyServer.of());
      AsksBenchmark benchmark = new AsksBenchmark(store, both, brokers);
      for (int round = -1; round < ROUNDS; round++) {
        benchmark.run(round >= 0);
      }
      benchmark.print();
    }
  }

  private static DgenOptions options(String root) {
    return DgenOptions.builder().root(root).closeStore(false).timeout(TIME.plusMinutes(1)).build();
  }

  private void run(boolean counts) throws InterruptedException {
    next = 0;
    for (int askers : ASKERS) {
      String load = ", " + askers + (askers == 1 ? " asker" : " askers");
      measure(counts, "store alone: three commits" + load, askers, asker -> floor("floor" + asker));
      measure(counts, "ask on one node" + load, askers, asker -> fetch(both, asker));
      measure(counts, "ask between two nodes" + load, askers, asker -> fetch(brokers, asker));
    }
  }

  private Operation floor(String place) {
    return number -> {
      Floor.round(store, place);
      Floor.round(store, place + "/asked");
      Floor.round(store, place);
    };
  }

  private static Operation fetch(Dgen node, int asker) {
    BrokerClient broker = BrokerClient.of(node, "broker-" + asker);
    String tally = "tally-" + asker;
    return number -> broker.fetch(tally);
  }

  private void measure(boolean counts, String name, int askers, IntFunction<Operation> operations)
      throws InterruptedException {
    if (next == table.size()) {
      table.add(new Row(name));
    }
    Figures figures = Load.closed(askers, TIME, operations);
    table.get(next++).add(counts, figures);
  }

  private void print() {
    System.out.printf(
        Locale.ROOT, "%-42s %10s %9s %9s%n", "median of " + ROUNDS, "/s", "p50 us", "p99 us");
    for (Row row : table) {
      Figures median = row.median();
      System.out.printf(
          Locale.ROOT,
          "%-42s %10.0f %9.0f %9.0f%n",
          row.name(),
          median.perSecond(),
          median.p50Micros(),
          median.p99Micros());
    }
  }
}
