package io.dgen.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.simulation.SimulatedStore.Faults;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules 4 to 6: exactly once and in order, whatever fails. {@code -Ddgen.simulation.seeds=N} runs
 * more seeds, {@code -Ddgen.simulation.first=S} begins at another one.
 */
class SimulationTest {

  private static final Faults SOME = new Faults(0.1, 0.05, 0.05);

  static LongStream seeds() {
    long first = Long.getLong("dgen.simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("dgen.simulation.seeds", 40));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostOrDoneTwiceWhileCommitsFail(long seed) {
    new Scenario(seed, 0, SOME).run();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostOrDoneTwiceWhileNodesCrash(long seed) {
    new Scenario(seed, 3, SOME).run();
  }

  @Test
  void theSameSeedGivesTheSameHistory() {
    long first = new Scenario(42, 2, SOME).run().history();
    assertThat(new Scenario(42, 2, SOME).run().history()).isEqualTo(first);
    assertThat(new Scenario(43, 2, SOME).run().history()).isNotEqualTo(first);
  }
}
