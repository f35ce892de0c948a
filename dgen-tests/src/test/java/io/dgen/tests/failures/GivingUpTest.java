package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.dgen.CallbackException;
import io.dgen.DeadLetter;
import io.dgen.DeadLetterException;
import io.dgen.Dgen;
import io.dgen.EntityStatus;
import io.dgen.Failure;
import io.dgen.Failure.Kind;
import io.dgen.FailurePolicy;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.QuickPolls;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.harness.TestLogging;
import io.dgen.tests.servers.Adept;
import io.dgen.tests.servers.AdeptClient;
import io.dgen.tests.servers.AdeptServer;
import io.dgen.tests.servers.Album;
import io.dgen.tests.servers.AlbumClient;
import io.dgen.tests.servers.AlbumServer;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.Flaky.How;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.servers.Lives;
import io.dgen.tests.servers.Mortal;
import io.dgen.tests.servers.MortalClient;
import io.dgen.tests.servers.MortalServer;
import io.dgen.tests.servers.NesterClient;
import io.dgen.tests.servers.NesterServer;
import io.dgen.tests.servers.Novice;
import io.dgen.tests.servers.NoviceClient;
import io.dgen.tests.servers.NoviceServer;
import io.dgen.tests.servers.Runs;
import io.dgen.tests.servers.VaultClient;
import io.dgen.tests.servers.VaultServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Issue 4, point 6: failures. That attempts are counted durably, with back-off, in isolation and in
 * order, is shown by {@link RetryTest}; here is what they lead to.
 */
@ExtendWith(QuickPolls.class)
class GivingUpTest extends OnEveryStore {

  private static final int FOR_EVER = 1_000_000;

  /** So long that no failure of a test is forgotten. */
  private static final Duration LONG = Duration.ofHours(1);

  private final Lives lives = new Lives();
  private final Runs runs = new Runs();
  private final List<Failure> failures = new CopyOnWriteArrayList<>();

  private Dgen node(UnaryOperator<FailurePolicy> policy) {
    // Polls do not help: what must wake an entity must do so by itself.
    return cluster.node(
        options ->
            options
                .withPollInterval(LONG)
                .withFailurePolicy(policy.apply(options.failurePolicy()))
                .withFailureListener(failures::add));
  }

  private MortalClient mortal(UnaryOperator<FailurePolicy> policy) {
    return MortalClient.of(node(policy).host(MortalServer.of(lives)), "m");
  }

  private static List<String> dead(MortalClient mortal) {
    return mortal.deadLetters().list(100).letters().stream().map(DeadLetter::error).toList();
  }

  // Dead letters.

  @Test
  void atTheThresholdACallIsGivenUpAndItsCallerTold() {
    MortalClient mortal = mortal(policy -> policy.withDeadLetterThreshold(3));
    assertDies(mortal);
  }

  @Test
  void atTheThresholdACallFromAnotherNodeIsGivenUpAndItsCallerTold() {
    mortal(policy -> policy.withDeadLetterThreshold(3));
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
    MortalClient mortal = mortal(policy -> policy.withDeadLetterThreshold(2));
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
    assertThat(mortal.deadLetters().length()).isEqualTo(10);
    assertClean(10);
  }

  @Test
  void withoutAThresholdNothingIsGivenUp() {
    MortalClient mortal = mortal(policy -> policy);
    assertThat(mortal.task("late", 12)).isEqualTo(13);
    assertThat(mortal.deadLetters().length()).isZero();
    assertClean(0);
  }

  @Test
  void aMessageWithoutAnEntityIsGivenUpAndTheOwnerLooksForNoMore() {
    node(policy -> policy.withDeadLetterThreshold(2)).host(FlakyServer.of(runs));
    runs.initFails(true);
    FlakyClient far = FlakyClient.of(cluster.node(), "f");
    assertThatThrownBy(() -> far.task("a", 0))
        .isInstanceOfSatisfying(
            DeadLetterException.class, e -> assertThat(e.attempts()).isEqualTo(2));
    StoredKeys.awaitIdle(cluster::keys);
  }

  @Test
  void aServerMayHaveAPolicyOfItsOwn() {
    Dgen node = node(policy -> policy.withDeadLetterThreshold(5));
    node.host(MortalServer.of(lives), FailurePolicy.DEFAULT.withDeadLetterThreshold(1));
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
            node(policy -> policy.withDeadLetterThreshold(2)).host(FlakyServer.of(runs)), "f");
    flaky.work("before", 0, how);
    flaky.work("bad", FOR_EVER, how);
    flaky.work("after", 0, how);
    assertThat(flaky.done()).containsExactly("before", "after");
    assertThat(runs.attempts("bad")).containsExactly(1, 2);
    assertThat(flaky.deadLetters().list(9).letters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.error()).isNotEmpty());
    assertClean(1);
  }

  /** It fails outside any transaction, while its message waits in the queue. */
  @Test
  void aHandleLockedThatFailsForEverIsGivenUp() {
    node(policy -> policy.withDeadLetterThreshold(3)).host(VaultServer.of());
    VaultClient vault = VaultClient.of(cluster.node(), "v");
    CompletableFuture<Integer> bad = vault.openAsync("bad", FOR_EVER);
    CompletableFuture<Integer> late = vault.openAsync("late", 2);
    assertThatThrownBy(bad::join)
        .cause()
        .isInstanceOfSatisfying(
            DeadLetterException.class, e -> assertThat(e.attempts()).isEqualTo(3))
        .hasMessageContaining("attempt 3 of bad");
    assertThat(late.join()).isEqualTo(3);
    assertThat(vault.opened()).containsExactly("late");
    assertThat(vault.deadLetters().list(9).letters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.stack()).contains("handleLocked"));
    awaitFailures(
        Kind.ATTEMPT, Kind.ATTEMPT, Kind.ATTEMPT, Kind.DEAD_LETTER, Kind.ATTEMPT, Kind.ATTEMPT);
    assertClean(1);
  }

  /** A change of state that no transaction holds. */
  @Test
  void whatNeverFitsIsGivenUp() {
    node(policy -> policy.withDeadLetterThreshold(2)).host(AlbumServer.of());
    AlbumClient album = AlbumClient.of(cluster.node(), "a");
    album.paste("before", new byte[1]);
    album.fill("huge", 11_000_000);
    album.paste("after", new byte[2]);
    assertThat(album.weight()).isEqualTo(3);
    assertThat(album.deadLetters().length()).isEqualTo(1);
  }

  /** Deeper than a term may be nested, and deeper than a thread's stack can follow. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 1_000_000})
  void whatCannotBeWrittenIsGivenUp(int depth) {
    Dgen node = node(policy -> policy.withDeadLetterThreshold(2)).host(NesterServer.of());
    NesterClient nester = NesterClient.of(node, "n");
    nester.grow(3);
    nester.grow(depth);
    assertThatThrownBy(() -> nester.show(depth)).isInstanceOf(DeadLetterException.class);
    NesterClient remote = NesterClient.of(cluster.node(), "n");
    assertThatThrownBy(() -> remote.show(depth)).isInstanceOf(DeadLetterException.class);
    assertThat(nester.depth()).isEqualTo(3);
    assertThat(nester.deadLetters().length()).isEqualTo(3);
    assertClean(3);
  }

  /** The largest message that can be queued can be buried too. */
  @Test
  void theLargestMessageBecomesADeadLetter() {
    Dgen node = node(policy -> policy.withDeadLetterThreshold(1));
    node.host(
        AlbumServer.of(
            new Album() {
              @Override
              public State handleCast(Paste message, State state) {
                throw new IllegalStateException("no paste");
              }
            }));
    AlbumClient album = AlbumClient.of(node, "a");
    album.paste("p", new byte[9_799_900]);
    album.fill("f", 1);
    assertThat(album.weight()).isEqualTo(1);
    assertThat(album.deadLetters().length()).isEqualTo(1);
  }

  @Test
  void anInitThatFailsForEverGivesQueuedMessagesUp() {
    runs.initFails(true);
    node(policy -> policy.withDeadLetterThreshold(2)).host(FlakyServer.of(runs));
    FlakyClient flaky = FlakyClient.of(cluster.node(), "f");
    assertThatThrownBy(() -> flaky.task("a", 0))
        .isInstanceOf(DeadLetterException.class)
        .hasMessageContaining("no state today");
    assertThat(cluster.keys().of(KeyKind.STATE)).isEmpty();
    runs.initFails(false);
    assertThat(flaky.task("b", 0)).isEqualTo(1);
    assertThat(flaky.deadLetters().requeueAll()).isEqualTo(1);
    assertThat(flaky.done()).containsExactly("b", "a");
    assertClean(0);
  }

  // handleDeadLetter.

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
    Dgen node = cluster.node(store, options -> options.withDeadLetterThreshold(2));
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
    MortalClient mortal = mortal(policy -> policy.withDeadLetterThreshold(1));
    mortal.work("a", FOR_EVER);
    mortal.work("b", FOR_EVER);
    assertThat(mortal.read()).isEqualTo(new Mortal.State(List.of(), List.of("b")));
    assertThat(mortal.deadLetters().length()).isEqualTo(2);
    assertThat(lives.attempts("burial of a")).hasSize(1);
    assertClean(2);
    awaitFailures(
        Kind.ATTEMPT, Kind.DEAD_LETTER_CALLBACK, Kind.DEAD_LETTER, Kind.ATTEMPT, Kind.DEAD_LETTER);
  }

  // Restart intensity.

  @Test
  void tooManyFailuresPauseTheEntityUntilItIsResumed() {
    MortalClient mortal = mortal(policy -> policy.withRestartIntensity(3, LONG));
    mortal.work("bad", 5);
    await().until(() -> lives.attempts("bad").size() == 4);
    await().until(() -> !cluster.keys().of(KeyKind.PAUSED).isEmpty());
    CompletableFuture<Integer> waiting = mortal.taskAsync("waiting", 0);
    mortal.work("later", 0);
    mortal.nudge("past");
    assertThat(waiting).isNotDone();
    await().until(() -> mortal.queueLength() == 3);
    EntityStatus.Paused pause =
        Objects.requireNonNull(cluster.node().status("Mortal", "m").pause());
    assertThat(pause.automatic()).isTrue();
    assertThat(pause.reason()).contains("4 failures").contains("attempt 4 of bad");

    assertThat(mortal.resume()).isTrue();
    assertThat(waiting.join()).isEqualTo(1);
    // The failures before the pause are forgotten: one more is not one too many.
    assertThat(lives.attempts("bad")).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(mortal.read().done()).containsExactly("past", "bad", "waiting", "later");
    assertThat(mortal.resume()).isFalse();
    await()
        .untilAsserted(() -> assertThat(failures).extracting(Failure::kind).contains(Kind.PAUSE));
  }

  @Test
  void failuresAreCountedOverARestart() {
    MortalClient mortal = mortal(policy -> policy.withRestartIntensity(2, LONG));
    mortal.work("a", 1);
    mortal.work("b", 1);
    assertThat(mortal.read().done()).containsExactly("a", "b");
    cluster.restart();
    MortalClient again = mortal(policy -> policy.withRestartIntensity(2, LONG));
    again.work("c", 1);
    await().until(() -> !cluster.keys().of(KeyKind.PAUSED).isEmpty());
    cluster.restart();
    MortalClient paused = mortal(policy -> policy.withRestartIntensity(2, LONG));
    CompletableFuture<Mortal.State> read = paused.readAsync();
    paused.nudge("past");
    assertThat(read).isNotDone();
    assertThat(paused.resume()).isTrue();
    assertThat(read.join().done()).containsExactly("a", "b", "past", "c");
  }

  /** A failure that is older than the period counts no more. */
  @Test
  void rareFailuresPauseNothing() {
    MortalClient mortal = mortal(policy -> policy.withRestartIntensity(1, Duration.ofMillis(1)));
    // Each retry comes after more than a millisecond: the first delay is two, less half as jitter.
    assertThat(mortal.task("a", 3)).isEqualTo(4);
    assertThat(cluster.keys().of(KeyKind.PAUSED)).isEmpty();
  }

  @Test
  void anAbnormalStopCountsAsAFailure() {
    MortalClient mortal = mortal(policy -> policy.withRestartIntensity(1, LONG));
    mortal.quit("no work", false);
    mortal.quit("no work", false);
    mortal.quit("broken", true);
    assertThat(mortal.read().done()).containsExactly("no work", "no work", "broken");
    mortal.quit("broken again", true);
    await().until(() -> !cluster.keys().of(KeyKind.PAUSED).isEmpty());
    CompletableFuture<Mortal.State> read = mortal.readAsync();
    assertThat(mortal.resume()).isTrue();
    assertThat(read.join().done()).endsWith("broken", "broken again");
    await().until(() -> failures.stream().anyMatch(it -> it.kind() == Kind.PAUSE));
    awaitFailures(Kind.STOP, Kind.STOP, Kind.PAUSE);
  }

  @Test
  void aLowIntensityIsWarnedOfAtStart() {
    assertThat(
            logged(
                node(policy -> policy),
                FailurePolicy.DEFAULT.withDeadLetterThreshold(5).withRestartIntensity(4, LONG)))
        .singleElement(STRING)
        .contains("Mortal")
        .contains("lower than its dead-letter threshold of 5");
    assertThat(
            logged(
                node(policy -> policy),
                FailurePolicy.DEFAULT.withDeadLetterThreshold(5).withRestartIntensity(5, LONG)))
        .isEmpty();
    assertThat(logged(node(policy -> policy), FailurePolicy.DEFAULT.withRestartIntensity(0, LONG)))
        .isEmpty();
  }

  private List<String> logged(Dgen node, FailurePolicy policy) {
    try (TestLogging.Heard heard = TestLogging.hear()) {
      node.host(MortalServer.of(lives), policy);
      return heard.lines().stream()
          .map(TestLogging.Line::text)
          .filter(text -> text.contains("restart intensity"))
          .toList();
    }
  }

  @Test
  void aPolicyIsChecked() {
    assertThatThrownBy(() -> FailurePolicy.DEFAULT.withDeadLetterThreshold(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("deadLetterThreshold")
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> FailurePolicy.DEFAULT.withRestartIntensity(1001, LONG))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxRestarts")
        .hasMessageContaining("1001");
    assertThatThrownBy(() -> FailurePolicy.DEFAULT.withRestartIntensity(1, Duration.ZERO))
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
    assertThat(other.pause("Mortal", "m", "to look at it")).isTrue();
    assertThat(mortal.pause("again")).isFalse();
    EntityStatus.Paused pause = Objects.requireNonNull(other.status("Mortal", "m").pause());
    assertThat(pause.reason()).isEqualTo("to look at it");
    assertThat(pause.automatic()).isFalse();

    CompletableFuture<Integer> local = mortal.taskAsync("local", 0);
    CompletableFuture<Integer> sent = remote.taskAsync("sent", 0);
    await().until(() -> mortal.queueLength() == 2);
    mortal.nudge("past");
    assertThat(lives.attempts("past")).containsExactly(1);
    assertThat(lives.attempts("local")).isEmpty();
    assertThat(lives.attempts("sent")).isEmpty();

    assertThat(remote.resume()).isTrue();
    assertThat(local.join()).isEqualTo(1);
    assertThat(sent.join()).isEqualTo(1);
    assertThat(remote.resume()).isFalse();
    assertThat(cluster.keys().of(KeyKind.PAUSED)).isEmpty();
    assertClean(0);
  }

  @Test
  void aPauseOutlivesItsNode() {
    mortal(policy -> policy).work("a", 0);
    MortalClient.of(cluster.node(), "m").pause("for the night");
    cluster.restart();
    MortalClient again = mortal(policy -> policy);
    again.pause("for the night");
    again.work("b", 0);
    assertThat(lives.attempts("b")).isEmpty();
    assertThat(again.queueLength()).isEqualTo(1);
    again.resume();
    assertThat(again.read().done()).containsExactly("a", "b");
  }

  @Test
  void aPauseOfNobodyLeavesNoTrace() {
    MortalClient nobody = MortalClient.of(cluster.node(), "nobody");
    assertThat(nobody.resume()).isFalse();
    assertThat(nobody.pause("in advance")).isTrue();
    assertThat(cluster.keys().of(KeyKind.META)).hasSize(1);
    assertThat(nobody.resume()).isTrue();
    assertThat(cluster.keys().of(KeyKind.META)).isEmpty();

    nobody.pause("in advance");
    nobody.workAsync("first", 0).join();
    node(policy -> policy).host(MortalServer.of(lives));
    assertThat(nobody.queueLength()).isEqualTo(1);
    nobody.resume();
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
    assertThat(mortal.pause("once")).isTrue();
    fates.add(fate);
    assertThat(mortal.resume()).isTrue();
    assertThat(fates).isEmpty();
  }

  // What cannot be read.

  /** A message of a newer version waits for a node that knows it, and is not counted. */
  @Test
  void aMessageThatThisVersionDoesNotKnowIsLeftForANewerNode() {
    assertLeft(adept -> adept.study("runes"), "Study");
  }

  @Test
  void anEnumConstantThatThisVersionDoesNotKnowIsLeftForANewerNode() {
    assertLeft(adept -> adept.learn("runes", Adept.Level.HARD), "HARD");
  }

  private void assertLeft(Consumer<AdeptClient> send, String problem) {
    Dgen old = node(policy -> policy.withDeadLetterThreshold(1).withRestartIntensity(0, LONG));
    old.host(NoviceServer.of());
    NoviceClient novice = NoviceClient.of(old, "a");
    novice.learn("letters", Novice.Level.EASY);
    send.accept(AdeptClient.of(cluster.node(), "a"));
    novice.learn("numbers", Novice.Level.EASY);
    await()
        .until(
            () ->
                failures.stream()
                        .filter(
                            it ->
                                it.kind() == Kind.UNDECODABLE
                                    && String.valueOf(it.reason()).contains(problem)
                                    && it.attempts() == 0)
                        .count()
                    > 2);
    await()
        .untilAsserted(
            () -> assertThat(failures).extracting(Failure::kind).containsOnly(Kind.UNDECODABLE));
    assertThat(novice.queueLength()).isEqualTo(2);
    // Also a node that knows nothing of the server sees why it stands still.
    EntityStatus.First first = Objects.requireNonNull(cluster.node().status("Adept", "a").first());
    assertThat(first.attempts()).isZero();
    assertThat(first.lastError()).contains(problem);
    assertThat(cluster.keys().of(KeyKind.PAUSED)).isEmpty();
    assertThat(novice.deadLetters().length()).isZero();
    cluster.closeNodes();

    AdeptClient adept =
        AdeptClient.of(
            node(policy -> policy.withDeadLetterThreshold(1)).host(AdeptServer.of()), "a");
    assertThat(adept.learned()).containsExactly("letters", "runes", "numbers");
    assertClean(0);
  }

  /** A state that cannot be read is no message's fault: nothing is lost, nothing is counted. */
  @Test
  void aPoisonedStateLosesNoMessage() {
    Dgen node = node(policy -> policy.withDeadLetterThreshold(1).withRestartIntensity(0, LONG));
    CountersClient counters = CountersClient.of(node.host(CountersServer.of()), "c");
    counters.add(1);
    cluster.closeNodes();
    List<KeyValue> healthy = stateRows();
    healthy.forEach(row -> put(row.key(), new byte[] {(byte) 0xFF}));

    Dgen again = node(policy -> policy.withDeadLetterThreshold(1).withRestartIntensity(0, LONG));
    again.host(CountersServer.of());
    assertThatThrownBy(() -> CountersClient.of(again, "c").add(10))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("Counters(\"c\")");
    CountersClient remote = CountersClient.of(cluster.node(), "c");
    remote.add(100);
    CompletableFuture<Long> value = remote.valueAsync();
    await().until(() -> failures.stream().filter(it -> it.kind() == Kind.STATE).count() > 3);
    assertThat(value).isNotDone();
    await()
        .untilAsserted(
            () -> assertThat(failures).extracting(Failure::kind).containsOnly(Kind.STATE));
    assertThat(remote.queueLength()).isEqualTo(2);
    assertThat(remote.deadLetters().length()).isZero();

    healthy.forEach(row -> put(row.key(), row.value()));
    assertThat(value.join()).isEqualTo(101);
    assertClean(0);
  }

  private List<KeyValue> stateRows() {
    byte[] prefix = Cluster.OPTIONS.root().getBytes(StandardCharsets.UTF_8);
    return cluster
        .store()
        .<List<KeyValue>>read(
            transaction -> transaction.getRange(prefix, Keys.prefixEnd(prefix), 0).join())
        .stream()
        .filter(row -> KeyKind.of(row.key(), prefix.length) == KeyKind.STATE)
        .toList();
  }

  private void put(byte[] key, byte[] value) {
    cluster
        .store()
        .<Boolean>run(
            transaction -> {
              transaction.set(key, value);
              return true;
            });
  }

  // Listeners.

  @Test
  void aListenerHearsOfEverythingInOrder() {
    MortalClient mortal =
        mortal(policy -> policy.withDeadLetterThreshold(2).withRestartIntensity(1, LONG));
    mortal.work("a", FOR_EVER);
    await().until(() -> failures.stream().anyMatch(it -> it.kind() == Kind.PAUSE));
    mortal.resume();
    await().until(() -> failures.stream().anyMatch(it -> it.kind() == Kind.DEAD_LETTER));
    awaitFailures(Kind.ATTEMPT, Kind.ATTEMPT, Kind.PAUSE, Kind.DEAD_LETTER);
    assertThat(failures)
        .allSatisfy(
            failure -> {
              assertThat(failure.server()).isEqualTo("Mortal");
              assertThat(failure.id()).isEqualTo("m");
              assertThat(failure.message()).isEqualTo("Work");
            });
    assertThat(failures.get(1).attempts()).isEqualTo(2);
    assertThat(failures.get(1).reason()).hasMessage("attempt 2 of a");
    assertThat(failures.get(3).attempts()).isEqualTo(2);
  }

  /** The commit that gives a lock back wakes the next round, whose news must not come first. */
  @Test
  void aListenerHearsOfAFailedLockBeforeWhatFollows() {
    CompletableFuture<Void> overtaken = new CompletableFuture<>();
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit ->
                    commit.writes(KeyKind.LOCK) && commit.writes(KeyKind.QUEUE)
                        ? CompletableFuture.completedFuture(Fate.UNKNOWN_BUT_COMMITTED)
                        : FaultyStore.GO)
            // Time for a round that does not wait.
            .betweenCommitAndUnknownResult(
                () -> overtaken.completeOnTimeout(null, 200, TimeUnit.MILLISECONDS).join());
    cluster
        .node(
            store,
            options ->
                options
                    .withFailurePolicy(options.failurePolicy().withDeadLetterThreshold(1))
                    .withFailureListener(
                        failure -> {
                          failures.add(failure);
                          if (failure.kind() == Kind.DEAD_LETTER) {
                            overtaken.complete(null);
                          }
                        }))
        .host(VaultServer.of());
    VaultClient vault = VaultClient.of(cluster.node(), "v");
    assertThatThrownBy(() -> vault.open("bad", FOR_EVER)).isInstanceOf(DeadLetterException.class);
    await().until(() -> failures.size() > 1);
    awaitFailures(Kind.ATTEMPT, Kind.DEAD_LETTER);
    assertClean(1);
  }

  /** Slow or broken, it holds nothing up. */
  @Test
  void aListenerThatBlocksOrFailsHoldsNothingUp() {
    CompletableFuture<Void> held = new CompletableFuture<>();
    Dgen node =
        cluster.node(
            options ->
                options
                    .withDeadLetterThreshold(2)
                    .withFailureListener(
                        failure -> {
                          failures.add(failure);
                          held.join();
                          throw new IllegalStateException("no ear for it");
                        }));
    MortalClient mortal = MortalClient.of(node.host(MortalServer.of(lives)), "m");
    assertThatThrownBy(() -> mortal.task("a", FOR_EVER)).isInstanceOf(DeadLetterException.class);
    assertThat(failures).hasSize(1);
    held.complete(null);
    await().until(() -> failures.size() == 3);
  }

  /** The listener is told in order, but on a thread of its own, and so maybe a little later. */
  private void awaitFailures(Kind... kinds) {
    await()
        .untilAsserted(() -> assertThat(failures).extracting(Failure::kind).containsExactly(kinds));
  }

  private void assertClean(int deadLetters) {
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    assertThat(cluster.keys().of(KeyKind.DEAD)).hasSize(deadLetters);
    assertThat(cluster.keys().of(KeyKind.DEAD_COUNT)).hasSize(deadLetters > 0 ? 1 : 0);
    cluster.keys().assertOnlyIdleEntities(KeyKind.DEAD, KeyKind.DEAD_COUNT);
  }
}
