package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.FailurePolicy;
import io.dgen.tests.servers.SlowClient;
import io.dgen.tests.servers.SlowServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message that fails for ever does not spin, whatever else comes. */
class BackOffTest {

  private final SimulatedCluster cluster =
      new SimulatedCluster(
          1,
          Faults.NONE,
          DgenOptions.builder()
              .timeout(Duration.ofHours(1))
              .failurePolicy(FailurePolicy.UNLIMITED)
              .build());
  private final Simulation simulation = cluster.simulation();
  private final List<String> runs = new ArrayList<>();
  private final List<Long> failedAt = new ArrayList<>();
  private boolean healed;

  @Test
  void theWaitsGrowAndArrivalsDoNotCutThemShort() {
    List<String> all = new ArrayList<>();
    cluster.run(
        () -> {
          Node host = cluster.open(SlowServer.of(this::work));
          Node other = cluster.open();
          SlowClient.of(host.dgen(), "s").work("bad");
          all.addAll(sendAllAlong(other.dgen(), host.dgen()));
        });

    // 100 ms, doubled each time up to 30 s, less up to half: more than 8 in 100 s, but not many.
    assertThat(failedAt).hasSizeBetween(8, 25);
    List<Long> waits = new ArrayList<>();
    for (int i = 1; i < failedAt.size(); i++) {
      waits.add(failedAt.get(i) - failedAt.get(i - 1));
    }
    long full = Duration.ofMillis(100).toNanos();
    for (long wait : waits) {
      assertThat(wait).isGreaterThanOrEqualTo(full / 2);
      full = Math.min(2 * full, Duration.ofSeconds(30).toNanos());
    }
    assertThat(all).hasSize(101).startsWith("bad");
    assertThat(runs).hasSize(101 + failedAt.size());
  }

  /** Messages from this node and from another arrive all the time. */
  private List<String> sendAllAlong(Dgen other, Dgen host) {
    SlowClient remote = SlowClient.of(other, "s");
    SlowClient local = SlowClient.of(host, "s");
    for (int i = 0; i < 100; i++) {
      (i % 2 == 0 ? remote : local).work("good" + i);
      simulation.sleep(Duration.ofSeconds(1));
    }
    healed = true;
    return remote.done();
  }

  private void work(String name, int attempt) {
    runs.add(name + " " + attempt);
    if (name.equals("bad") && !healed) {
      failedAt.add(simulation.nanos());
      throw new IllegalStateException("attempt " + attempt);
    }
  }
}
