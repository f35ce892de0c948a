package io.dgen.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No two consumers take the same message, though both believe that they own the entity: the first
 * node looks for others once in a quarter of an hour.
 */
class Rule2Test {

  @Test
  void aRoundThatWasOvertakenIsVoid(@TempDir Path directory) {
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      Held pops = new Held(commit -> commit.writes(KeyKind.META));
      FaultyStore slow = new FaultyStore(cluster.store()).plan(pops);
      cluster
          .node(slow, options -> options.withLivenessTimeout(Duration.ofHours(1)))
          .host(JournalServer.of());
      cluster.host(JournalServer.of());
      Dgen sender = cluster.node();

      // The second node owns some of these, and the first still believes that it owns all.
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
        assertThat(journal(sender, i).queueLength()).isZero();
      }
    }
  }

  @Test
  void twoOwnersUnderLoadTakeEachMessageOnce(@TempDir Path directory) throws Exception {
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      Dgen first = cluster.node(options -> options.withLivenessTimeout(Duration.ofHours(1)));
      first.host(JournalServer.of());
      Dgen second = cluster.host(JournalServer.of());
      Dgen third = cluster.node();
      Threads.run(
          6,
          thread -> {
            Dgen node = thread % 3 == 0 ? first : thread % 3 == 1 ? second : third;
            for (int sequence = 1; sequence <= 30; sequence++) {
              for (int entity = 0; entity < 4; entity++) {
                journal(node, entity).append("s" + thread, sequence);
              }
            }
          });
      for (int entity = 0; entity < 4; entity++) {
        Journal.Summary summary = journal(third, entity).report();
        assertThat(summary.faults()).isEmpty();
        assertThat(summary.position()).isEqualTo(6 * 30);
        assertThat(journal(third, entity).queueLength()).isZero();
      }
    }
  }

  private static boolean isPopped(Dgen node, int entity) {
    return journal(node, entity).queueLength() == 0;
  }

  private static JournalClient journal(Dgen node, int entity) {
    return JournalClient.of(node, "j" + entity);
  }
}
