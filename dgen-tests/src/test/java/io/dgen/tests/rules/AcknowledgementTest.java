package io.dgen.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.Held;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.servers.Journal;
import io.dgen.tests.servers.Journal.Receipt;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is acknowledged before it is committed. Nothing acknowledged is lost. */
class AcknowledgementTest {

  @Test
  void nothingIsAcknowledgedBeforeItsRoundCommits(@TempDir Path directory) {
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      Held rounds = new Held(commit -> commit.writes(KeyKind.STATE));
      FaultyStore store = new FaultyStore(cluster.store()).plan(rounds);
      Dgen host = cluster.node(store, options -> options).host(JournalServer.of());
      JournalClient journal = JournalClient.of(host, "j");
      CompletableFuture<Void> cast = journal.noteAsync("s", 1);
      CompletableFuture<Receipt> call = journal.appendAsync("s", 2);
      rounds.awaitOne();
      assertThat(cast).isNotDone();
      assertThat(call).isNotDone();
      rounds.release();
      cast.join();
      assertThat(call.join().position()).isEqualTo(2);
    }
  }

  @Test
  void nothingIsAcknowledgedBeforeItIsQueued(@TempDir Path directory) {
    try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
      Held pushes = new Held(commit -> commit.writes(KeyKind.PUSHED));
      FaultyStore store = new FaultyStore(cluster.store()).plan(pushes);
      Dgen sender = cluster.node(store, options -> options);
      JournalClient journal = JournalClient.of(sender, "j");
      CompletableFuture<Void> cast = journal.noteAsync("s", 1);
      pushes.awaitOne();
      assertThat(cast).isNotDone();
      assertThat(journal.entity().queueLength()).isZero();
      pushes.release();
      cast.join();
      assertThat(journal.entity().queueLength()).isEqualTo(1);
    }
  }

  /** A host dies at its first commit, its second, and so on; another takes over. */
  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void aHostThatDiesAtAnyCommitLosesNothing(Fate death, @TempDir Path directory) {
    int deaths = 0;
    boolean died = true;
    for (int commits = 1; died && commits <= 12; commits++) {
      try (Cluster cluster = new Cluster(TestStores.one(), directory)) {
        died = dies(cluster, death, commits);
      }
      deaths += died ? 1 : 0;
    }
    assertThat(deaths).as("how many commits there were to die at").isGreaterThan(1);
  }

  private static boolean dies(Cluster cluster, Fate death, int commits) {
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen first =
        cluster.node(
            store, options -> options.toBuilder().livenessTimeout(Duration.ofHours(1)).build());
    first.host(JournalServer.of());
    AtomicInteger left = new AtomicInteger(commits);
    store.plan(
        commit ->
            left.decrementAndGet() == 0
                ? CompletableFuture.completedFuture(death)
                : FaultyStore.GO);
    Dgen sender = cluster.node();

    List<CompletableFuture<Receipt>> calls = new ArrayList<>();
    List<CompletableFuture<Void>> own = new ArrayList<>();
    JournalClient near = JournalClient.of(first, "j");
    JournalClient far = JournalClient.of(sender, "j");
    for (int sequence = 1; sequence <= 6; sequence += 2) {
      own.add(near.noteAsync("near", sequence));
      calls.add(far.appendAsync("far", sequence));
      far.note("far", sequence + 1);
      own.add(near.noteAsync("near", sequence + 1));
    }
    await().until(() -> store.isCut() || own.stream().allMatch(CompletableFuture::isDone));
    boolean died = store.isCut();
    store.cut();
    cluster.crashed(first);
    long acknowledged =
        own.stream().filter(cast -> cast.isDone() && !cast.isCompletedExceptionally()).count();

    Dgen second =
        cluster.node(
            options -> options.toBuilder().livenessTimeout(Duration.ofMillis(100)).build());
    second.host(JournalServer.of());
    for (int i = 0; i < calls.size(); i++) {
      assertThat(calls.get(i).join().sequence()).isEqualTo(2 * i + 1);
    }
    Journal.Summary summary = far.report();
    assertThat(summary.faults()).isEmpty();
    assertThat(summary.last().get("far")).isEqualTo(6);
    assertThat(summary.last().getOrDefault("near", 0L)).isBetween(acknowledged, 6L);
    return died;
  }
}
