package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.model.Reached;
import io.dgen.tests.simulation.Scenario.Plan;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules 4 to 6: exactly once and in order, whatever fails. {@code -Ddgen.simulation.seeds=N} runs
 * more seeds, {@code -Ddgen.simulation.first=S} begins at another one.
 */
class SimulationTest {

  private static final Faults SOME = new Faults(0.1, 0.05, 0.05, 0);
  private static final Faults LATE = new Faults(0.05, 0, 0.05, 0.15);
  private static final Plan STEADY = new Plan(2, 0, 1, 2, 6, 12, false, 0, Duration.ZERO);
  private static final Plan CRASHING = new Plan(2, 0, 1, 2, 6, 12, false, 3, Duration.ZERO);
  private static final Plan SKEWED = new Plan(2, 0, 1, 2, 6, 12, false, 2, Duration.ofMinutes(5));
  private static final Plan CLAIMING = new Plan(1, 2, 1, 2, 8, 12, false, 4, Duration.ZERO);
  private static final Plan HURRIED = new Plan(1, 0, 2, 1, 4, 20, true, 0, Duration.ZERO);

  static LongStream seeds() {
    long first = Long.getLong("dgen.simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("dgen.simulation.seeds", 10));
  }

  static LongStream fewSeeds() {
    return seeds().filter(seed -> seed % 4 == 1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostOrDoneTwiceWhileCommitsFail(long seed) {
    assertThat(new Scenario(seed, STEADY, SOME).run().reached())
        .containsKeys(Reached.UNKNOWN_BUT_COMMITTED, Reached.UNKNOWN_AND_LOST);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsLostOrDoneTwiceWhileNodesCrash(long seed) {
    new Scenario(seed, CRASHING, SOME).run();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsDoneTwiceWhenACommitComesLate(long seed) {
    assertThat(new Scenario(seed, STEADY, LATE).run().reached())
        .as("late commits conflict, or others conflict with them")
        .containsKey(Reached.CONFLICT);
  }

  @ParameterizedTest
  @MethodSource("fewSeeds")
  void nothingIsLostOrDoneTwiceThoughClocksDiffer(long seed) {
    new Scenario(seed, SKEWED, SOME).run();
  }

  /** An entity goes from one that claims it to another, to a host of all, and back. */
  @ParameterizedTest
  @MethodSource("fewSeeds")
  void nothingIsLostOrDoneTwiceWhileThoseThatClaimAnEntityCrash(long seed) {
    new Scenario(seed, CLAIMING, SOME).run();
  }

  /** Rule 3: a queue whose ready key is gone would stall until the next push. */
  @ParameterizedTest
  @MethodSource("seeds")
  void noQueueStallsWhileItIsEmptiedAndFilled(long seed) {
    assertThat(new Scenario(seed, HURRIED, Faults.NONE).run().reached())
        .as("pushes meet what clears a ready key")
        .containsKey(Reached.CONFLICT);
  }

  @Test
  void theSameSeedGivesTheSameHistory() {
    long first = new Scenario(42, CRASHING, SOME).run().history();
    assertThat(new Scenario(42, CRASHING, SOME).run().history()).isEqualTo(first);
    assertThat(new Scenario(43, CRASHING, SOME).run().history()).isNotEqualTo(first);
  }
}
