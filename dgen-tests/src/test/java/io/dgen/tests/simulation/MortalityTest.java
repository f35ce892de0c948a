package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.model.Reached;
import io.dgen.tests.simulation.Mortality.Plan;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each message is executed exactly once or becomes a dead letter exactly once, whatever fails.
 * Takes the seeds of {@link SimulationTest}.
 */
class MortalityTest {

  private static final Faults SOME = new Faults(0.1, 0.05, 0.05, 0);
  private static final Faults LATE = new Faults(0.05, 0, 0.05, 0.15);

  @ParameterizedTest
  @MethodSource("io.dgen.tests.simulation.SimulationTest#seeds")
  void nobodyDiesTwiceWhileCommitsFail(long seed) {
    assertThat(new Mortality(seed, new Plan(2, 2, 4, 10, 0, 8), SOME).run())
        .containsKeys(Reached.DEAD_LETTER, Reached.UNKNOWN_BUT_COMMITTED, Reached.UNKNOWN_AND_LOST);
  }

  @ParameterizedTest
  @MethodSource("io.dgen.tests.simulation.SimulationTest#seeds")
  void nobodyDiesTwiceWhileNodesCrash(long seed) {
    assertThat(new Mortality(seed, new Plan(2, 2, 4, 10, 3, 8), SOME).run())
        .containsKeys(Reached.DEAD_LETTER, Reached.CRASH);
  }

  @ParameterizedTest
  @MethodSource("io.dgen.tests.simulation.SimulationTest#seeds")
  void nobodyDiesTwiceWhenACommitComesLate(long seed) {
    assertThat(new Mortality(seed, new Plan(2, 2, 4, 10, 0, 8), LATE).run())
        .containsKeys(Reached.DEAD_LETTER, Reached.CONFLICT);
  }
}
