package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.simulation.AskScenario.Outcome;
import io.dgen.tests.simulation.AskScenario.Plan;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Money moves by asks, and none is made or lost. {@code -Ddgen.simulation.seeds=N} runs more seeds,
 * {@code -Ddgen.simulation.first=S} begins at another one.
 */
class AskSimulationTest {

  private static final Faults SOME = new Faults(0.1, 0.05, 0.05, 0.05);

  static LongStream seeds() {
    long first = Long.getLong("dgen.simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("dgen.simulation.seeds", 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whileNothingFails(long seed) {
    assertThat(run(seed, new Plan(2, 4, 20, 0, 0), Faults.NONE).arrived()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whileCommitsFail(long seed) {
    assertThat(run(seed, new Plan(3, 4, 20, 0, 0), SOME).arrived()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whileNodesCrash(long seed) {
    assertThat(run(seed, new Plan(2, 4, 20, 4, 0), SOME).arrived()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whileAccountsAreKilled(long seed) {
    assertThat(run(seed, new Plan(2, 4, 20, 2, 10), SOME).arrived()).isPositive();
  }

  private static Outcome run(long seed, Plan plan, Faults faults) {
    return new AskScenario(seed, plan, faults).run();
  }
}
