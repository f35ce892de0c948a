package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.simulation.DeadlineScenario.Outcome;
import io.dgen.tests.simulation.DeadlineScenario.Plan;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A call that fails is retried until its caller's timeout, and not after it, wherever it runs and
 * whatever fails. {@code -Ddgen.simulation.seeds=N} runs more seeds, {@code
 * -Ddgen.simulation.first=S} begins at another one.
 */
class DeadlineSimulationTest {

  private static final Faults SOME = new Faults(0.1, 0.05, 0.05, 0);
  private static final Duration SLACK = Duration.ofSeconds(3);

  static LongStream seeds() {
    long first = Long.getLong("dgen.simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("dgen.simulation.seeds", 2));
  }

  /** Each sender has an entity of its own, so that no other message delays an attempt. */
  @ParameterizedTest
  @MethodSource("seeds")
  void noAttemptBeginsAfterTheDeadline(long seed) {
    Plan plan = new Plan(2, 4, 4, 10, 0, Duration.ofMillis(50));
    Outcome outcome = new DeadlineScenario(seed, plan, Faults.NONE).run();
    assertThat(outcome.lateAttempts()).isZero();
    assertThat(outcome.givenUp()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whileCommitsFail(long seed) {
    assertThat(new DeadlineScenario(seed, new Plan(2, 2, 4, 8, 0, SLACK), SOME).run().givenUp())
        .isPositive();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whileNodesCrash(long seed) {
    assertThat(new DeadlineScenario(seed, new Plan(2, 2, 4, 8, 3, SLACK), SOME).run().givenUp())
        .isPositive();
  }
}
