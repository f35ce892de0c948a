package io.dgen.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.Metrics;
import io.dgen.logging.TestLogging;
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
      Dgen node = cluster.node(options -> options.withMetrics(failing));
      node.host(GateServer.of(who -> {}));
      GateClient entity = GateClient.of(node, "e");
      assertThat(entity.ask("a")).isEqualTo("hello a");
      entity.pass("b");
      assertThat(entity.passed()).containsExactly("a", "b");
      assertThat(log.lines())
          .anySatisfy(it -> assertThat(it.text()).contains("the metrics failed"));
    }
  }
}
