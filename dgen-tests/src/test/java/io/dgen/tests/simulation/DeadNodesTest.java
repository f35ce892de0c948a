package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DgenOptions;
import io.dgen.tests.servers.LogbookClient;
import io.dgen.tests.servers.LogbookServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import io.dgen.tests.simulation.TracedStore.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes leave that die: one of the others clears it, and nothing stays. */
class DeadNodesTest {

  private static final Faults SOME = new Faults(0.05, 0.05, 0.05, 0.05);

  /** Longer than a node must be silent before what it left is swept. */
  private static final Duration LONG = Duration.ofMinutes(20);

  /** Shards are not looked at again and again in all that time. */
  private static final DgenOptions OPTIONS =
      DgenOptions.builder()
          .pollInterval(Duration.ofHours(12))
          .timeout(Duration.ofMinutes(2))
          .build();

  @Test
  void oneOfTheLivingSweepsEachOfTheDead() {
    SimulatedCluster cluster = new SimulatedCluster(1, Faults.NONE, OPTIONS);
    cluster.run(
        () -> {
          List<Node> living = List.of(host(cluster), host(cluster), host(cluster));
          living.forEach(node -> node.store().trace());
          int dead = 12;
          for (int i = 0; i < dead; i++) {
            Node node = host(cluster);
            cluster
                .simulation()
                .await(
                    node.on(
                        () -> {
                          // Receipts, and a reply that nobody fetches any more.
                          LogbookClient.of(node.dgen(), "j").note(1, 1, 0);
                          var unused = LogbookClient.of(node.dgen(), "k").askAsync(1, 1, 3);
                        }));
            cluster.simulation().sleep(Duration.ofMillis(5));
            node.environment().crash();
          }
          cluster.simulation().sleep(LONG.dividedBy(2));
          assertThat(nodes(cluster, Kind.NODE)).as("nobody is swept soon").hasSize(3 + dead);
          assertThat(nodes(cluster, Kind.RECEIPT)).hasSize(3 + dead);
          assertThat(nodes(cluster, Kind.REPLY)).isNotEmpty();
          cluster.simulation().sleep(LONG);
          assertThat(nodes(cluster, Kind.NODE)).hasSize(3);
          long sweeps = 0;
          for (Node node : living) {
            long each =
                node.store().take().stream()
                    .filter(trace -> trace.committed && trace.cleared.contains(Kind.NODE))
                    .peek(trace -> assertThat(trace.isBatch()).as("it gives way").isTrue())
                    .count();
            assertThat(each).as("the work is divided").isPositive();
            sweeps += each;
          }
          assertThat(sweeps).as("each once").isEqualTo(dead);
          closeAll(cluster, living);
        });
  }

  @Test
  void aSweepThatWaitsDoesNotMakeItsNodeLookDead() {
    SimulatedCluster cluster = new SimulatedCluster(1, Faults.NONE, OPTIONS);
    cluster.run(
        () -> {
          List<Node> living = List.of(host(cluster), host(cluster));
          int dead = 4;
          for (int i = 0; i < dead; i++) {
            host(cluster).environment().crash();
          }
          living.forEach(node -> node.store().starveBatch().trace());
          cluster.simulation().sleep(LONG.multipliedBy(2));
          for (Node node : living) {
            assertThat(node.store().take())
                .as("heartbeats")
                .filteredOn(trace -> trace.committed && trace.written.contains(Kind.NODE))
                .hasSizeGreaterThan(1500);
          }
          cluster.close(living);
          assertThat(nodes(cluster, Kind.NODE)).as("another node is to sweep").hasSize(dead);
        });
  }

  /** At whatever step: there is never a key of a node without the row by which it is found. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aNodeThatDiesWhileItOpensLeavesNothing(long seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, SOME, OPTIONS);
    cluster.run(
        () -> {
          Node living = host(cluster);
          for (int i = 0; i < 20; i++) {
            Node node = cluster.opening(LogbookServer.of());
            cluster.sleepUpTo(15);
            node.environment().crash();
          }
          cluster.simulation().sleep(LONG);
          closeAll(cluster, List.of(living));
        });
  }

  private static Node host(SimulatedCluster cluster) {
    return cluster.open(LogbookServer.of());
  }

  /** The nodes that have keys of some kinds of their own. */
  private static Set<UUID> nodes(SimulatedCluster cluster, Kind... kinds) {
    Set<UUID> nodes = new TreeSet<>();
    for (Kind kind : kinds) {
      cluster.keys(kind.tag()).forEach(key -> nodes.add(key.getUUID(0)));
    }
    return nodes;
  }

  private static void closeAll(SimulatedCluster cluster, List<Node> living) {
    cluster.close(living);
    assertThat(nodes(cluster, Kind.NODE, Kind.RECEIPT, Kind.REPLY, Kind.MAIL)).isEmpty();
  }
}
