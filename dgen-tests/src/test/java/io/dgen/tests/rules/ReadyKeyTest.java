package io.dgen.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.Held;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.Journal;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ready key is cleared only in a transaction that read the queue as empty. Nodes here look at
 * their shards once in an hour, so a message whose ready key was lost would stay for good.
 */
class ReadyKeyTest {

  @Test
  void aMessageThatComesWhileTheKeyIsClearedIsFound(@TempDir Path directory) {
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      Held clears =
          new Held(commit -> commit.writes(KeyKind.READY) && !commit.writes(KeyKind.QUEUE));
      FaultyStore store = new FaultyStore(cluster.store()).plan(clears);
      cluster.node(store, ReadyKeyTest::neverPolls).host(JournalServer.of());
      Dgen sender = cluster.node();
      JournalClient journal = JournalClient.of(sender, "j");

      journal.note("s", 1);
      clears.awaitOne();
      // The queue was read as empty, the key is not cleared yet.
      Held rounds = new Held(commit -> commit.writes(KeyKind.STATE));
      store.plan(rounds);
      journal.note("s", 2);
      clears.release();
      rounds.awaitOne();
      // If the owner died now, the next one would find the second message by this key alone.
      assertThat(cluster.keys().of(KeyKind.QUEUE)).isNotEmpty();
      assertThat(cluster.keys().of(KeyKind.READY)).isNotEmpty();
      rounds.release();

      await().untilAsserted(() -> assertThat(journal.entity().queueLength()).isZero());
      StoredKeys.awaitIdle(cluster::keys);
      assertThat(journal.report().position()).isEqualTo(2);
    }
  }

  @Test
  void aKeyThatWasLeftIsFoundByTheNextOwner(@TempDir Path directory) {
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      Held clears =
          new Held(commit -> commit.writes(KeyKind.READY) && !commit.writes(KeyKind.QUEUE));
      FaultyStore store = new FaultyStore(cluster.store()).plan(clears);
      Dgen first = cluster.node(store, ReadyKeyTest::neverPolls);
      first.host(JournalServer.of());
      JournalClient.of(cluster.node(), "j").note("s", 1);
      clears.awaitOne();
      // The first owner dies between the pop and the clearing.
      store.cut();
      clears.release();
      cluster.crashed(first);

      Dgen second =
          cluster.node(
              options -> options.toBuilder().livenessTimeout(Duration.ofMillis(100)).build());
      second.host(JournalServer.of());
      StoredKeys.awaitIdle(cluster::keys);
      assertThat(JournalClient.of(second, "j").report().position()).isEqualTo(1);
    }
  }

  @Test
  void pushesAndClearsThatRaceLeaveNothingStuck(@TempDir Path directory) throws Exception {
    int rounds = 60;
    int entities = 8;
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      Dgen first = cluster.node(ReadyKeyTest::neverPolls).host(JournalServer.of());
      Dgen second = cluster.node(ReadyKeyTest::neverPolls).host(JournalServer.of());
      Dgen third = cluster.node(ReadyKeyTest::neverPolls);
      Dgen fourth = cluster.node(ReadyKeyTest::neverPolls);
      for (int round = 1; round <= rounds; round++) {
        int sequence = round;
        Threads.run(
            4,
            thread -> {
              Dgen node = thread == 0 ? first : thread == 1 ? second : thread == 2 ? third : fourth;
              for (int entity = 0; entity < entities; entity++) {
                JournalClient.of(node, "j" + entity).note("s" + thread, sequence);
              }
            });
        // Nothing is sent meanwhile: it would wake the owner and hide what is stuck.
        StoredKeys.awaitIdle(cluster::keys);
      }
      for (int entity = 0; entity < entities; entity++) {
        Journal.Summary summary = JournalClient.of(first, "j" + entity).report();
        assertThat(summary.faults()).isEmpty();
        assertThat(summary.position()).isEqualTo(4L * rounds);
      }
    }
  }

  private static DgenOptions neverPolls(DgenOptions options) {
    return options.toBuilder().pollInterval(Duration.ofHours(1)).build();
  }
}
