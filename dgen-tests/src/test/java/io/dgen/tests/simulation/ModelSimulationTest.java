package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.model.Canary;
import io.dgen.tests.model.Reached;
import io.dgen.tests.simulation.ModelScenario.Plan;
import io.dgen.tests.simulation.SimulatedCluster.Medium;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The model of the whole, in virtual time. {@code -Ddgen.model.seeds=N} runs more seeds, {@code
 * -Ddgen.model.first=S} begins at another one.
 */
class ModelSimulationTest {

  private static final Faults SOME = new Faults(0.05, 0.04, 0.04, 0);
  private static final Plan PLAN = new Plan(3, 6, 14, 3, 0);
  private static final Plan CUT = new Plan(3, 6, 14, 0, 8);

  private static final int SEEDS = 10;
  private static final int CUT_SEEDS = 4;

  static LongStream seeds(int count) {
    long first = Long.getLong("dgen.model.first", 1);
    return LongStream.range(first, first + Long.getLong("dgen.model.seeds", count));
  }

  /** The canary: a method that reaches none of the interesting states proves nothing. */
  @Test
  void everyMessageCountsOnceAndInOrderAndEveryInterestingStateIsReached() throws IOException {
    Canary all = new Canary();
    List<String> lines = new ArrayList<>();
    for (long seed : seeds(SEEDS).toArray()) {
      Canary one = new ModelScenario(seed, PLAN, SOME, Medium.LOCAL).run();
      all.add(one);
      lines.add("seed " + seed + " " + one);
    }
    Files.write(Path.of("target", "canary.txt"), lines);
    if (lines.size() >= SEEDS) {
      assertThat(all.missing()).as("states that no seed reached, of %s", lines).isEmpty();
    }
  }

  /**
   * A node that is cut off hears errors, and never learns the outcome of some commits. Each of its
   * callers hears something nevertheless, long before its timeout.
   */
  @Test
  void everyCallerOnANodeThatIsCutOffHearsOfItsMessage() {
    Canary all = new Canary();
    for (long seed : seeds(CUT_SEEDS).toArray()) {
      all.add(new ModelScenario(seed, CUT, SOME, Medium.LOCAL).run());
    }
    assertThat(all.counts()).containsKey(Reached.UNKNOWN_TO_SENDER);
  }
}
