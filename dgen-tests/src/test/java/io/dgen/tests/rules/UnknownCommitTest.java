package io.dgen.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.OutcomeUnknownException;
import io.dgen.store.Store;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.Journal;
import io.dgen.tests.servers.Journal.Receipt;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every transaction is safe under {@code commit_unknown_result}: no message is lost, none enqueued
 * or applied twice, and no caller hears of a failure that was a success.
 */
class UnknownCommitTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void commitsOfUnknownResultAnywhere(long seed, @TempDir Path directory) throws Exception {
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      List<Dgen> nodes = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Store store = unreliable(cluster.store(), seed * 10 + i);
        Dgen node = cluster.node(store, options -> options);
        nodes.add(i < 2 ? node.host(JournalServer.of()) : node);
      }
      Threads.run(
          6,
          thread -> {
            Dgen node = nodes.get(thread % 3);
            for (int sequence = 1; sequence <= 24; sequence += 3) {
              for (int entity = 0; entity < 3; entity++) {
                JournalClient journal = JournalClient.of(node, "j" + entity);
                CompletableFuture<Receipt> first = journal.appendAsync("s" + thread, sequence);
                journal.note("s" + thread, sequence + 1);
                Receipt second = journal.append("s" + thread, sequence + 2);
                assertThat(first.join().sequence()).isEqualTo(sequence);
                assertThat(second.sequence()).isEqualTo(sequence + 2);
              }
            }
          });
      for (int entity = 0; entity < 3; entity++) {
        Journal.Summary summary = JournalClient.of(nodes.getFirst(), "j" + entity).report();
        assertThat(summary.faults()).isEmpty();
        assertThat(summary.position()).isEqualTo(6 * 24);
      }
      StoredKeys.awaitIdle(cluster::keys);
      cluster.closeNodes();
      cluster.keys().assertOnlyIdleEntities();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN_BUT_COMMITTED", "UNKNOWN_AND_NOT_COMMITTED", "CONFLICT"})
  void eachKindOfTransactionOnce(Fate fate, @TempDir Path directory) {
    for (KeyKind kind : KeyKind.values()) {
      try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
        Store hostStore = new FaultyStore(cluster.store()).plan(firstOf(kind, fate));
        Store senderStore = new FaultyStore(cluster.store()).plan(firstOf(kind, fate));
        Dgen host = cluster.node(hostStore, options -> options).host(JournalServer.of());
        Dgen sender = cluster.node(senderStore, options -> options);
        for (int sequence = 1; sequence <= 3; sequence++) {
          assertThat(JournalClient.of(host, "j").append("h", sequence).sequence())
              .isEqualTo(sequence);
          assertThat(JournalClient.of(sender, "j").append("s", sequence).sequence())
              .isEqualTo(sequence);
          JournalClient.of(sender, "j").note("n", sequence);
        }
        Journal.Summary summary = JournalClient.of(sender, "j").report();
        assertThat(summary.faults()).as("%s of %s", fate, kind).isEmpty();
        assertThat(summary.position()).as("%s of %s", fate, kind).isEqualTo(9);
        StoredKeys.awaitIdle(cluster::keys);
      }
    }
  }

  /**
   * The reply to a call of the same node is stored nowhere. If the round's outcome is never known,
   * no later round answers the call: so its caller hears that at once.
   */
  @ParameterizedTest
  @EnumSource(names = {"TIMED_OUT_BUT_COMMITTED", "TIMED_OUT_AND_NOT_COMMITTED"})
  void aQueuedCallHearsThatItsOutcomeWillNotBeKnown(Fate fate, @TempDir Path directory) {
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      FaultyStore store = new FaultyStore(cluster.store());
      Dgen node =
          cluster
              .node(store, options -> options.toBuilder().timeout(Duration.ofSeconds(20)).build())
              .host(JournalServer.of());
      JournalClient journal = JournalClient.of(node, "j");
      journal.append("s", 1);
      journal.entity().pause("until the call is in the queue");
      CompletableFuture<Receipt> queued = journal.appendAsync("s", 2);
      await().until(() -> journal.entity().queueLength() == 1);
      store.plan(firstOf(KeyKind.STATE, fate));
      journal.entity().resume();

      assertThatThrownBy(queued::join)
          .hasCauseInstanceOf(OutcomeUnknownException.class)
          .hasMessageContaining("it is unknown whether it committed");
      // Whoever comes before the node has given up on the store for now hears the same.
      JournalClient again = journal.withIdempotencyKey("3");
      await()
          .ignoreException(OutcomeUnknownException.class)
          .until(() -> again.append("s", 3).sequence() == 3);
      assertThat(journal.report().faults()).isEmpty();
      assertThat(journal.report().position()).isEqualTo(3);
    }
  }

  /** The first commit that writes a key of this kind meets this fate. */
  private static FaultyStore.Plan firstOf(KeyKind kind, Fate fate) {
    boolean[] met = {false};
    return commit -> {
      synchronized (met) {
        if (met[0] || !commit.writes(kind)) {
          return FaultyStore.GO;
        }
        met[0] = true;
        return CompletableFuture.completedFuture(fate);
      }
    };
  }

  private static Store unreliable(Store store, long seed) {
    Random random = new Random(seed);
    return new FaultyStore(store)
        .plan(
            commit -> {
              int dice;
              synchronized (random) {
                dice = random.nextInt(10);
              }
              return CompletableFuture.completedFuture(
                  switch (dice) {
                    case 0 -> Fate.UNKNOWN_BUT_COMMITTED;
                    case 1 -> Fate.UNKNOWN_AND_NOT_COMMITTED;
                    case 2 -> Fate.CONFLICT;
                    default -> Fate.COMMIT;
                  });
            });
  }
}
