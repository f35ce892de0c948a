package io.dgen.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.DgenClosedException;
import io.dgen.error.DgenException;
import io.dgen.generated.EntityRef;
import io.dgen.generated.MessageCodec;
import io.dgen.store.memory.MemoryStore;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.ForwardingCodec;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.RecordingStore;
import io.dgen.tests.harness.RecordingStore.Use;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.Counters;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersMessage;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.Doorman;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.Journal;
import io.dgen.tests.servers.Journal.Receipt;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import io.dgen.tests.servers.Runs;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Nodes come, host, and go. */
public class HostingTest extends OnEveryStore {

  @Test
  void aNodeThatOnlySends() {
    cluster.host(JournalServer.of());
    JournalClient journal = JournalClient.of(cluster.node(), "j");
    journal.note("s", 1);
    assertThat(journal.append("s", 2).position()).isEqualTo(2);
    assertClean();
  }

  @Test
  void aNodeThatOnlySendsWatchesItsMailboxAlone() {
    cluster.host(JournalServer.of());
    RecordingStore store = new RecordingStore(cluster.store());
    Dgen sender = cluster.node(store, options -> options);
    for (int entity = 0; entity < 50; entity++) {
      JournalClient journal = JournalClient.of(sender, "j" + entity);
      journal.note("s", 1);
      assertThat(journal.append("s", 2).position()).isEqualTo(2);
    }
    assertThat(store.kinds(Use.WATCH)).containsExactly(KeyKind.MAIL);
    assertThat(Set.copyOf(store.keys(Use.WATCH, KeyKind.MAIL))).hasSize(1);
    assertThat(store.kinds(Use.READ_RANGE)).containsOnly(KeyKind.NODE, KeyKind.REPLY);
    assertClean();
  }

  @Test
  void aCallOnItsOwnerTouchesNeitherQueueNorMailbox() {
    RecordingStore store = new RecordingStore(cluster.store());
    Dgen owner = cluster.node(store, options -> options).host(JournalServer.of());
    JournalClient journal = JournalClient.of(owner, "j");
    journal.append("s", 1);
    store.forget();
    for (int sequence = 2; sequence <= 50; sequence++) {
      assertThat(journal.append("s", sequence).position()).isEqualTo(sequence);
    }
    assertThat(store.kinds(Use.WRITE))
        .contains(KeyKind.META, KeyKind.STATE, KeyKind.RECEIPT)
        .doesNotContain(
            KeyKind.QUEUE,
            KeyKind.PUSHED,
            KeyKind.READY,
            KeyKind.BUMP,
            KeyKind.REPLY,
            KeyKind.MAIL);
    assertThat(store.kinds(Use.READ_RANGE)).doesNotContain(KeyKind.QUEUE, KeyKind.REPLY);
    assertClean();
  }

  @Test
  void hostingAfterMessagesWereQueued() {
    Dgen node = cluster.node();
    for (int entity = 0; entity < 20; entity++) {
      for (int sequence = 1; sequence <= 5; sequence++) {
        JournalClient.of(node, "j" + entity).note("s", sequence);
      }
      assertThat(JournalClient.of(node, "j" + entity).entity().queueLength()).isEqualTo(5);
    }
    node.host(JournalServer.of());
    StoredKeys.awaitIdle(cluster::keys);
    for (int entity = 0; entity < 20; entity++) {
      Journal.Summary summary = JournalClient.of(node, "j" + entity).report();
      assertThat(summary.faults()).isEmpty();
      assertThat(summary.position()).isEqualTo(5);
    }
    assertClean();
  }

  @Test
  void twiceTheSameName() {
    Dgen node = cluster.host(JournalServer.of());
    assertThatThrownBy(() -> node.host(JournalServer.of()))
        .isInstanceOf(DgenException.class)
        .hasMessageContaining("Journal")
        .hasMessageContaining("already hosted here");
    assertThat(JournalClient.of(node, "j").append("s", 1).position()).isEqualTo(1);
  }

  @Test
  void oneOfTwoHostsClosesUnderLoad() throws Exception {
    Dgen stays = cluster.host(JournalServer.of());
    Dgen leaves = cluster.host(JournalServer.of());
    Dgen sender = cluster.node();
    AtomicBoolean half = new AtomicBoolean();
    Threads.run(
        9,
        thread -> {
          if (thread == 8) {
            await().untilTrue(half);
            leaves.close();
            return;
          }
          JournalClient journal = JournalClient.of(thread % 2 == 0 ? sender : stays, "j" + thread);
          for (int sequence = 1; sequence <= 100; sequence += 2) {
            journal.note("s", sequence);
            assertThat(journal.append("s", sequence + 1).sequence()).isEqualTo(sequence + 1);
            if (sequence > 50) {
              half.set(true);
            }
          }
        });
    for (int entity = 0; entity < 8; entity++) {
      Journal.Summary summary = JournalClient.of(stays, "j" + entity).report();
      assertThat(summary.faults()).isEmpty();
      assertThat(summary.position()).isEqualTo(100);
    }
    assertClean();
  }

  @Test
  void closingFinishesWhatHasBegun() {
    Doorman doorman = new Doorman().hold("first");
    Dgen node = cluster.host(GateServer.of(doorman));
    GateClient gate = GateClient.of(node, "g");
    CompletableFuture<String> first = gate.askAsync("first");
    doorman.awaitArrival("first");
    CompletableFuture<String> second = gate.askAsync("second");
    CompletableFuture<Void> closed = CompletableFuture.runAsync(node::close);
    // Of another entity: a call of the held one that comes before the close would wait for it.
    GateClient other = GateClient.of(node, "other");
    await()
        .untilAsserted(
            () -> assertThatThrownBy(other::passed).isInstanceOf(DgenClosedException.class));
    doorman.letIn("first");
    assertThat(first.join()).isEqualTo("hello first");
    assertThat(second.join()).isEqualTo("hello second");
    closed.join();
    assertClean();
  }

  @Test
  void closingGivesUpWhatDoesNotEnd() {
    Doorman doorman = new Doorman().hold("first");
    Dgen node =
        cluster.node(options -> options.toBuilder().closeTimeout(Duration.ofMillis(50)).build());
    node.host(GateServer.of(doorman));
    CompletableFuture<String> first = GateClient.of(node, "g").askAsync("first");
    doorman.awaitArrival("first");
    node.close();
    assertThatThrownBy(first::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(DgenClosedException.class)
        .hasMessageContaining("Gate(\"g\")");
    doorman.letIn("first");
  }

  /** Its receipt would belong to a node that nobody knows of any more, and stay for ever. */
  @Test
  void aCallbackThatEndsWhenItsNodeHasLeftChangesNothing() {
    Doorman doorman = new Doorman().hold("late");
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen node =
        cluster.node(
            store, options -> options.toBuilder().closeTimeout(Duration.ofMillis(50)).build());
    node.host(GateServer.of(doorman));
    CompletableFuture<Void> late = GateClient.of(node, "g").passAsync("late");
    doorman.awaitArrival("late");
    node.close();
    assertThatThrownBy(late::join).cause().isInstanceOf(DgenClosedException.class);
    doorman.letIn("late");
    await().until(() -> store.open() == 0);
    assertThat(cluster.keys().of(KeyKind.RECEIPT)).isEmpty();
    assertThat(GateClient.of(cluster.host(GateServer.of(doorman)), "g").passed()).isEmpty();
    assertClean();
  }

  @Test
  void callsThatWaitInTheQueueFailWhenTheirNodeCloses() {
    Dgen sender = cluster.node();
    CompletableFuture<Receipt> call = JournalClient.of(sender, "j").appendAsync("s", 1);
    await().until(() -> JournalClient.of(sender, "j").entity().queueLength() == 1);
    sender.close();
    assertThatThrownBy(call::join)
        .cause()
        .isInstanceOf(DgenClosedException.class)
        .hasMessageContaining("queue");
    // The message is executed all the same, and its reply, which nobody waits for, leaves no key.
    Dgen host = cluster.host(JournalServer.of());
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(JournalClient.of(host, "j").report().position()).isEqualTo(1);
    assertClean();
  }

  @Test
  void aClosedNodeSaysSo() {
    Dgen node = cluster.host(FlakyServer.of(new Runs()), CountersServer.of());
    CountersClient counter = CountersClient.of(node, "c");
    counter.add(1);
    node.close();
    node.close();
    List<ThrowingCallable> uses =
        List.of(
            () -> counter.add(1),
            counter::value,
            counter.entity()::queueLength,
            () -> FlakyClient.of(node, "f").hint("a", false),
            () -> node.host(JournalServer.of()));
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use)
          .isInstanceOf(DgenClosedException.class)
          .hasMessageContaining("closed");
    }
    assertThat(counter.addAsync(1))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(DgenClosedException.class);
  }

  @Test
  void closingGivesUpAnInfoMessageThatDoesNotEnd() {
    Runs runs = new Runs();
    runs.doorman().hold("stuck");
    Dgen node =
        cluster.node(options -> options.toBuilder().closeTimeout(Duration.ofMillis(50)).build());
    node.host(FlakyServer.of(runs));
    CompletableFuture<Void> stuck = FlakyClient.of(node, "f").hintAsync("stuck", false);
    runs.doorman().awaitArrival("stuck");
    node.close();
    assertThatThrownBy(() -> stuck.get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(DgenClosedException.class)
        .hasMessageContaining("Flaky(\"f\")");
    runs.doorman().letIn("stuck");
  }

  @Test
  void closingAgainMeanwhileDoesNotHurryTheFirst() throws Exception {
    Doorman doorman = new Doorman().hold("first");
    Dgen node = Dgen.open(MemoryStore.open(), Cluster.OPTIONS.toBuilder().closeStore(true).build());
    node.host(GateServer.of(doorman));
    GateClient gate = GateClient.of(node, "g");
    CompletableFuture<String> first = gate.askAsync("first");
    doorman.awaitArrival("first");
    CompletableFuture<Void> closed = CompletableFuture.runAsync(node::close);
    GateClient other = GateClient.of(node, "other"); // As above.
    await()
        .untilAsserted(
            () -> assertThatThrownBy(other::passed).isInstanceOf(DgenClosedException.class));
    node.close();
    doorman.letIn("first");
    assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo("hello first");
    closed.get(30, TimeUnit.SECONDS);
  }

  @Test
  void anInterruptedThreadClosesAllTheSame() {
    Doorman doorman = new Doorman().hold("first");
    Dgen node =
        cluster.node(options -> options.toBuilder().closeTimeout(Duration.ofMillis(50)).build());
    node.host(GateServer.of(doorman));
    CompletableFuture<String> first = GateClient.of(node, "g").askAsync("first");
    doorman.awaitArrival("first");
    Thread.currentThread().interrupt();
    try {
      node.close();
    } finally {
      assertThat(Thread.interrupted()).as("the interrupt is not swallowed").isTrue();
    }
    assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(DgenClosedException.class);
    assertThat(cluster.keys().of(KeyKind.NODE)).isEmpty();
    doorman.letIn("first");
  }

  @Test
  public void aMessageThatIsSentWhileTheNodeClosesFails() {
    Dgen node = cluster.host(CountersServer.of());
    MessageCodec<CountersMessage> codec = CountersServer.of().messages();
    MessageCodec<CountersMessage> closing =
        new ForwardingCodec<>(codec) {
          @Override
          public CountersMessage freeze(CountersMessage message) {
            node.close();
            return message;
          }
        };
    CountersMessage message = new CountersMessage.Add(new Counters.Add(1));
    assertThatThrownBy(
            () ->
                EntityRef.of(node, "Counters", "c", closing)
                    .withTimeout(Duration.ofSeconds(60))
                    .castAsync(message)
                    .get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(DgenClosedException.class);
    assertThat(cluster.keys().of(KeyKind.RECEIPT)).isEmpty();
    assertThat(cluster.keys().of(KeyKind.QUEUE)).isEmpty();
  }

  private void assertClean() {
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }
}
