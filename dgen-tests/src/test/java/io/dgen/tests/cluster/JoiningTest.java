package io.dgen.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Journal;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A node that joins takes over what becomes its own. */
class JoiningTest extends OnEveryStore {

  private static final List<String> IDS = IntStream.range(0, 10).mapToObj(i -> "j" + i).toList();

  private static List<UUID> owners(Dgen node) {
    return IDS.stream()
        .map(id -> node.admin().entity("Journal", id).status().owner().orElseThrow())
        .toList();
  }

  /** Nor is anybody taken for dead meanwhile, however slow the machine is. */
  private static DgenOptions slow(DgenOptions options) {
    return options.toBuilder().livenessTimeout(Duration.ofHours(1)).build();
  }

  /** With its next heartbeat the first node would see the second in a quarter of an hour. */
  @Test
  void itIsSeenAfterAConflictAndNotAfterAHeartbeat() {
    Dgen first = cluster.node(JoiningTest::slow).host(JournalServer.of());
    Dgen second = cluster.node(JoiningTest::slow).host(JournalServer.of());
    Dgen sender = cluster.node();
    assertThat(owners(first)).isNotEqualTo(owners(second));
    AtomicLong sequence = new AtomicLong();
    await()
        .pollInterval(1, TimeUnit.MILLISECONDS)
        .untilAsserted(
            () -> {
              // Both hear of each.
              long next = sequence.incrementAndGet();
              IDS.forEach(id -> JournalClient.of(sender, id).note("s", next));
              assertThat(owners(first)).isEqualTo(owners(second));
            });
    StoredKeys.awaitIdle(cluster::keys);
    for (String id : IDS) {
      Journal.Summary summary = JournalClient.of(sender, id).report();
      assertThat(summary.faults()).isEmpty();
      assertThat(summary.position()).isEqualTo(sequence.get());
    }
  }
}
