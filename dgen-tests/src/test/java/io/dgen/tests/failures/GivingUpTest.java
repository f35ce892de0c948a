package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.DeadLetter;
import io.dgen.Dgen;
import io.dgen.Failure.Kind;
import io.dgen.error.DeadLetterException;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.DeepValuesClient;
import io.dgen.tests.servers.DeepValuesServer;
import io.dgen.tests.servers.FailingLockClient;
import io.dgen.tests.servers.FailingLockServer;
import io.dgen.tests.servers.Flaky.How;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.servers.LargeValues;
import io.dgen.tests.servers.LargeValuesClient;
import io.dgen.tests.servers.LargeValuesServer;
import io.dgen.tests.servers.Mortal;
import io.dgen.tests.servers.MortalClient;
import io.dgen.tests.servers.MortalServer;
import io.dgen.tests.servers.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that fail for ever: given up at the threshold, and what becomes of them then. */
class GivingUpTest extends FailingEntity {

  private final Runs runs = new Runs();

  private static List<String> dead(MortalClient mortal) {
    return mortal.entity().deadLetters().list(100).items().stream().map(DeadLetter::error).toList();
  }

  @Test
  void atTheThresholdACallIsGivenUpAndItsCallerTold() {
    MortalClient mortal = mortal(policy -> policy.toBuilder().deadLetterThreshold(3).build());
    assertDies(mortal);
  }

  @Test
  void atTheThresholdACallFromAnotherNodeIsGivenUpAndItsCallerTold() {
    mortal(policy -> policy.toBuilder().deadLetterThreshold(3).build());
    assertDies(MortalClient.of(cluster.node(), "m"));
  }

  private void assertDies(MortalClient mortal) {
    assertThatThrownBy(() -> mortal.task("bad", FOR_EVER))
        .isInstanceOfSatisfying(
            DeadLetterException.class, e -> assertThat(e.attempts()).isEqualTo(3))
        .hasMessageContaining("Task")
        .hasMessageContaining("Mortal(\"m\")")
        .hasMessageContaining("3 attempts")
        .hasMessageContaining("attempt 3 of bad");
    assertThat(lives.attempts("bad")).containsExactly(1, 2, 3);
    assertThat(mortal.task("good", 0)).isEqualTo(1);
    assertThat(mortal.task("lucky", 2)).as("one failure below the threshold").isEqualTo(3);
    assertThat(dead(mortal)).containsExactly("java.lang.IllegalStateException: attempt 3 of bad");
    assertClean(1);
  }

  @Test
  void thoseBehindItGoOnInOrder() {
    MortalClient mortal = mortal(policy -> policy.toBuilder().deadLetterThreshold(2).build());
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      sent.add(mortal.workAsync("m" + i, i % 3 == 1 ? FOR_EVER : 0));
    }
    sent.forEach(CompletableFuture::join);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      if (i % 3 != 1) {
        expected.add("m" + i);
      }
    }
    assertThat(mortal.read().done()).isEqualTo(expected);
    assertThat(mortal.entity().deadLetters().length()).isEqualTo(10);
    assertClean(10);
  }

  @Test
  void withoutLimitsNothingIsGivenUp() {
    MortalClient mortal = mortal(policy -> policy);
    assertThat(mortal.task("late", 12)).isEqualTo(13);
    assertThat(mortal.entity().deadLetters().length()).isZero();
    assertClean(0);
  }

  @Test
  void aMessageWithoutAnEntityIsGivenUpAndTheOwnerLooksForNoMore() {
    node(policy -> policy.toBuilder().deadLetterThreshold(2).build()).host(FlakyServer.of(runs));
    runs.initFails(true);
    FlakyClient far = FlakyClient.of(cluster.node(), "f");
    assertThatThrownBy(() -> far.task("a", 0))
        .isInstanceOfSatisfying(
            DeadLetterException.class, e -> assertThat(e.attempts()).isEqualTo(2));
    StoredKeys.awaitIdle(cluster::keys);
  }

  @Test
  void aServerMayHaveAPolicyOfItsOwn() {
    Dgen node = node(policy -> policy.toBuilder().deadLetterThreshold(5).build());
    node.host(MortalServer.of(lives), it -> it.failures(policy -> policy.deadLetterThreshold(1)));
    node.host(FlakyServer.of(runs));
    assertThatThrownBy(() -> MortalClient.of(node, "m").task("bad", FOR_EVER))
        .isInstanceOfSatisfying(
            DeadLetterException.class, e -> assertThat(e.attempts()).isEqualTo(1));
    assertThatThrownBy(() -> FlakyClient.of(node, "f").task("bad", FOR_EVER))
        .isInstanceOfSatisfying(
            DeadLetterException.class, e -> assertThat(e.attempts()).isEqualTo(5));
  }

  /** Errors are failures of the message; none is the end of the node. */
  @ParameterizedTest
  @EnumSource(How.class)
  void whateverIsThrownEndsAmongTheDeadLetters(How how) {
    FlakyClient flaky =
        FlakyClient.of(
            node(policy -> policy.toBuilder().deadLetterThreshold(2).build())
                .host(FlakyServer.of(runs)),
            "f");
    flaky.work("before", 0, how);
    flaky.work("bad", FOR_EVER, how);
    flaky.work("after", 0, how);
    assertThat(flaky.done()).containsExactly("before", "after");
    assertThat(runs.attempts("bad")).containsExactly(1, 2);
    assertThat(flaky.entity().deadLetters().list(9).items())
        .singleElement()
        .satisfies(letter -> assertThat(letter.error()).isNotEmpty());
    assertClean(1);
  }

  /** It fails outside any transaction, while its message waits in the queue. */
  @Test
  void aHandleLockedThatFailsForEverIsGivenUp() {
    node(policy -> policy.toBuilder().lockedThreshold(3).build()).host(FailingLockServer.of());
    FailingLockClient locks = FailingLockClient.of(cluster.node(), "v");
    CompletableFuture<Integer> bad = locks.openAsync("bad", FOR_EVER);
    CompletableFuture<Integer> late = locks.openAsync("late", 2);
    assertThatThrownBy(bad::join)
        .cause()
        .isInstanceOfSatisfying(
            DeadLetterException.class, e -> assertThat(e.attempts()).isEqualTo(3))
        .hasMessageContaining("attempt 3 of bad");
    assertThat(late.join()).isEqualTo(3);
    assertThat(locks.opened()).containsExactly("late");
    assertThat(locks.entity().deadLetters().list(9).items())
        .singleElement()
        .satisfies(letter -> assertThat(letter.stack()).contains("handleLocked"));
    awaitFailures(
        Kind.ATTEMPT, Kind.ATTEMPT, Kind.ATTEMPT, Kind.DEAD_LETTER, Kind.ATTEMPT, Kind.ATTEMPT);
    assertClean(1);
  }

  /** A change of state that no transaction holds. */
  @Test
  void whatNeverFitsIsGivenUp() {
    node(policy -> policy.toBuilder().deadLetterThreshold(2).build()).host(LargeValuesServer.of());
    LargeValuesClient large = LargeValuesClient.of(cluster.node(), "a");
    large.paste("before", new byte[1]);
    large.fill("huge", 11_000_000);
    large.paste("after", new byte[2]);
    assertThat(large.weight()).isEqualTo(3);
    assertThat(large.entity().deadLetters().length()).isEqualTo(1);
  }

  /** Deeper than a term may be nested, and deeper than a thread's stack can follow. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 1_000_000})
  void whatCannotBeWrittenIsGivenUp(int depth) {
    Dgen node =
        node(policy -> policy.toBuilder().deadLetterThreshold(2).build())
            .host(DeepValuesServer.of());
    DeepValuesClient deep = DeepValuesClient.of(node, "n");
    deep.grow(3);
    deep.grow(depth);
    assertThatThrownBy(() -> deep.show(depth)).isInstanceOf(DeadLetterException.class);
    DeepValuesClient remote = DeepValuesClient.of(cluster.node(), "n");
    assertThatThrownBy(() -> remote.show(depth)).isInstanceOf(DeadLetterException.class);
    assertThat(deep.depth()).isEqualTo(3);
    assertThat(deep.entity().deadLetters().length()).isEqualTo(3);
    assertClean(3);
  }

  /** The largest message that can be queued can be buried too. */
  @Test
  void theLargestMessageBecomesADeadLetter() {
    Dgen node = node(policy -> policy.toBuilder().deadLetterThreshold(1).build());
    node.host(
        LargeValuesServer.of(
            new LargeValues() {
              @Override
              public State handleCast(Paste message, State state) {
                throw new IllegalStateException("no paste");
              }
            }));
    LargeValuesClient large = LargeValuesClient.of(node, "a");
    large.paste("p", new byte[9_799_900]);
    large.fill("f", 1);
    assertThat(large.weight()).isEqualTo(1);
    assertThat(large.entity().deadLetters().length()).isEqualTo(1);
  }

  @Test
  void anInitThatFailsForEverGivesQueuedMessagesUp() {
    runs.initFails(true);
    node(policy -> policy.toBuilder().deadLetterThreshold(2).build()).host(FlakyServer.of(runs));
    FlakyClient flaky = FlakyClient.of(cluster.node(), "f");
    assertThatThrownBy(() -> flaky.task("a", 0))
        .isInstanceOf(DeadLetterException.class)
        .hasMessageContaining("no state today");
    assertThat(cluster.keys().of(KeyKind.STATE)).isEmpty();
    runs.initFails(false);
    assertThat(flaky.task("b", 0)).isEqualTo(1);
    assertThat(flaky.entity().deadLetters().requeueAll()).isEqualTo(1);
    assertThat(flaky.done()).containsExactly("b", "a");
    assertClean(0);
  }

  @Test
  void handleDeadLetterChangesTheStateTogetherWithTheMove() {
    List<FaultyStore.Commit> burials = new CopyOnWriteArrayList<>();
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit -> {
                  if (commit.writes(KeyKind.DEAD)) {
                    burials.add(commit);
                  }
                  return FaultyStore.GO;
                });
    Dgen node =
        cluster.node(
            store,
            options -> options.toBuilder().failures(it -> it.deadLetterThreshold(2)).build());
    MortalClient mortal = MortalClient.of(node.host(MortalServer.of(lives)), "m");
    mortal.work("a", FOR_EVER);
    mortal.work("b", 0);
    assertThat(mortal.read()).isEqualTo(new Mortal.State(List.of("b"), List.of("a")));
    assertThat(burials)
        .singleElement()
        .satisfies(
            commit ->
                assertThat(commit.kinds())
                    .contains(KeyKind.STATE, KeyKind.META, KeyKind.QUEUE, KeyKind.DEAD_COUNT));
    assertThat(lives.attempts("burial of a")).containsExactly(2);
    assertClean(1);
  }

  @Test
  void aHandleDeadLetterThatFailsStopsNothing() {
    lives.curse("a");
    MortalClient mortal = mortal(policy -> policy.toBuilder().deadLetterThreshold(1).build());
    mortal.work("a", FOR_EVER);
    mortal.work("b", FOR_EVER);
    assertThat(mortal.read()).isEqualTo(new Mortal.State(List.of(), List.of("b")));
    assertThat(mortal.entity().deadLetters().length()).isEqualTo(2);
    assertThat(lives.attempts("burial of a")).hasSize(1);
    assertClean(2);
    awaitFailures(
        Kind.ATTEMPT, Kind.DEAD_LETTER_CALLBACK, Kind.DEAD_LETTER, Kind.ATTEMPT, Kind.DEAD_LETTER);
  }
}
