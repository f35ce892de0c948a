package io.dgen.tests.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Commit;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Doorman;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.SlowCallsClient;
import io.dgen.tests.servers.SlowCallsServer;
import io.dgen.tests.servers.TestSlowCalls;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A caller's node leaves while it is answered: whatever becomes of the commit, the call counts once
 * and no reply stays that nobody would ever fetch.
 */
class AbandonedRepliesTest extends OnEveryStore {

  private final AtomicBoolean left = new AtomicBoolean();

  @ParameterizedTest
  @EnumSource(names = {"COMMIT", "CONFLICT", "UNKNOWN_AND_NOT_COMMITTED", "UNKNOWN_BUT_COMMITTED"})
  void theNodeLeavesBeforeTheReplyIsCommitted(Fate fate) {
    Dgen sender = cluster.node();
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen host = cluster.node(store, options -> options).host(GateServer.of(new Doorman()));
    store.plan(commit -> leaving(commit, sender, fate));
    var unused = GateClient.of(sender, "g").askAsync("x");
    await().untilTrue(left);
    assertThat(GateClient.of(host, "g").passed()).containsExactly("x");
    assertClean();
  }

  @Test
  void theNodeLeavesBetweenTheCommitAndItsUnknownResult() {
    Dgen sender = cluster.node();
    FaultyStore store =
        new FaultyStore(cluster.store())
            .betweenCommitAndUnknownResult(
                () -> {
                  sender.close();
                  left.set(true);
                });
    Dgen host = cluster.node(store, options -> options).host(GateServer.of(new Doorman()));
    store.plan(
        commit ->
            commit.writes(KeyKind.REPLY) && !left.get()
                ? CompletableFuture.completedFuture(Fate.UNKNOWN_BUT_COMMITTED)
                : FaultyStore.GO);
    var unused = GateClient.of(sender, "g").askAsync("x");
    await().untilTrue(left);
    assertThat(GateClient.of(host, "g").passed()).containsExactly("x");
    assertClean();
  }

  /** A call that was put off, whose answer is another round's. */
  @Test
  void theNodeLeavesBeforeALaterAnswerIsCommitted() {
    Dgen sender = cluster.node();
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen host =
        cluster.node(store, options -> options).host(SlowCallsServer.of(new TestSlowCalls()));
    var unused = SlowCallsClient.of(sender, "d").laterAsync("x");
    SlowCallsClient desk = SlowCallsClient.of(host, "d");
    await().until(() -> desk.done().contains("x"));
    store.plan(commit -> leaving(commit, sender, Fate.COMMIT));
    desk.answer("y");
    assertThat(left).isTrue();
    assertClean();
  }

  /** A call that holds the lock, whose reply comes when it gives the lock back. */
  @Test
  void theNodeLeavesBeforeALockedResultIsCommitted() {
    Dgen sender = cluster.node();
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen host =
        cluster.node(store, options -> options).host(SlowCallsServer.of(new TestSlowCalls()));
    store.plan(commit -> leaving(commit, sender, Fate.COMMIT));
    var unused = SlowCallsClient.of(sender, "d").workAsync("x");
    await().untilTrue(left);
    assertThat(SlowCallsClient.of(host, "d").done()).containsExactly("x");
    assertClean();
  }

  /** A call that waits in the queue of an entity that is killed. */
  @Test
  void theNodeLeavesBeforeItHearsOfAKill() {
    Dgen sender = cluster.node();
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen killer = cluster.node(store, options -> options);
    GateClient gate = GateClient.of(sender, "g");
    var unused = gate.askAsync("x");
    await().until(() -> gate.entity().queueLength() == 1);
    store.plan(commit -> leaving(commit, sender, Fate.COMMIT));
    GateClient.of(killer, "g").entity().kill();
    assertThat(left).isTrue();
    assertClean();
  }

  /** The first commit that holds a reply waits until the node has left that it is for. */
  private CompletableFuture<Fate> leaving(Commit commit, Dgen sender, Fate fate) {
    if (!commit.writes(KeyKind.REPLY) || left.get()) {
      return FaultyStore.GO;
    }
    return CompletableFuture.supplyAsync(
        () -> {
          sender.close();
          left.set(true);
          return fate;
        });
  }

  private void assertClean() {
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(cluster.keys().of(KeyKind.NODE)).hasSize(1);
    assertThat(cluster.keys().of(KeyKind.MAIL)).isEmpty();
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }
}
