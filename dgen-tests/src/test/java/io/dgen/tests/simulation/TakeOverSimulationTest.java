package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.simulation.SimulatedStore.Faults;
import io.dgen.tests.simulation.TakeOverScenario.Plan;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of those who give a lock back at once, one does, and nothing else of the entity is undone. {@code
 * -Ddgen.simulation.seeds=N} runs more seeds, {@code -Ddgen.simulation.first=S} begins at another
 * one.
 */
class TakeOverSimulationTest {

  private static final Faults SOME = new Faults(0.1, 0.05, 0.05, 0);
  private static final Plan PLAN = new Plan(2, 4, 10, 3);

  static LongStream seeds() {
    long first = Long.getLong("dgen.simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("dgen.simulation.seeds", 2));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsUndoneWhenALockIsGivenBack(long seed) {
    assertThat(new TakeOverScenario(seed, PLAN, Faults.NONE).run())
        .as("how often a lock was gone when it was to be given back")
        .isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsUndoneWhenALockIsGivenBackWhileCommitsFail(long seed) {
    assertThat(new TakeOverScenario(seed, PLAN, SOME).run()).isPositive();
  }
}
