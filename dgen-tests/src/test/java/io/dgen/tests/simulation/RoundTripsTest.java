package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DgenOptions;
import io.dgen.tests.servers.LogbookClient;
import io.dgen.tests.servers.LogbookServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import io.dgen.tests.simulation.TracedStore.Kind;
import io.dgen.tests.simulation.TracedStore.Trace;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** What a round reads that runs messages from another node, and how often it waits for reads. */
class RoundTripsTest {

  private final SimulatedCluster cluster =
      new SimulatedCluster(1, Faults.NONE, DgenOptions.DEFAULT);

  @Test
  void aReplyToAnotherNodeCostsOneReadAndNoTime() {
    cluster.run(
        () -> {
          Node host = cluster.open(LogbookServer.of());
          Node sender = cluster.open();
          LogbookClient journal = LogbookClient.of(sender.dgen(), "j");
          List<Trace> calls = rounds(host, sender, 4, number -> journal.ask(1, number, 0));
          assertThat(calls).hasSize(4);
          assertThat(calls.subList(1, 4))
              .as("meta, pushed, queue and the caller's node at once")
              .allSatisfy(
                  round -> {
                    assertThat(round.reads)
                        .containsExactlyInAnyOrder(
                            Kind.ENTITY, Kind.ENTITY, Kind.ENTITY, Kind.RECEIPT);
                    assertThat(round.depth).isEqualTo(1);
                  });
          List<Trace> casts = rounds(host, sender, 4, number -> journal.note(1, number, 0));
          assertThat(casts.subList(1, 4))
              .as("nobody waits any more")
              .allSatisfy(round -> assertThat(round.reads).doesNotContain(Kind.RECEIPT));
          cluster.close(List.of(sender, host));
        });
  }

  /** Sends messages one after the other; the rounds that ran them. */
  private List<Trace> rounds(Node host, Node sender, int messages, IntConsumer send) {
    cluster.simulation().sleep(Duration.ofSeconds(5));
    host.store().trace().take();
    cluster
        .simulation()
        .await(
            sender.on(
                () -> {
                  for (int number = 1; number <= messages; number++) {
                    send.accept(number);
                    cluster.simulation().sleep(Duration.ofSeconds(1));
                  }
                }));
    return host.store().take().stream()
        .filter(trace -> trace.committed && trace.written.contains(Kind.RECEIPT))
        .toList();
  }
}
