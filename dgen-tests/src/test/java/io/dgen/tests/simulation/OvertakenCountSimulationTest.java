package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.simulation.OvertakenCountScenario.Plan;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A failure is counted in a message that is still in the queue, or not at all. {@code
 * -Ddgen.simulation.seeds=N} runs more seeds, {@code -Ddgen.simulation.first=S} begins at another
 * one.
 */
class OvertakenCountSimulationTest {

  private static final Faults SOME = new Faults(0.1, 0.05, 0.05, 0);
  private static final Plan PLAN = new Plan(2, 10);

  static LongStream seeds() {
    long first = Long.getLong("dgen.simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("dgen.simulation.seeds", 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatOthersHavePoppedDoesNotComeBack(long seed) {
    assertThat(new OvertakenCountScenario(seed, PLAN, Faults.NONE).run())
        .as("how often a message was gone when its failure was to be counted")
        .isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatOthersHavePoppedDoesNotComeBackWhileCommitsFail(long seed) {
    assertThat(new OvertakenCountScenario(seed, PLAN, SOME).run()).isPositive();
  }
}
