package io.dgen.tests.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.Journal;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was acknowledged is there afterwards, for whoever asks. */
class RestartTest extends OnEveryStore {

  @ParameterizedTest
  @Durable
  @ValueSource(booleans = {true, false})
  void entitiesGoOnWhereTheyWere(boolean cache) {
    for (int run = 1; run <= 4; run++) {
      Dgen node = cluster.node(options -> options.toBuilder().cache(cache).build());
      node.host(CountersServer.of()).host(JournalServer.of());
      CountersClient one = CountersClient.of(node, "one");
      CountersClient two = CountersClient.of(node, "two");
      JournalClient journal = JournalClient.of(node, "one");
      if (run > 1) {
        assertThat(two.value()).as("cold").isEqualTo(10L * (run - 1));
      }
      one.add(1);
      one.addAsync(1).join();
      two.add(10);
      assertThat(journal.append("s", run).position()).isEqualTo(run);
      assertThat(one.value()).isEqualTo(2L * run);
      assertThat(two.value()).isEqualTo(10L * run);
      assertThat(journal.report().faults()).isEmpty();
      cluster.restart();
    }
    cluster.keys().assertOnlyIdleEntities();
  }

  @Test
  @Durable
  void whatIsQueuedSurvives() {
    Dgen sender = cluster.node();
    for (int sequence = 1; sequence <= 10; sequence++) {
      JournalClient.of(sender, "j").note("s", sequence);
    }
    cluster.restart();
    JournalClient journal = JournalClient.of(cluster.host(JournalServer.of()), "j");
    assertThat(journal.append("s", 11).position()).isEqualTo(11);
    assertThat(journal.report().faults()).isEmpty();
  }

  /** On its owner, and from a node that only sends. */
  @Test
  @Durable
  void aBatchIsDurableWhenItReturns() {
    Consumer<JournalClient.Batch> batch =
        notes -> LongStream.rangeClosed(1, 10).forEach(i -> notes.note("s", i));
    JournalClient.of(cluster.node(), "far").castAll(batch);
    JournalClient.of(cluster.host(JournalServer.of()), "near").castAll(batch);
    cluster.restart();
    Dgen host = cluster.host(JournalServer.of());
    for (String id : List.of("far", "near")) {
      Journal.Summary summary = JournalClient.of(host, id).report();
      assertThat(summary.faults()).isEmpty();
      assertThat(summary.position()).isEqualTo(10);
    }
  }

  @Test
  void anotherThreadReadsWhatWasAcknowledged() throws Exception {
    Dgen host = cluster.host(CountersServer.of());
    Dgen sender = cluster.node();
    for (int i = 1; i <= 50; i++) {
      long expected = i;
      CountersClient.of(i % 2 == 0 ? host : sender, "c").add(1);
      Dgen other = i % 4 < 2 ? host : sender;
      Threads.run(
          1, thread -> assertThat(CountersClient.of(other, "c").value()).isEqualTo(expected));
    }
  }

  @Test
  void twoServersWithOneIdAreTwoEntities() {
    Dgen node = cluster.host(CountersServer.of(), JournalServer.of());
    CountersClient.of(node, "same").add(5);
    assertThat(JournalClient.of(node, "same").append("s", 1).position()).isEqualTo(1);
    assertThat(CountersClient.of(node, "same").value()).isEqualTo(5);
  }

  @Test
  void twoRootsAreTwoWorlds() {
    Dgen one = cluster.host(CountersServer.of());
    Dgen two =
        cluster
            .node(options -> options.toBuilder().root("other").build())
            .host(CountersServer.of());
    CountersClient.of(one, "c").add(1);
    CountersClient.of(two, "c").add(2);
    assertThat(CountersClient.of(one, "c").value()).isEqualTo(1);
    assertThat(CountersClient.of(two, "c").value()).isEqualTo(2);
  }
}
