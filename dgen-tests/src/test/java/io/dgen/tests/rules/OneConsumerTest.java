package io.dgen.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.Metrics;
import io.dgen.tests.harness.BlindStore;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.Held;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.Journal;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No two consumers take the same message, though both believe that they own the entity: neither
 * ever sees the other's heartbeat.
 */
class OneConsumerTest {

  @Test
  void aRoundThatWasOvertakenIsVoid(@TempDir Path directory) {
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      Held pops = new Held(commit -> commit.writes(KeyKind.META));
      FaultyStore slow = new FaultyStore(new BlindStore(cluster.store())).plan(pops);
      cluster.node(slow, options -> options).host(JournalServer.of());
      cluster.host(JournalServer.of());
      Dgen sender = cluster.node();

      // The second node owns some of these, and the first believes that it owns all.
      IntStream.range(0, 20).forEach(i -> journal(sender, i).note("s", 1));
      await().until(() -> IntStream.range(0, 20).anyMatch(i -> isPopped(sender, i)));
      int both = IntStream.range(0, 20).filter(i -> isPopped(sender, i)).findFirst().orElseThrow();
      pops.awaitOne();
      journal(sender, both).note("s", 2);
      await().until(() -> isPopped(sender, both));
      pops.release();

      for (int i = 0; i < 20; i++) {
        Journal.Summary summary = journal(sender, i).report();
        assertThat(summary.faults()).isEmpty();
        assertThat(summary.position()).isEqualTo(i == both ? 2 : 1);
        assertThat(journal(sender, i).entity().queueLength()).isZero();
      }
    }
  }

  @Test
  void twoOwnersUnderLoadTakeEachMessageOnce(@TempDir Path directory) throws Exception {
    int entities = 4;
    int messages = 60;
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      Rounds ofFirst = new Rounds();
      Rounds ofSecond = new Rounds();
      Dgen first = blind(cluster, ofFirst);
      Dgen second = blind(cluster, ofSecond);
      Dgen third = cluster.node();
      for (int entity = 0; entity < entities; entity++) {
        assertThat(first.admin().entity("Journal", "j" + entity).status().owner())
            .isPresent()
            .isNotEqualTo(second.admin().entity("Journal", "j" + entity).status().owner());
      }
      // Through the lanes of both, and through the queue, from which both take.
      Threads.run(
          6,
          thread -> {
            Dgen node = List.of(first, second, third).get(thread % 3);
            for (int sequence = 1; sequence <= messages; sequence += 3) {
              for (int entity = 0; entity < entities; entity++) {
                JournalClient journal = journal(node, entity);
                journal.note("s" + thread, sequence);
                var unused = journal.noteAsync("s" + thread, sequence + 1);
                Journal.Receipt receipt = journal.append("s" + thread, sequence + 2);
                assertThat(receipt.sender()).isEqualTo("s" + thread);
                assertThat(receipt.sequence()).isEqualTo(sequence + 2);
              }
            }
          });
      for (int entity = 0; entity < entities; entity++) {
        Journal.Summary summary = journal(third, entity).report();
        assertThat(summary.faults()).isEmpty();
        assertThat(summary.position()).isEqualTo(6L * messages);
        assertThat(journal(third, entity).entity().queueLength()).isZero();
      }
      assertThat(ofFirst.messages).as("by the first node").hasPositiveValue();
      assertThat(ofSecond.messages).as("by the second node").hasPositiveValue();
      assertThat(ofFirst.conflicts.get() + ofSecond.conflicts.get())
          .as("rounds that met one of the other node")
          .isPositive();
    }
  }

  private static Dgen blind(Cluster cluster, Metrics metrics) {
    return cluster
        .node(
            new BlindStore(cluster.store()),
            options -> options.toBuilder().metrics(metrics).build())
        .host(JournalServer.of());
  }

  private static boolean isPopped(Dgen node, int entity) {
    return journal(node, entity).entity().queueLength() == 0;
  }

  private static JournalClient journal(Dgen node, int entity) {
    return JournalClient.of(node, "j" + entity);
  }

  /** Counts what a node runs. */
  private static final class Rounds implements Metrics {

    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong conflicts = new AtomicLong();

    @Override
    public void round(Round round) {
      messages.addAndGet(round.messages());
      conflicts.addAndGet(round.conflicts());
    }
  }
}
