package io.dgen.tests.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.error.CallbackException;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.Flaky.How;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.servers.Runs;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The first state of an entity: made once, and not at all if {@code init} fails. */
class InitTest extends OnEveryStore {

  private final Runs runs = new Runs();

  @Test
  void reachesTheCallerAndStoresNothing() {
    runs.initFails(true);
    FlakyClient flaky = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    assertThatThrownBy(() -> flaky.task("a", 0))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("Flaky(\"f\")")
        .hasMessageContaining("no state today")
        .cause()
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> flaky.work("b", 0, How.EXCEPTION))
        .isInstanceOf(CallbackException.class);
    assertThatThrownBy(() -> flaky.hint("c", false)).isInstanceOf(CallbackException.class);
    assertThat(cluster.keys().of(KeyKind.META)).isEmpty();
    assertThat(cluster.keys().of(KeyKind.STATE)).isEmpty();
    assertThat(cluster.keys().of(KeyKind.QUEUE)).isEmpty();

    runs.initFails(false);
    assertThat(flaky.task("d", 0)).isEqualTo(1);
    assertThat(flaky.done()).containsExactly("d");
  }

  @Test
  void whatIsQueuedWaitsUntilItWorks() {
    runs.initFails(true);
    cluster.host(FlakyServer.of(runs));
    FlakyClient flaky = FlakyClient.of(cluster.node(), "f");
    CompletableFuture<Integer> task = flaky.taskAsync("a", 0);
    await().until(() -> runs.attempts("init").size() > 2);
    assertThat(task).isNotDone();
    assertThat(cluster.keys().of(KeyKind.STATE)).isEmpty();
    runs.initFails(false);
    task.join();
    assertThat(flaky.done()).containsExactly("a");
  }

  @Test
  @Durable
  void runsOnceForAnEntity() {
    FlakyClient flaky = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    assertThat(flaky.done()).isEmpty();
    assertThat(flaky.done()).isEmpty();
    cluster.restart();
    Runs later = new Runs();
    FlakyClient again = FlakyClient.of(cluster.host(FlakyServer.of(later)), "f");
    assertThat(again.task("a", 0)).isEqualTo(1);
    assertThat(runs.attempts("init")).hasSize(1);
    assertThat(later.attempts("init")).isEmpty();
  }
}
