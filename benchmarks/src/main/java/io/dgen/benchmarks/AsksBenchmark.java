package io.dgen.benchmarks;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.benchmarks.Load.Operation;
import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

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
  private final Table table = new Table(TIME);

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
      benchmark.table.print(ROUNDS);
    }
  }

  private static DgenOptions options(String root) {
    return DgenOptions.builder().root(root).closeStore(false).timeout(TIME.plusMinutes(1)).build();
  }

  private void run(boolean counts) throws InterruptedException {
    table.begin();
    for (int askers : ASKERS) {
      String load = ", " + askers + (askers == 1 ? " asker" : " askers");
      table.measure(
          counts, "store alone: three commits" + load, askers, asker -> floor("floor" + asker));
      table.measure(counts, "ask on one node" + load, askers, asker -> fetch(both, asker));
      table.measure(counts, "ask between two nodes" + load, askers, asker -> fetch(brokers, asker));
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
}
