package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.CallTimeoutException;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.ManualEnvironment;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Flaky.How;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.servers.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callbacks that fail: retried with back-off, in order, without a trace of what failed. */
class RetryTest extends OnEveryStore {

  private static final int FOR_LONG = 1_000_000;

  private final Runs runs = new Runs();

  @Test
  void aCallIsTriedUntilItWorks() {
    FlakyClient flaky = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    assertThat(flaky.task("a", 3)).isEqualTo(4);
    assertThat(runs.attempts("a")).containsExactly(1, 2, 3, 4);
    assertThat(flaky.done()).containsExactly("a");
    assertClean();
  }

  @Test
  void aCallFromAnotherNodeIsTriedUntilItWorks() {
    cluster.host(FlakyServer.of(runs));
    FlakyClient flaky = FlakyClient.of(cluster.node(), "f");
    assertThat(flaky.task("a", 3)).isEqualTo(4);
    assertThat(runs.attempts("a")).containsExactly(1, 2, 3, 4);
    assertClean();
  }

  @ParameterizedTest
  @EnumSource(How.class)
  void whateverIsThrownLeavesNoTrace(How how) {
    FlakyClient flaky = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    flaky.work("before", 0, how);
    flaky.work("bad", 2, how);
    flaky.work("after", 0, how);
    assertThat(flaky.done()).containsExactly("before", "bad", "after");
    assertThat(runs.attempts("bad")).containsExactly(1, 2, 3);
    assertClean();
  }

  @Test
  void laterMessagesWaitAndEarlierOnesDoNot() {
    runs.doorman().hold("blocker");
    FlakyClient flaky = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    CompletableFuture<Void> blocker = flaky.workAsync("blocker", 0, How.EXCEPTION);
    runs.doorman().awaitArrival("blocker");
    // These wait in the lane and make one batch.
    CompletableFuture<Void> before = flaky.workAsync("before", 0, How.EXCEPTION);
    CompletableFuture<Void> bad = flaky.workAsync("bad", 5, How.EXCEPTION);
    CompletableFuture<Void> after = flaky.workAsync("after", 0, How.EXCEPTION);
    CompletableFuture<Integer> last = flaky.taskAsync("last", 0);
    runs.doorman().hold("bad").letIn("blocker");
    blocker.join();
    // The first attempt is under way, in the batch; it fails as soon as it is let in.
    runs.doorman().awaitArrival("bad");
    runs.doorman().letIn("bad");

    before.join();
    bad.join();
    after.join();
    assertThat(last.join()).isEqualTo(1);
    assertThat(flaky.done()).containsExactly("blocker", "before", "bad", "after", "last");
    assertThat(runs.attempts("bad")).containsExactly(1, 2, 3, 4, 5, 6);
    assertClean();
  }

  @Test
  void messagesBeforeItAreAcknowledgedWhileItFails() {
    runs.doorman().hold("blocker");
    FlakyClient flaky = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    CompletableFuture<Void> blocker = flaky.workAsync("blocker", 0, How.EXCEPTION);
    runs.doorman().awaitArrival("blocker");
    CompletableFuture<Integer> before = flaky.taskAsync("before", 0);
    CompletableFuture<Void> bad = flaky.workAsync("bad", FOR_LONG, How.EXCEPTION);
    CompletableFuture<Void> after = flaky.workAsync("after", 0, How.EXCEPTION);
    runs.doorman().letIn("blocker");

    blocker.join();
    assertThat(before.join()).isEqualTo(1);
    // Casts are acknowledged once they are durable, though nothing has executed them.
    bad.join();
    after.join();
    await().until(() -> runs.attempts("bad").size() > 3);
    assertThat(flaky.entity().queueLength()).isEqualTo(2);
    assertThat(runs.attempts("after")).isEmpty();
  }

  @Test
  @Durable
  void anAttemptIsCountedOverARestart() {
    FlakyClient flaky = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    flaky.work("bad", 60, How.EXCEPTION);
    await().until(() -> runs.attempts("bad").size() > 3);
    cluster.restart();

    List<Integer> first = new ArrayList<>(runs.attempts("bad"));
    Runs later = new Runs();
    FlakyClient again = FlakyClient.of(cluster.host(FlakyServer.of(later)), "f");
    assertThat(again.done()).containsExactly("bad");
    // The attempt that was under way while the node closed may not have been counted.
    assertThat(later.attempts("bad").getFirst()).isBetween(first.getLast(), first.getLast() + 1);
    assertThat(later.attempts("bad").getLast()).isEqualTo(61);
    assertThat(later.attempts("bad")).isSorted().doesNotHaveDuplicates();
    assertClean();
  }

  @Test
  void timeoutNamesTheLastFailure() {
    ManualEnvironment time = new ManualEnvironment();
    Dgen node =
        cluster
            .node(options -> options.toBuilder().environment(time).build())
            .host(FlakyServer.of(runs));
    Duration timeout = Duration.ofHours(1);
    CompletableFuture<Integer> bad =
        FlakyClient.of(node, "f").withTimeout(timeout).taskAsync("bad", FOR_LONG);
    // The second attempt is behind the failure of the first.
    await()
        .until(
            () -> {
              time.advance(Duration.ofMillis(1));
              return runs.attempts("bad").size() > 1;
            });
    time.advance(timeout, bad);
    assertThatThrownBy(bad::join)
        .hasCauseInstanceOf(CallTimeoutException.class)
        .hasMessageContaining("Task")
        .hasMessageContaining("Flaky(\"f\")")
        .hasMessageContaining("its last attempt failed")
        .hasMessageContaining("as asked: bad")
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void othersGoOnWhileOneEntityFails() {
    Dgen node = cluster.host(FlakyServer.of(runs));
    FlakyClient.of(node, "bad").work("bad", FOR_LONG, How.ERROR);
    for (int i = 0; i < 50; i++) {
      assertThat(FlakyClient.of(node, "good" + i).task("t", 0)).isEqualTo(1);
    }
  }

  @Test
  void aCallbackThatLeavesItsThreadInterruptedHarmsNobody() {
    FlakyClient flaky =
        FlakyClient.of(
            cluster.host(
                FlakyServer.of(
                    (context, name) -> {
                      if (name.equals("interrupted")) {
                        Thread.currentThread().interrupt();
                      }
                    })),
            "f");
    assertThat(flaky.task("interrupted", 0)).isEqualTo(1);
    flaky.hint("interrupted", false);
    assertThat(flaky.done()).containsExactly("interrupted", "interrupted");
  }

  private void assertClean() {
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }
}
