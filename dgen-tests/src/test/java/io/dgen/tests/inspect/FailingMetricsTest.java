package io.dgen.tests.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Bounds;
import io.dgen.Dgen;
import io.dgen.Metrics;
import io.dgen.error.OverloadedException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.TestLogging;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Metrics of the user's that fail: what was committed counts all the same. */
class FailingMetricsTest extends OnEveryStore {

  @Test
  void whatIsCommittedIsAnsweredAndTheEntityGoesOn() {
    Metrics failing =
        new Metrics() {
          @Override
          public void round(Round round) {
            throw new AssertionError("as asked");
          }
        };
    try (TestLogging.Heard log = TestLogging.hear()) {
      Dgen node = cluster.node(options -> options.toBuilder().metrics(failing).build());
      node.host(GateServer.of(who -> {}));
      GateClient entity = GateClient.of(node, "e");
      assertThat(entity.ask("a")).isEqualTo("hello a");
      entity.pass("b");
      assertThat(entity.passed()).containsExactly("a", "b");
      assertThat(log.lines())
          .anySatisfy(it -> assertThat(it.text()).contains("the metrics failed"));
    }
  }

  /** Also in a push of several of which some are refused: the others are acknowledged. */
  @Test
  void whoIsRefusedHearsSo() {
    Metrics failing =
        new Metrics() {
          @Override
          public void overloaded(String server) {
            throw new OutOfMemoryError("as asked");
          }
        };
    // Nobody hosts the server, so nothing leaves the queue.
    Dgen node =
        cluster.node(
            options ->
                options.toBuilder()
                    .metrics(failing)
                    .bounds(Bounds.builder().queueMessages(2).laneMessages(10).build())
                    .build());
    GateClient entity = GateClient.of(node, "e");
    entity.pass("a");
    entity.pass("b");
    assertThatThrownBy(() -> entity.pass("c")).isInstanceOf(OverloadedException.class);
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(entity.passAsync("d"));
    }
    await().until(() -> all.stream().allMatch(CompletableFuture::isDone));
    assertThat(all)
        .allSatisfy(it -> assertThat(it.exceptionNow()).isInstanceOf(OverloadedException.class));
    cluster.host(GateServer.of(who -> {}));
    assertThat(GateClient.of(cluster.node(), "e").passed()).containsExactly("a", "b");
  }
}
