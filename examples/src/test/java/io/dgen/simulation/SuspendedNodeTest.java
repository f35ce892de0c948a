package io.dgen.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DgenOptions;
import io.dgen.simulation.SimulatedCluster.Node;
import io.dgen.simulation.SimulatedStore.Faults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A node that stands still for so long that the others sweep what it left, as a machine does that
 * is suspended, and then goes on.
 */
class SuspendedNodeTest {

  private final SimulatedCluster cluster =
      new SimulatedCluster(
          1,
          new Faults(0.05, 0.05, 0.05, 0.05),
          DgenOptions.DEFAULT.withTimeout(Duration.ofMinutes(2)));

  @Test
  void aNodeThatWasSweptGetsRepliesAgain() {
    cluster.run(
        () -> {
          Node host = cluster.open(JournalServer.of());
          Node sender = cluster.open();
          JournalClient journal = JournalClient.of(sender.dgen(), "j");
          assertThat(journal.ask(1, 1, 0)).isZero();
          sender.environment().suspend(Duration.ofHours(1));
          cluster.simulation().sleep(Duration.ofMinutes(61));
          assertThat(journal.ask(1, 2, 0)).isEqualTo(1);
          cluster.close(List.of(sender, host));
        });
  }
}
