package io.dgen.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Commit;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message's pop, its state diff and its reply are one transaction. */
class AtomicRoundTest {

  private static final Set<KeyKind> EFFECTS = Set.of(KeyKind.META, KeyKind.STATE, KeyKind.REPLY);

  /** What is written when the queue was found empty: its counts begin anew. */
  private static final Set<KeyKind> TIDYING = Set.of(KeyKind.META, KeyKind.PUSHED, KeyKind.READY);

  @Test
  void effectsOfAQueuedCallAreOneTransaction(@TempDir Path directory) {
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      List<Commit> commits = new CopyOnWriteArrayList<>();
      FaultyStore store =
          new FaultyStore(cluster.store())
              .plan(
                  commit -> {
                    commits.add(commit);
                    return FaultyStore.GO;
                  });
      cluster.node(store, options -> options).host(JournalServer.of());
      Dgen sender = cluster.node();
      JournalClient journal = JournalClient.of(sender, "j");

      List<CompletableFuture<?>> replies = new ArrayList<>();
      for (int sequence = 1; sequence <= 20; sequence++) {
        replies.add(journal.appendAsync("s", sequence));
      }
      replies.forEach(CompletableFuture::join);

      List<Commit> effective =
          commits.stream()
              .filter(commit -> EFFECTS.stream().anyMatch(commit::writes))
              .filter(commit -> !commit.kinds().equals(TIDYING))
              .toList();
      assertThat(effective)
          .isNotEmpty()
          .allSatisfy(
              commit -> {
                assertThat(commit.kinds()).containsAll(EFFECTS);
                assertThat(commit.kinds()).as("the pop").contains(KeyKind.QUEUE);
              });
      assertThat(journal.report().position()).isEqualTo(20);
    }
  }
}
