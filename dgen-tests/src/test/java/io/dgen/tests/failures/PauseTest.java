package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.EntityStatus;
import io.dgen.Failure;
import io.dgen.Failure.Kind;
import io.dgen.FailurePolicy;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.TestLogging;
import io.dgen.tests.servers.Mortal;
import io.dgen.tests.servers.MortalClient;
import io.dgen.tests.servers.MortalServer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Entities that are paused: by too many failures, or by hand. */
class PauseTest extends FailingEntity {

  @Test
  void tooManyFailuresPauseTheEntityUntilItIsResumed() {
    MortalClient mortal = mortal(policy -> policy.toBuilder().restartIntensity(3, LONG).build());
    mortal.work("bad", 5);
    await().until(() -> lives.attempts("bad").size() == 4);
    await().until(() -> !cluster.keys().of(KeyKind.PAUSED).isEmpty());
    CompletableFuture<Integer> waiting = mortal.taskAsync("waiting", 0);
    mortal.work("later", 0);
    mortal.nudge("past");
    assertThat(waiting).isNotDone();
    await().until(() -> mortal.entity().queueLength() == 3);
    EntityStatus.Paused pause =
        cluster.node().admin().entity("Mortal", "m").status().pause().orElseThrow();
    assertThat(pause.automatic()).isTrue();
    assertThat(pause.reason()).contains("4 failures").contains("attempt 4 of bad");

    assertThat(mortal.entity().resume()).isTrue();
    assertThat(waiting.join()).isEqualTo(1);
    // The failures before the pause are forgotten: one more is not one too many.
    assertThat(lives.attempts("bad")).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(mortal.read().done()).containsExactly("past", "bad", "waiting", "later");
    assertThat(mortal.entity().resume()).isFalse();
    await()
        .untilAsserted(() -> assertThat(failures).extracting(Failure::kind).contains(Kind.PAUSE));
  }

  @Test
  @Durable
  void failuresAreCountedOverARestart() {
    MortalClient mortal = mortal(policy -> policy.toBuilder().restartIntensity(2, LONG).build());
    mortal.work("a", 1);
    mortal.work("b", 1);
    assertThat(mortal.read().done()).containsExactly("a", "b");
    cluster.restart();
    MortalClient again = mortal(policy -> policy.toBuilder().restartIntensity(2, LONG).build());
    again.work("c", 1);
    await().until(() -> !cluster.keys().of(KeyKind.PAUSED).isEmpty());
    cluster.restart();
    MortalClient paused = mortal(policy -> policy.toBuilder().restartIntensity(2, LONG).build());
    CompletableFuture<Mortal.State> read = paused.readAsync();
    paused.nudge("past");
    assertThat(read).isNotDone();
    assertThat(paused.entity().resume()).isTrue();
    assertThat(read.join().done()).containsExactly("a", "b", "past", "c");
  }

  /** A failure that is older than the period counts no more. */
  @Test
  void rareFailuresPauseNothing() {
    MortalClient mortal =
        mortal(policy -> policy.toBuilder().restartIntensity(1, Duration.ofMillis(1)).build());
    // Each retry comes after more than a millisecond: the first delay is two, less half as jitter.
    assertThat(mortal.task("a", 3)).isEqualTo(4);
    assertThat(cluster.keys().of(KeyKind.PAUSED)).isEmpty();
  }

  @Test
  void anAbnormalStopCountsAsAFailure() {
    MortalClient mortal = mortal(policy -> policy.toBuilder().restartIntensity(1, LONG).build());
    mortal.quit("no work", false);
    mortal.quit("no work", false);
    mortal.quit("broken", true);
    assertThat(mortal.read().done()).containsExactly("no work", "no work", "broken");
    mortal.quit("broken again", true);
    await().until(() -> !cluster.keys().of(KeyKind.PAUSED).isEmpty());
    CompletableFuture<Mortal.State> read = mortal.readAsync();
    assertThat(mortal.entity().resume()).isTrue();
    assertThat(read.join().done()).endsWith("broken", "broken again");
    await().until(() -> failures.stream().anyMatch(it -> it.kind() == Kind.PAUSE));
    awaitFailures(Kind.STOP, Kind.STOP, Kind.PAUSE);
  }

  @Test
  void aLowIntensityIsWarnedOfAtStart() {
    assertThat(
            logged(
                node(policy -> policy),
                FailurePolicy.builder().deadLetterThreshold(5).restartIntensity(4, LONG).build()))
        .singleElement(STRING)
        .contains("Mortal")
        .contains("lower than its dead-letter threshold of 5");
    assertThat(
            logged(
                node(policy -> policy),
                FailurePolicy.builder().deadLetterThreshold(5).restartIntensity(5, LONG).build()))
        .isEmpty();
    assertThat(
            logged(
                node(policy -> policy),
                FailurePolicy.builder().unlimited().restartIntensity(0, LONG).build()))
        .isEmpty();
  }

  private List<String> logged(Dgen node, FailurePolicy policy) {
    try (TestLogging.Heard heard = TestLogging.hear()) {
      node.host(MortalServer.of(lives), it -> it.failures(policy));
      return heard.lines().stream()
          .map(TestLogging.Line::text)
          .filter(text -> text.contains("restart intensity"))
          .toList();
    }
  }

  @Test
  void aPolicyIsChecked() {
    assertThatThrownBy(() -> FailurePolicy.builder().deadLetterThreshold(-1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("deadLetterThreshold")
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> FailurePolicy.builder().restartIntensity(1001, LONG).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxRestarts")
        .hasMessageContaining("1001");
    assertThatThrownBy(() -> FailurePolicy.builder().restartIntensity(1, Duration.ZERO).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("period");
  }

  // Pause and resume by hand.

  @Test
  void anEntityIsPausedAndResumedFromAnyNode() {
    MortalClient mortal = mortal(policy -> policy);
    mortal.work("a", 0);
    Dgen other = cluster.node();
    MortalClient remote = MortalClient.of(other, "m");
    assertThat(other.admin().entity("Mortal", "m").pause("to look at it")).isTrue();
    assertThat(mortal.entity().pause("again")).isFalse();
    EntityStatus.Paused pause = other.admin().entity("Mortal", "m").status().pause().orElseThrow();
    assertThat(pause.reason()).isEqualTo("to look at it");
    assertThat(pause.automatic()).isFalse();

    CompletableFuture<Integer> local = mortal.taskAsync("local", 0);
    CompletableFuture<Integer> sent = remote.taskAsync("sent", 0);
    await().until(() -> mortal.entity().queueLength() == 2);
    mortal.nudge("past");
    assertThat(lives.attempts("past")).containsExactly(1);
    assertThat(lives.attempts("local")).isEmpty();
    assertThat(lives.attempts("sent")).isEmpty();

    assertThat(remote.entity().resume()).isTrue();
    assertThat(local.join()).isEqualTo(1);
    assertThat(sent.join()).isEqualTo(1);
    assertThat(remote.entity().resume()).isFalse();
    assertThat(cluster.keys().of(KeyKind.PAUSED)).isEmpty();
    assertClean(0);
  }

  @Test
  @Durable
  void aPauseOutlivesItsNode() {
    mortal(policy -> policy).work("a", 0);
    MortalClient.of(cluster.node(), "m").entity().pause("for the night");
    cluster.restart();
    MortalClient again = mortal(policy -> policy);
    again.entity().pause("for the night");
    again.work("b", 0);
    assertThat(lives.attempts("b")).isEmpty();
    assertThat(again.entity().queueLength()).isEqualTo(1);
    again.entity().resume();
    assertThat(again.read().done()).containsExactly("a", "b");
  }

  @Test
  void aPauseOfNobodyLeavesNoTrace() {
    MortalClient nobody = MortalClient.of(cluster.node(), "nobody");
    assertThat(nobody.entity().resume()).isFalse();
    assertThat(nobody.entity().pause("in advance")).isTrue();
    assertThat(cluster.keys().of(KeyKind.META)).hasSize(1);
    assertThat(nobody.entity().resume()).isTrue();
    assertThat(cluster.keys().of(KeyKind.META)).isEmpty();

    nobody.entity().pause("in advance");
    nobody.workAsync("first", 0).join();
    node(policy -> policy).host(MortalServer.of(lives));
    assertThat(nobody.entity().queueLength()).isEqualTo(1);
    nobody.entity().resume();
    assertThat(nobody.read().done()).containsExactly("first");
    assertClean(0);
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultyStore.Fate.class,
      names = {"CONFLICT", "UNKNOWN_BUT_COMMITTED", "UNKNOWN_AND_NOT_COMMITTED"})
  void theAnswersAreRightWhateverACommitSays(FaultyStore.Fate fate) {
    Queue<FaultyStore.Fate> fates = new ConcurrentLinkedQueue<>();
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit -> {
                  FaultyStore.Fate next = commit.writes(KeyKind.PAUSED) ? fates.poll() : null;
                  return next == null ? FaultyStore.GO : CompletableFuture.completedFuture(next);
                });
    MortalClient mortal = MortalClient.of(cluster.node(store, options -> options), "m");
    fates.add(fate);
    assertThat(mortal.entity().pause("once")).isTrue();
    fates.add(fate);
    assertThat(mortal.entity().resume()).isTrue();
    assertThat(fates).isEmpty();
  }
}
