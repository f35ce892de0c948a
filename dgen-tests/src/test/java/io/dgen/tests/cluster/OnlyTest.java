package io.dgen.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.FailurePolicy;
import io.dgen.Hosting;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.DeadLetterException;
import io.dgen.error.DgenException;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.RecordingStore;
import io.dgen.tests.harness.RecordingStore.Use;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.Flaky;
import io.dgen.tests.servers.Flaky.How;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.servers.Journal;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import io.dgen.tests.servers.Runs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Nodes that run the entities of some ids alone. A node knows from the beginning of those that were
 * there before it; of those that come later it hears with its next heartbeat.
 */
class OnlyTest extends OnEveryStore {

  private final Runs whole = new Runs();
  private final Runs some = new Runs();

  /** A death is noticed soon; but a slow machine makes nobody look dead who is not. */
  private static DgenOptions quick(DgenOptions options) {
    return options.toBuilder().livenessTimeout(Duration.ofSeconds(2)).build();
  }

  private Dgen claimer(Runs runs, String id, String... more) {
    return cluster.node(OnlyTest::quick).host(FlakyServer.of(runs), it -> it.only(id, more));
  }

  private Dgen wholeHost() {
    return cluster.node(OnlyTest::quick).host(FlakyServer.of(whole));
  }

  private static void work(Dgen node, String id, String name) {
    FlakyClient.of(node, id).work(name, 0, How.EXCEPTION);
  }

  private static Optional<UUID> owner(Dgen node, String server, String id) {
    return node.admin().entity(server, id).status().owner();
  }

  private void awaitRun(Runs runs, String name) {
    await().until(() -> !runs.attempts(name).isEmpty());
  }

  private void assertClean() {
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }

  @Test
  void claimedIdsAreRunByTheirClaimerAndTheRestByTheWholeHost() {
    claimer(some, "a", "b", "a");
    wholeHost();
    Dgen sender = cluster.node();
    assertThat(owner(sender, "Flaky", "a")).isEqualTo(owner(sender, "Flaky", "b"));
    assertThat(owner(sender, "Flaky", "a")).isNotEqualTo(owner(sender, "Flaky", "c"));
    for (String id : List.of("a", "b", "c", "d")) {
      work(sender, id, id);
    }
    StoredKeys.awaitIdle(cluster::keys);
    for (String id : List.of("a", "b")) {
      assertThat(some.attempts(id)).isNotEmpty();
    }
    for (String id : List.of("c", "d")) {
      assertThat(whole.attempts(id)).isNotEmpty();
      assertThat(some.attempts(id)).isEmpty();
    }
    assertClean();
  }

  @Test
  void whatNobodyHostsWaitsUntilSomebodyDoes() {
    Dgen claimer = claimer(some, "a");
    work(claimer, "a", "a");
    work(claimer, "x", "x");
    awaitRun(some, "a");
    assertThat(owner(claimer, "Flaky", "x")).isEmpty();
    FlakyClient impatient = FlakyClient.of(claimer, "x").withTimeout(Duration.ofMillis(20));
    // Once the call is in the queue: on a slow machine its time may be over before.
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> impatient.task("later", 0))
                    .isInstanceOf(CallTimeoutException.class)
                    .hasMessageContaining("no live node hosts Flaky(\"x\")"));
    assertThat(some.attempts("x")).isEmpty();
    wholeHost();
    awaitRun(whole, "later");
    assertThat(whole.attempts("x")).isNotEmpty();
    assertClean();
  }

  @Test
  void whenAClaimerLeavesAWholeHostTakesOver() {
    Dgen claimer = claimer(some, "a");
    wholeHost();
    Dgen sender = cluster.node();
    work(sender, "a", "before");
    awaitRun(some, "before");
    claimer.close();
    work(sender, "a", "after");
    awaitRun(whole, "after");
    assertClean();
  }

  @Test
  void whenAClaimerDiesAWholeHostTakesOver() {
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen claimer =
        cluster
            .node(store, OnlyTest::quick)
            .host(FlakyServer.of(some), it -> it.only("a").failures(FailurePolicy.DEFAULT));
    // It joins later, and knows of the claim from the beginning.
    wholeHost();
    Dgen sender = cluster.node();
    work(sender, "a", "before");
    // Once it is committed: a callback that has begun, and is cut off, begins anew elsewhere.
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(some.attempts("before")).isNotEmpty();
    store.cut();
    // Its bell rings while the whole host still leaves it to the claimer.
    work(sender, "a", "after");
    cluster.crashed(claimer);
    awaitRun(whole, "after");
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(FlakyClient.of(sender, "a").done()).containsExactly("before", "after");
  }

  @Test
  void ofTwoClaimersTheOtherTakesOver() {
    Dgen first = claimer(whole, "a", "b", "c", "d", "e", "f");
    Dgen second = claimer(some, "a", "b", "c", "d", "e", "f");
    Dgen sender = cluster.node();
    List<String> ids = List.of("a", "b", "c", "d", "e", "f");
    ids.forEach(id -> work(sender, id, id));
    StoredKeys.awaitIdle(cluster::keys);
    first.close();
    ids.forEach(id -> work(sender, id, id + " again"));
    ids.forEach(id -> awaitRun(some, id + " again"));
    second.close();
    work(sender, "a", "nobody");
    assertThat(FlakyClient.of(sender, "a").entity().queueLength()).isEqualTo(1);
  }

  @Test
  void aClaimerThatJoinsUnderLoadTakesOver() throws Exception {
    Dgen host = cluster.node(OnlyTest::quick).host(JournalServer.of());
    Dgen sender = cluster.node();
    int senders = 4;
    int messages = 60;
    Threads.run(
        senders + 1,
        thread -> {
          if (thread == senders) {
            await().until(() -> JournalClient.of(sender, "a").report().position() > 20);
            cluster.node(OnlyTest::quick).host(JournalServer.of(), it -> it.only("a", "b"));
            return;
          }
          // From the memory of the host, and through the queue.
          Dgen node = thread % 2 == 0 ? host : sender;
          for (int sequence = 1; sequence <= messages; sequence += 2) {
            for (String id : List.of("a", "b", "c")) {
              JournalClient.of(node, id).note("s" + thread, sequence);
              JournalClient.of(node, id).append("s" + thread, sequence + 1);
            }
          }
        });
    await().until(() -> !owner(host, "Journal", "a").equals(owner(host, "Journal", "c")));
    for (String id : List.of("a", "b", "c")) {
      Journal.Summary summary = JournalClient.of(host, id).report();
      assertThat(summary.faults()).isEmpty();
      assertThat(summary.position()).isEqualTo((long) senders * messages);
    }
    assertClean();
  }

  /**
   * Also what is behind it fails there: until it hears of the claimer, and that is after the
   * claimer began, the host looks at the queue whenever its back-off ends.
   */
  @Test
  void aClaimerTakesOverWhatBacksOff() {
    Flaky never =
        (context, name) -> {
          whole.ran(context, name);
          if (!name.equals("init")) {
            throw new IllegalStateException("not on this node");
          }
        };
    Dgen host = cluster.node(OnlyTest::quick).host(FlakyServer.of(never));
    work(host, "a", "x");
    work(host, "a", "y");
    awaitRun(whole, "x");
    claimer(some, "a");
    awaitRun(some, "x");
    awaitRun(some, "y");
    assertThat(FlakyClient.of(host, "a").done()).containsExactly("x", "y");
    assertThat(some.attempts("x").getLast()).isGreaterThan(1);
    assertClean();
  }

  @Test
  void aClaimerTakesOverWhatIsPaused() {
    Dgen host = wholeHost();
    host.admin().entity("Flaky", "a").pause("for the claimer");
    work(host, "a", "x");
    claimer(some, "a");
    await().until(() -> !owner(host, "Flaky", "a").equals(owner(host, "Flaky", "another")));
    cluster.node().admin().entity("Flaky", "a").resume();
    awaitRun(some, "x");
    assertThat(whole.attempts("x")).isEmpty();
    assertClean();
  }

  /** The owner of the shard moves what is due, and that is often the other claimer. */
  @Test
  void delaysFireWhereAllIsClaimed() {
    List<String> ids = IntStream.range(0, 12).mapToObj(i -> "id" + i).toList();
    cluster.node().host(FlakyServer.of(whole), it -> it.only(ids.subList(0, 6)));
    Dgen second = cluster.node().host(FlakyServer.of(some), it -> it.only(ids.subList(6, 12)));
    for (String id : ids) {
      FlakyClient.of(second, id).after(Duration.ofMillis(5)).work(id, 0, How.EXCEPTION);
    }
    ids.subList(0, 6).forEach(id -> awaitRun(whole, id));
    ids.subList(6, 12).forEach(id -> awaitRun(some, id));
    assertClean();
  }

  @Test
  void aClaimerWatchesTheShardsOfItsIdsAndReadsNoOthersKeys() {
    Dgen host = wholeHost();
    RecordingStore store = new RecordingStore(cluster.store());
    cluster.node(store, OnlyTest::quick).host(FlakyServer.of(some), it -> it.only("a", "b"));
    await().until(() -> !owner(host, "Flaky", "a").equals(owner(host, "Flaky", "other")));
    Dgen sender = cluster.node();
    for (int i = 0; i < 100; i++) {
      work(sender, "other" + i, "other");
    }
    work(sender, "a", "a");
    work(sender, "b", "b");
    awaitRun(some, "a");
    awaitRun(some, "b");
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(Set.copyOf(store.keys(Use.WATCH, KeyKind.BUMP))).hasSizeBetween(1, 2);
    assertThat(store.keys(Use.READ, KeyKind.READY))
        .isNotEmpty()
        .allMatch(key -> key.endsWith("\"a\")") || key.endsWith("\"b\")"));
    assertThat(store.kinds(Use.READ_RANGE))
        .doesNotContain(KeyKind.READY, KeyKind.DUE, KeyKind.EXPIRY);
    assertThat(some.attempts("other")).isEmpty();
    assertClean();
  }

  @Test
  void withAFailurePolicyOfItsOwn() {
    Dgen node =
        cluster
            .node()
            .host(
                FlakyServer.of(some),
                it -> it.only("a").failures(policy -> policy.deadLetterThreshold(2)));
    assertThatThrownBy(() -> FlakyClient.of(node, "a").task("x", 9))
        .isInstanceOf(DeadLetterException.class);
  }

  @Test
  void whatCannotBeHostedIsRefusedAndChangesNothing() {
    Dgen node = cluster.node();
    assertThatThrownBy(() -> Hosting.builder().only(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no id");
    assertThatThrownBy(() -> node.host(FlakyServer.of(some), it -> it.only("a", "\uD83D")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Flaky")
        .hasMessageContaining("surrogate");
    List<String> many = IntStream.rangeClosed(0, Hosting.MAX_IDS).mapToObj(i -> "i" + i).toList();
    assertThatThrownBy(() -> node.host(FlakyServer.of(some), it -> it.only(many)))
        .isInstanceOf(DgenException.class)
        .hasMessageContaining("claim 1001 ids");
    node.host(FlakyServer.of(some), it -> it.only(""));
    assertThatThrownBy(() -> node.host(FlakyServer.of(some), it -> it.only("b")))
        .isInstanceOf(DgenException.class)
        .hasMessageContaining("already hosted here")
        .hasMessageContaining("only(...)");
    assertThat(FlakyClient.of(node, "").task("x", 0)).isEqualTo(1);
    assertThat(owner(node, "Flaky", "b")).isEmpty();
  }
}
