package io.dgen.tests.simulation;

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
    new Forging(seed, new Plan(2, 3, 6, 0, 0), SOME).run();
  }

  @ParameterizedTest
  @MethodSource("io.dgen.tests.simulation.SimulationTest#seeds")
  void nothingIsMadeTwiceWhileNodesCrash(long seed) {
    new Forging(seed, new Plan(2, 3, 6, 3, 0), SOME).run();
  }

  @ParameterizedTest
  @MethodSource("io.dgen.tests.simulation.SimulationTest#seeds")
  void nothingIsMadeTwiceWhenAHolderStandsStill(long seed) {
    new Forging(seed, new Plan(2, 3, 6, 0, 3), SOME).run();
  }
}
