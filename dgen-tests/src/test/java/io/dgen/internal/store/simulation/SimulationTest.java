package io.dgen.internal.store.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The embedded store is strictly serializable and loses nothing, whatever happens to it. */
final class SimulationTest {

  @Test
  void someHundredSeeds() {
    run(1, 300);
  }

  @Tag("long")
  @Test
  void tenThousandSeeds() {
    run(1_000, 10_000);
  }

  private static void run(long first, int seeds) {
    Map<String, Integer> counts = new TreeMap<>();
    for (long seed = first; seed < first + seeds; seed++) {
      Simulation simulation = new Simulation(seed);
      assertThat(simulation.run()).as("seed %s", seed).isEmpty();
      simulation
          .workload()
          .counts()
          .forEach((what, count) -> counts.merge(what, count, Integer::sum));
    }
    assertThat(counts)
        .as("what is to be reached")
        .containsKeys(
            "NOT_COMMITTED",
            "TRANSACTION_TOO_OLD",
            "TRANSACTION_CANCELLED",
            "TRANSACTION_TIMED_OUT",
            "INTERNAL_ERROR",
            "IO_ERROR",
            "STORE_CLOSED",
            "acknowledged",
            "left a commit under way",
            "unknown, happened",
            "unknown, did not happen",
            "closed",
            "power cut",
            "power cut during a write",
            "failed write",
            "write of more than 5 s",
            "no memory before a write",
            "completion refused");
  }
}
