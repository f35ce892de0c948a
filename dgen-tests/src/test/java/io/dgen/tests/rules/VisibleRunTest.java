package io.dgen.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.servers.Runs;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callbacks may run more than once before one run commits; only that run is visible. */
class VisibleRunTest {

  @ParameterizedTest
  @EnumSource(names = {"CONFLICT", "UNKNOWN_AND_NOT_COMMITTED"})
  void runsThatDidNotCommitAreInvisible(Fate fate, @TempDir Path directory) {
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      AtomicInteger failures = new AtomicInteger(3);
      FaultyStore store =
          new FaultyStore(cluster.store())
              .plan(
                  commit ->
                      commit.writes(KeyKind.STATE) && failures.getAndDecrement() > 0
                          ? CompletableFuture.completedFuture(fate)
                          : FaultyStore.GO);
      Runs runs = new Runs();
      Dgen node = cluster.node(store, options -> options).host(FlakyServer.of(runs));
      FlakyClient flaky = FlakyClient.of(node, "f");

      assertThat(flaky.task("a", 0)).isEqualTo(1);
      assertThat(runs.attempts("a"))
          .as("a run that is repeated is the same attempt")
          .containsExactly(1, 1, 1, 1);
      assertThat(flaky.done()).containsExactly("a");
    }
  }
}
