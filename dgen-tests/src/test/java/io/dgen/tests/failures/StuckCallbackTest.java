package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.EntityStatus;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.EntityKilledException;
import io.dgen.store.StoreException;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.TestLogging;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.Gate;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A callback that never returns, as far as anybody can tell. */
class StuckCallbackTest extends OnEveryStore {

  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger entered = new AtomicInteger();
  private final AtomicInteger left = new AtomicInteger();

  private final Gate gate =
      who -> {
        if (who.equals("stuck")) {
          entered.incrementAndGet();
          var unused = Threads.waitFor(released, who);
          left.incrementAndGet();
        }
      };

  @AfterEach
  void release() {
    released.countDown();
  }

  private static Throwable errorOf(CompletableFuture<?> future) {
    await().until(future::isDone);
    return future.exceptionNow();
  }

  private void awaitStuck() {
    await().until(() -> entered.get() > 0);
  }

  @Test
  void killLetsTheEntityGoOn() {
    GateClient entity = GateClient.of(cluster.host(GateServer.of(gate)), "e");
    entity.pass("before");
    CompletableFuture<String> stuck = entity.askAsync("stuck");
    awaitStuck();
    CompletableFuture<Void> behind = entity.passAsync("behind it");
    CompletableFuture<Void> killed = entity.withTimeout(TIMEOUT).entity().killAsync();
    CompletableFuture<Void> after = entity.passAsync("after");
    assertThat(errorOf(stuck)).isInstanceOf(EntityKilledException.class);
    assertThat(errorOf(behind)).isInstanceOf(EntityKilledException.class);
    killed.join();
    after.join();
    assertThat(entity.passed()).containsExactly("after");
    assertThat(left).hasValue(0);
    released.countDown();
    await().until(() -> left.get() == 1);
    entity.pass("late");
    assertThat(entity.passed()).containsExactly("after", "late");
    assertThat(entered).hasValue(1);
    entity.entity().kill();
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }

  @Test
  void resetLetsTheEntityGoOn() {
    GateClient entity = GateClient.of(cluster.host(GateServer.of(gate)), "e");
    // Through the queue.
    CompletableFuture<String> stuck = GateClient.of(cluster.node(), "e").askAsync("stuck");
    awaitStuck();
    entity.withTimeout(TIMEOUT).entity().reset();
    assertThat(errorOf(stuck)).isInstanceOf(EntityKilledException.class);
    assertThat(entity.ask("me")).isEqualTo("hello me");
    released.countDown();
    await().until(() -> left.get() == 1);
    assertThat(entity.passed()).containsExactly("me");
    assertThat(entered).hasValue(1);
  }

  /** The callback returns while its message runs again: of the two runs one counts. */
  @Test
  void aKillThatFailsLetsTheMessageRunAgainAndCountOnce() {
    CountDownLatch again = new CountDownLatch(1);
    Gate twice =
        who -> {
          if (who.equals("stuck") && entered.incrementAndGet() > 1) {
            var unused = Threads.waitFor(again, who);
          } else if (who.equals("stuck")) {
            var unused = Threads.waitFor(released, who);
            left.incrementAndGet();
          }
        };
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit ->
                    commit.writes(KeyKind.KILLED)
                        ? CompletableFuture.completedFuture(Fate.REFUSED)
                        : FaultyStore.GO);
    Dgen node = cluster.node(store, options -> options).host(GateServer.of(twice));
    GateClient entity = GateClient.of(node, "e");
    CompletableFuture<String> stuck = entity.askAsync("stuck");
    awaitStuck();
    assertThat(errorOf(entity.withTimeout(TIMEOUT).entity().killAsync()))
        .isInstanceOf(StoreException.class);
    await().until(() -> entered.get() == 2);
    released.countDown();
    await().until(() -> left.get() == 1);
    // What the first run would commit, if it could, would be committed before these.
    GateClient other = GateClient.of(node, "other");
    for (int i = 0; i < 20; i++) {
      other.pass("meanwhile");
    }
    again.countDown();
    assertThat(stuck.join()).isEqualTo("hello stuck");
    assertThat(entity.passed()).containsExactly("stuck");
    assertThat(entered).hasValue(2);
  }

  /** It is stuck on the owner, and ended elsewhere: the owner hears of that, and goes on. */
  @Test
  void killOnAnotherNodeLetsTheOwnerGoOn() {
    Dgen owner = cluster.node().host(GateServer.of(gate), it -> it.only("e"));
    Dgen other = cluster.host(GateServer.of(gate));
    // From the owner's memory, and so not swept from the queue.
    CompletableFuture<String> stuck = GateClient.of(owner, "e").askAsync("stuck");
    awaitStuck();
    GateClient entity = GateClient.of(other, "e").withTimeout(Duration.ofSeconds(8));
    CompletableFuture<Void> behind = GateClient.of(owner, "e").passAsync("behind it");
    entity.entity().kill();
    assertThat(entity.ask("after")).isEqualTo("hello after");
    assertThat(errorOf(stuck)).isInstanceOf(EntityKilledException.class);
    behind.join();
    assertThat(entity.passed()).containsExactlyInAnyOrder("behind it", "after");
    assertThat(left).hasValue(0);
    released.countDown();
    await().until(() -> left.get() == 1);
    entity.pass("late");
    assertThat(entity.passed()).hasSize(3).endsWith("late");
    assertThat(entered).hasValue(1);
    entity.entity().kill();
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }

  @Test
  void resetOnAnotherNodeLetsTheOwnerGoOn() {
    var unused = cluster.node().host(GateServer.of(gate), it -> it.only("e"));
    Dgen other = cluster.host(GateServer.of(gate));
    // Through the queue.
    CompletableFuture<String> stuck = GateClient.of(other, "e").askAsync("stuck");
    awaitStuck();
    GateClient entity = GateClient.of(other, "e").withTimeout(Duration.ofSeconds(8));
    entity.entity().reset();
    assertThat(errorOf(stuck)).isInstanceOf(EntityKilledException.class);
    assertThat(entity.ask("me")).isEqualTo("hello me");
    assertThat(entity.passed()).containsExactly("me");
  }

  @Test
  void aPriorityMessageThatIsStuckIsGivenUpToo() {
    GateClient entity = GateClient.of(cluster.host(GateServer.of(gate)), "e");
    CompletableFuture<String> stuck = entity.priority().askAsync("stuck");
    awaitStuck();
    entity.withTimeout(TIMEOUT).entity().kill();
    assertThat(errorOf(stuck)).isInstanceOf(EntityKilledException.class);
    entity.pass("after");
    released.countDown();
    await().until(() -> left.get() == 1);
    assertThat(entity.passed()).containsExactly("after");
  }

  /** Also while something else runs that does not end: the timeout holds. */
  @Test
  void everythingElseKeepsItsTimeout() {
    Dgen node =
        cluster.node(options -> options.toBuilder().closeTimeout(Duration.ofMillis(50)).build());
    node.host(GateServer.of(gate));
    GateClient entity = GateClient.of(node, "e");
    CompletableFuture<String> stuck = entity.askAsync("stuck");
    awaitStuck();
    assertThat(entity.entity().pause("why not")).isTrue();
    assertThat(node.admin().entity("Gate", "e").status().pause()).isPresent();
    assertThat(entity.entity().deadLetters().purge()).isZero();
    assertThat(entity.entity().resume()).isTrue();
    assertThat(entity.entity().breakLock()).isFalse();
    assertThatThrownBy(() -> entity.withTimeout(Duration.ofMillis(50)).ask("in vain"))
        .isInstanceOf(CallTimeoutException.class);
    cluster.forget(node);
    node.close();
    assertThat(errorOf(stuck)).isNotNull();
  }

  @Test
  void statusShowsWhatRuns() {
    Dgen node = cluster.host(GateServer.of(gate));
    GateClient entity = GateClient.of(node, "e");
    CompletableFuture<String> stuck = entity.askAsync("stuck");
    awaitStuck();
    EntityStatus.Running running =
        node.admin().entity("Gate", "e").status().running().orElseThrow();
    assertThat(running.callback()).isEqualTo("Ask");
    assertThat(running.attempt()).isEqualTo(1);
    assertThat(running.since()).isBeforeOrEqualTo(Instant.now());
    assertThat(running.thread()).startsWith("dgen-callback-");
    assertThat(cluster.node().admin().entity("Gate", "e").status().running()).isEmpty();
    released.countDown();
    stuck.join();
    await().until(() -> node.admin().entity("Gate", "e").status().running().isEmpty());
  }

  @Test
  void itIsLoggedWithItsStackAgainAndAgain() {
    Dgen node =
        cluster.node(options -> options.toBuilder().slowCallback(Duration.ofMillis(50)).build());
    node.host(GateServer.of(gate));
    try (TestLogging.Heard log = TestLogging.hear()) {
      CompletableFuture<String> stuck = GateClient.of(node, "e").askAsync("stuck");
      await()
          .until(
              () ->
                  log.lines().stream()
                          .filter(it -> it.text().startsWith("Ask of Gate(\"e\") has been running"))
                          .filter(it -> it.text().contains("StuckCallbackTest"))
                          .count()
                      >= 2);
      released.countDown();
      stuck.join();
    }
  }
}
