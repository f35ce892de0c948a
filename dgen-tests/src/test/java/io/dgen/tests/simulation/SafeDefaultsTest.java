package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Context;
import io.dgen.DgenOptions;
import io.dgen.FailurePolicy;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.DeadLetterException;
import io.dgen.tests.servers.Stubborn;
import io.dgen.tests.servers.StubbornClient;
import io.dgen.tests.servers.StubbornServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With default options no message that always fails keeps an entity unavailable for long. */
class SafeDefaultsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private Simulation simulation = new Simulation(1);

  /** When each attempt of the bad message began. */
  private final List<Duration> attempts = new ArrayList<>();

  private int failures = Integer.MAX_VALUE;

  /** A host and another node, and what happens on them. */
  @FunctionalInterface
  private interface Story {
    void tell(Node host, Node other);
  }

  private void run(DgenOptions options, Story story) {
    SimulatedCluster cluster = new SimulatedCluster(1, Faults.NONE, options);
    simulation = cluster.simulation();
    cluster.run(
        () -> {
          Node host = cluster.open(StubbornServer.of(this::attempt));
          Node other = cluster.open();
          story.tell(host, other);
          cluster.close(List.of(other, host));
        });
  }

  private void attempt(String callback, String name, Context context) {
    if (name.equals("bad") || (name.equals("bad under lock") && callback.equals("handleLocked"))) {
      attempts.add(now());
      if (context.attempt() <= failures) {
        throw new IllegalStateException("attempt " + context.attempt() + " of " + name);
      }
    }
  }

  private Duration now() {
    return Duration.ofNanos(simulation.nanos());
  }

  private static StubbornClient client(Node node) {
    return StubbornClient.of(node.dgen(), "s");
  }

  /** Waits for a call's end, and returns its error. */
  private @Nullable Throwable errorOf(CompletableFuture<?> call) {
    simulation.await(call.handle((reply, error) -> null));
    try {
      call.join();
      return null;
    } catch (CompletionException e) {
      return e.getCause();
    }
  }

  @Test
  void aCastIsGivenUpWithinThirtySeconds() {
    run(
        DgenOptions.DEFAULT,
        (host, other) -> {
          Duration sent = now();
          client(host).work("bad");
          client(other).work("good");
          simulation.sleep(Duration.ofSeconds(30).minus(now().minus(sent)));
          assertThat(client(other).read())
              .isEqualTo(new Stubborn.State(List.of("good"), List.of("bad")));
          assertThat(client(other).entity().deadLetters().length()).isEqualTo(1);
        });
    assertThat(attempts).hasSize(FailurePolicy.DEFAULT.deadLetterThreshold());
  }

  @ParameterizedTest
  @ValueSource(longs = {50, 300, 1000, 5000, 20_000})
  void aCallIsGivenUpOnceItsNextAttemptWouldBeLate(long timeout) {
    for (boolean onHost : List.of(true, false)) {
      attempts.clear();
      Duration patience = Duration.ofMillis(timeout);
      Duration[] sent = new Duration[1];
      run(
          DgenOptions.DEFAULT,
          (host, other) -> {
            sent[0] = now();
            CompletableFuture<Integer> bad =
                client(onHost ? host : other).withTimeout(patience).taskAsync("bad");
            client(other).work("good");
            assertThat(errorOf(bad))
                .isInstanceOfSatisfying(
                    DeadLetterException.class,
                    e -> assertThat(e.attempts()).isEqualTo(attempts.size()));
            assertThat(client(other).read())
                .isEqualTo(new Stubborn.State(List.of("good"), List.of("bad")));
          });
      int last = attempts.size();
      assertThat(attempts.getLast()).isLessThan(sent[0].plus(patience));
      assertThat(attempts.getLast().plus(longestWait(last)))
          .as("the attempt after the last would have been late")
          .isGreaterThan(sent[0].plus(patience));
    }
  }

  /** Returns the longest wait after so many failures, and what a transaction may take. */
  private static Duration longestWait(int failures) {
    return Duration.ofMillis(100).multipliedBy(1L << (failures - 1)).plusMillis(20);
  }

  @Test
  void aCallThatWaitsForLongIsGivenUpAfterAsManyAttemptsAsACast() {
    run(
        DgenOptions.DEFAULT,
        (host, other) -> {
          CompletableFuture<Integer> bad =
              client(other).withTimeout(Duration.ofHours(1)).taskAsync("bad");
          assertThat(errorOf(bad)).isInstanceOf(DeadLetterException.class);
        });
    assertThat(attempts).hasSize(FailurePolicy.DEFAULT.deadLetterThreshold());
  }

  @Test
  void aCallThatNobodyWaitsForAnyMoreHasOneAttempt() {
    run(
        DgenOptions.DEFAULT,
        (host, other) -> {
          client(other).entity().pause("for a while");
          CompletableFuture<Integer> bad = client(other).withTimeout(SECOND).taskAsync("bad");
          CompletableFuture<Integer> good = client(other).withTimeout(SECOND).taskAsync("good");
          assertThat(errorOf(bad)).isInstanceOf(CallTimeoutException.class);
          assertThat(errorOf(good)).isInstanceOf(CallTimeoutException.class);
          client(other).entity().resume();
          assertThat(client(other).read())
              .as("a message that was sent is executed, though its caller has gone")
              .isEqualTo(new Stubborn.State(List.of("good"), List.of("bad")));
        });
    assertThat(attempts).hasSize(1);
  }

  @Test
  void aCallThatSucceedsInTimeIsNotGivenUp() {
    failures = 4;
    run(DgenOptions.DEFAULT, (host, other) -> assertThat(client(other).task("bad")).isEqualTo(5));
  }

  @Test
  void workUnderALockIsTriedForAboutTenMinutes() {
    run(
        DgenOptions.builder().pollInterval(Duration.ofMinutes(1)).build(),
        (host, other) -> {
          CompletableFuture<Integer> bad =
              client(other).withTimeout(SECOND).haulAsync("bad under lock");
          assertThat(errorOf(bad)).isInstanceOf(CallTimeoutException.class);
          while (client(other).entity().deadLetters().length() == 0) {
            simulation.sleep(Duration.ofSeconds(10));
          }
        });
    assertThat(attempts).hasSize(FailurePolicy.DEFAULT.lockedThreshold());
    assertThat(attempts.getLast().minus(attempts.getFirst()))
        .isBetween(Duration.ofMinutes(8), Duration.ofMinutes(12));
  }

  @Test
  void beforeTheLockIsTakenTheCallersTimeoutCounts() {
    run(
        DgenOptions.DEFAULT,
        (host, other) -> {
          CompletableFuture<Integer> bad = client(other).withTimeout(SECOND).haulAsync("bad");
          assertThat(errorOf(bad)).isInstanceOf(DeadLetterException.class);
        });
    assertThat(attempts).hasSizeBetween(2, 5);
  }

  @Test
  void anyNumberOfAttemptsIsOneOptionAway() {
    failures = 12;
    DgenOptions unlimited = DgenOptions.builder().failures(it -> it.unlimited()).build();
    assertThat(unlimited.failurePolicy()).isEqualTo(FailurePolicy.UNLIMITED);
    run(
        unlimited,
        (host, other) -> {
          CompletableFuture<Integer> bad = client(other).withTimeout(SECOND).taskAsync("bad");
          assertThat(errorOf(bad)).isInstanceOf(CallTimeoutException.class);
          while (client(other).entity().queueLength() > 0) {
            simulation.sleep(SECOND);
          }
          assertThat(client(other).read()).isEqualTo(new Stubborn.State(List.of("bad"), List.of()));
        });
    assertThat(attempts).hasSize(13);
  }

  @Test
  void theCallersTimeoutCanBeLeftOutOfIt() {
    failures = 6;
    run(
        DgenOptions.builder().failures(it -> it.callDeadlines(false)).build(),
        (host, other) -> {
          CompletableFuture<Integer> bad = client(other).withTimeout(SECOND).taskAsync("bad");
          assertThat(errorOf(bad)).isInstanceOf(CallTimeoutException.class);
          while (client(other).entity().queueLength() > 0) {
            simulation.sleep(SECOND);
          }
          assertThat(client(other).read().done()).containsExactly("bad");
        });
    assertThat(attempts).hasSize(7);
  }
}
