package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DgenOptions;
import io.dgen.tests.servers.Logbook;
import io.dgen.tests.servers.LogbookClient;
import io.dgen.tests.servers.LogbookServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import io.dgen.tests.simulation.TracedStore.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A node that stands still for so long that the others sweep what it left, as a machine does that
 * is suspended, and then goes on. {@code -Ddgen.simulation.seeds=N} runs more seeds, {@code
 * -Ddgen.simulation.first=S} begins at another one.
 */
class SuspendedNodeTest {

  private static final Faults FAULTS = new Faults(0.05, 0.05, 0.05, 0.05);
  private static final int ENTITIES = 4;
  private static final int NODE = Kind.NODE.tag();

  private final SimulatedCluster cluster =
      new SimulatedCluster(1, FAULTS, DgenOptions.builder().timeout(Duration.ofMinutes(2)).build());

  static LongStream seeds() {
    long first = Long.getLong("dgen.simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("dgen.simulation.seeds", 4));
  }

  @Test
  void aNodeThatWasSweptGetsRepliesAgain() {
    cluster.run(
        () -> {
          Node host = cluster.open(LogbookServer.of());
          Node sender = cluster.open();
          LogbookClient journal = LogbookClient.of(sender.dgen(), "j");
          assertThat(journal.ask(1, 1, 0)).isZero();
          sender.environment().suspend(Duration.ofHours(1));
          cluster.simulation().sleep(Duration.ofMinutes(61));
          assertThat(journal.ask(1, 2, 0)).isEqualTo(1);
          cluster.close(List.of(sender, host));
        });
  }

  /**
   * It is swept by two others while its commits are under way, of which one has happened, and it
   * has not heard so yet. What it did counts once, what its callers were told is true, and nothing
   * stays of it.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void aNodeThatIsSweptInTheMiddleOfItsWork(long seed) {
    SimulatedCluster several =
        new SimulatedCluster(
            seed,
            FAULTS,
            DgenOptions.builder()
                .timeout(Duration.ofMinutes(1))
                .pollInterval(Duration.ofHours(12))
                .build());
    several.run(
        () -> {
          List<Node> nodes =
              Stream.generate(() -> several.open(LogbookServer.of())).limit(3).toList();
          Node suspended = nodes.getLast();
          Map<Integer, CompletableFuture<Integer>> asked = new TreeMap<>();
          // Of each entity there is a push or a round.
          CompletableFuture<Void> inDoubt =
              suspended.doubt(1 + several.simulation().random().nextInt(ENTITIES));
          var unused =
              suspended.on(
                  () -> {
                    for (int number = 1; number <= 40; number++) {
                      LogbookClient journal =
                          LogbookClient.of(suspended.dgen(), "j" + number % ENTITIES);
                      asked.put(number, journal.askAsync(1, number, 0));
                    }
                  });
          several.simulation().await(inDoubt);
          suspended.environment().suspend(Duration.ofMinutes(20));
          assertThat(withReceipts(several)).as("it is not swept yet").isEqualTo(3);
          several.simulation().sleep(Duration.ofMinutes(19));
          assertThat(several.count(NODE)).as("it is swept while it is suspended").isEqualTo(2);
          assertThat(withReceipts(several)).as("its receipts are swept too").isEqualTo(2);
          several.simulation().sleep(Duration.ofMinutes(10));
          assertThat(several.count(NODE)).as("it is back").isEqualTo(3);
          assertThat(asked).hasSize(40).allSatisfy((number, reply) -> assertThat(reply).isDone());
          for (int entity = 0; entity < ENTITIES; entity++) {
            LogbookClient journal = LogbookClient.of(nodes.getFirst().dgen(), "j" + entity);
            List<Logbook.Entry> entries = journal.read();
            assertThat(entries)
                .extracting(Logbook.Entry::number)
                .isSorted()
                .doesNotHaveDuplicates();
            int remainder = entity;
            asked.forEach(
                (number, reply) -> {
                  if (number % ENTITIES == remainder && !reply.isCompletedExceptionally()) {
                    assertThat(entries.get(reply.join()).number()).isEqualTo(number);
                  }
                });
          }
          several.close(nodes);
          for (Kind kind : List.of(Kind.NODE, Kind.RECEIPT, Kind.REPLY, Kind.MAIL)) {
            assertThat(several.count(kind.tag())).as("keys of kind %s", kind).isZero();
          }
        });
  }

  /** How many nodes have receipts. */
  private static long withReceipts(SimulatedCluster cluster) {
    return cluster.keys(Kind.RECEIPT.tag()).stream().map(key -> key.get(0)).distinct().count();
  }
}
