package io.dgen.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.Doorman;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.Journal.Receipt;
import io.dgen.tests.servers.Journal.Summary;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** 64 threads: every message exactly once, every sender's order kept, each call its own reply. */
class ConcurrencyTest extends OnEveryStore {

  private static final int THREADS = 64;

  @Test
  void callsToOneEntityFromItsOwner() throws Exception {
    callsToOneEntity(List.of(cluster.host(JournalServer.of())), 50);
  }

  @Test
  void callsToOneEntityFromThreeNodes() throws Exception {
    callsToOneEntity(
        List.of(cluster.host(JournalServer.of()), cluster.host(JournalServer.of()), cluster.node()),
        10);
  }

  private void callsToOneEntity(List<Dgen> nodes, int perThread) throws Exception {
    Set<Long> positions = ConcurrentHashMap.newKeySet();
    Threads.run(
        THREADS,
        thread -> {
          JournalClient journal = JournalClient.of(nodes.get(thread % nodes.size()), "j");
          for (int sequence = 1; sequence <= perThread; sequence++) {
            Receipt receipt = journal.append("s" + thread, sequence);
            assertOwn(receipt, thread, sequence);
            positions.add(receipt.position());
          }
        });
    assertThat(positions).hasSize(THREADS * perThread);
    assertComplete(JournalClient.of(nodes.getFirst(), "j").report(), THREADS, perThread);
    assertClean();
  }

  @Test
  void asyncCallsToOneEntityFromItsOwner() throws Exception {
    asyncToOneEntity(List.of(cluster.host(JournalServer.of())), 200);
  }

  @Test
  void asyncCallsToOneEntityFromThreeNodes() throws Exception {
    asyncToOneEntity(
        List.of(cluster.host(JournalServer.of()), cluster.host(JournalServer.of()), cluster.node()),
        50);
  }

  private void asyncToOneEntity(List<Dgen> nodes, int perThread) throws Exception {
    Threads.run(
        THREADS,
        thread -> {
          JournalClient journal = JournalClient.of(nodes.get(thread % nodes.size()), "j");
          List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
          List<CompletableFuture<Void>> notes = new ArrayList<>();
          for (int sequence = 1; sequence <= perThread; sequence++) {
            if (sequence % 3 == 0) {
              notes.add(journal.noteAsync("s" + thread, sequence));
            } else {
              receipts.add(journal.appendAsync("s" + thread, sequence));
            }
          }
          int at = 0;
          for (int sequence = 1; sequence <= perThread; sequence++) {
            if (sequence % 3 != 0) {
              assertOwn(receipts.get(at++).join(), thread, sequence);
            }
          }
          notes.forEach(CompletableFuture::join);
        });
    assertComplete(JournalClient.of(nodes.getFirst(), "j").report(), THREADS, perThread);
    assertClean();
  }

  @Test
  void syncAndAsyncOfOneSenderKeepTheirOrder() throws Exception {
    List<Dgen> nodes = List.of(cluster.host(JournalServer.of()), cluster.node());
    int perThread = 60;
    Threads.run(
        16,
        thread -> {
          JournalClient journal = JournalClient.of(nodes.get(thread % 2), "j");
          for (int sequence = 1; sequence <= perThread; sequence++) {
            if (sequence % 10 == 0) {
              assertOwn(journal.append("s" + thread, sequence), thread, sequence);
            } else if (sequence % 10 == 5) {
              journal.note("s" + thread, sequence);
            } else {
              CompletableFuture<Void> unused = journal.noteAsync("s" + thread, sequence);
            }
          }
        });
    assertComplete(JournalClient.of(nodes.getFirst(), "j").report(), 16, perThread);
    assertClean();
  }

  @Test
  void thousandEntitiesOnTwoNodes() throws Exception {
    int entities = 1000;
    List<Dgen> nodes =
        List.of(cluster.host(JournalServer.of()), cluster.host(JournalServer.of()), cluster.node());
    Threads.run(
        THREADS,
        thread -> {
          Dgen node = nodes.get(thread % nodes.size());
          List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
          List<CompletableFuture<Void>> notes = new ArrayList<>();
          // Each thread is a sender of every 16th entity, so that each entity has four senders.
          for (int entity = thread % 16; entity < entities; entity += 16) {
            JournalClient journal = JournalClient.of(node, "j" + entity);
            notes.add(journal.noteAsync("s" + thread, 1));
            receipts.add(journal.appendAsync("s" + thread, 2));
          }
          receipts.forEach(receipt -> assertOwn(receipt.join(), thread, 2));
          notes.forEach(CompletableFuture::join);
        });
    for (int entity = 0; entity < entities; entity++) {
      Summary summary = JournalClient.of(nodes.getFirst(), "j" + entity).report();
      assertThat(summary.faults()).isEmpty();
      assertThat(summary.position()).isEqualTo(8);
      assertThat(summary.last())
          .hasSize(4)
          .allSatisfy((sender, last) -> assertThat(last).isEqualTo(2));
    }
    assertClean();
  }

  @Test
  void withoutCacheAndWithFewActivations() throws Exception {
    Dgen node = cluster.node(options -> options.toBuilder().cache(false).maxActivations(1).build());
    node.host(JournalServer.of());
    Threads.run(
        8,
        thread -> {
          for (int sequence = 1; sequence <= 20; sequence++) {
            for (int entity = 0; entity < 5; entity++) {
              JournalClient.of(node, "j" + entity).append("s" + thread, sequence);
            }
          }
        });
    for (int entity = 0; entity < 5; entity++) {
      assertComplete(JournalClient.of(node, "j" + entity).report(), 8, 20);
    }
    assertClean();
  }

  /** A queue that is longer than a round does not keep the owner's own senders waiting for ever. */
  @Test
  void theLaneTakesItsPlaceBehindALongQueue() throws Exception {
    Dgen sender = cluster.node();
    List<CompletableFuture<Void>> queued = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      queued.add(GateClient.of(sender, "g").passAsync("m" + i));
    }
    queued.forEach(CompletableFuture::join);
    Doorman doorman = new Doorman().hold("m0").hold("m1400");
    Dgen host = cluster.host(GateServer.of(doorman));
    doorman.awaitArrival("m0");
    CompletableFuture<Void> own = GateClient.of(host, "g").passAsync("own");
    doorman.letIn("m0");
    // Acknowledged while most of the queue is before it: it is in the queue too.
    own.get(30, TimeUnit.SECONDS);
    assertThat(GateClient.of(host, "g").entity().queueLength()).isPositive();
    doorman.letIn("m1400");
    assertThat(GateClient.of(sender, "g").passed()).hasSize(1501).endsWith("own");
    assertClean();
  }

  @Test
  void messagesAreAppliedWhileOthersKeepArriving() {
    Dgen owner = cluster.host(CountersServer.of());
    CountersClient far = CountersClient.of(cluster.node(), "c");
    CountersClient reader = CountersClient.of(owner, "c").priority();
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    while (reader.value() == 0) {
      assertThat(sent).hasSizeLessThan(20_000);
      sent.add(far.addAsync(1));
    }
    sent.forEach(CompletableFuture::join);
    await().until(() -> reader.value() == sent.size());
  }

  private static void assertOwn(Receipt receipt, int thread, int sequence) {
    assertThat(receipt.sender()).isEqualTo("s" + thread);
    assertThat(receipt.sequence()).isEqualTo(sequence);
  }

  private static void assertComplete(Summary summary, int senders, long perSender) {
    assertThat(summary.faults()).isEmpty();
    assertThat(summary.position()).isEqualTo(senders * perSender);
    assertThat(summary.last())
        .hasSize(senders)
        .allSatisfy((sender, last) -> assertThat(last).isEqualTo(perSender));
  }

  private void assertClean() {
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }
}
