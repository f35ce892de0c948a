package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.model.Reached;
import io.dgen.tests.simulation.Forging.Plan;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What locks is done exactly once, and by one at a time, whatever fails. Takes the seeds of {@link
 * SimulationTest}.
 */
class ForgingTest {

  private static final Faults SOME = new Faults(0.1, 0.05, 0.05, 0);

  @ParameterizedTest
  @MethodSource("io.dgen.tests.simulation.SimulationTest#seeds")
  void nothingIsMadeTwiceWhileCommitsFail(long seed) {
    assertThat(new Forging(seed, new Plan(2, 3, 6, 0, 0), SOME).run())
        .containsKeys(Reached.UNKNOWN_BUT_COMMITTED, Reached.UNKNOWN_AND_LOST);
  }

  @ParameterizedTest
  @MethodSource("io.dgen.tests.simulation.SimulationTest#seeds")
  void nothingIsMadeTwiceWhileNodesCrash(long seed) {
    assertThat(new Forging(seed, new Plan(2, 3, 6, 3, 0), SOME).run()).containsKey(Reached.CRASH);
  }

  @ParameterizedTest
  @MethodSource("io.dgen.tests.simulation.SimulationTest#seeds")
  void nothingIsMadeTwiceWhenAHolderStandsStill(long seed) {
    assertThat(new Forging(seed, new Plan(2, 3, 6, 0, 3), SOME).run())
        .containsKeys(Reached.TAKE_OVER, Reached.REPLAYED_STEP, Reached.SLEPT);
  }
}
