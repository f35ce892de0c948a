package io.dgen.tests.simulation;

import io.dgen.tests.simulation.SimulatedStore.Faults;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is sent in a transaction, with a delay or under an idempotency key counts once, whatever
 * fails. {@code -Ddgen.simulation.seeds=N} runs more seeds.
 */
class RingSimulationTest {

  private static final Faults SOME = new Faults(0.1, 0.05, 0.05, 0);
  private static final Faults LATE = new Faults(0.05, 0, 0.05, 0.15);

  static LongStream seeds() {
    long first = Long.getLong("dgen.simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("dgen.simulation.seeds", 3));
  }

  static LongStream fewSeeds() {
    return seeds().filter(seed -> seed % 4 == 1);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachCountsOnceWhileCommitsFail(long seed) {
    new RingScenario(seed, SOME, 0, Duration.ZERO).run();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachCountsOnceWhileNodesCrash(long seed) {
    new RingScenario(seed, SOME, 3, Duration.ZERO).run();
  }

  /** Delays last longer or shorter, and that is all. */
  @ParameterizedTest
  @MethodSource("fewSeeds")
  void eachCountsOnceThoughClocksDiffer(long seed) {
    new RingScenario(seed, SOME, 2, Duration.ofMinutes(5)).run();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachCountsOnceWhenACommitComesLate(long seed) {
    new RingScenario(seed, LATE, 1, Duration.ZERO).run();
  }
}
