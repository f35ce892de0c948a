package io.dgen.tests.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.DgenException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Doorman;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.Journal;
import io.dgen.tests.servers.Journal.Receipt;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the threads of a caller may do, and how far it reaches. */
class CallerTest extends OnEveryStore {

  @Test
  void interruptingACaller() throws Exception {
    Doorman doorman = new Doorman().hold("slow");
    GateClient gate = GateClient.of(cluster.host(GateServer.of(doorman)), "g");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread caller =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    gate.ask("slow");
                  } catch (DgenException e) {
                    thrown.set(e);
                    flag.set(Thread.currentThread().isInterrupted());
                  }
                });
    doorman.awaitArrival("slow");
    caller.interrupt();
    caller.join();
    assertThat(thrown.get())
        .isInstanceOf(DgenException.class)
        .hasMessageContaining("interrupted")
        .hasMessageContaining("not withdrawn");
    assertThat(flag.get()).isTrue();
    doorman.letIn("slow");
    assertThat(gate.passed()).containsExactly("slow");
  }

  @Test
  void aContinuationThatBlocksHoldsNobodyUp() {
    Doorman doorman = new Doorman().hold("first");
    Dgen host = cluster.host(GateServer.of(doorman));
    for (Dgen node : List.of(host, cluster.node())) {
      GateClient gate = GateClient.of(node, "g" + node.equals(host));
      CompletableFuture<String> answer = gate.askAsync("first");
      doorman.awaitArrival("first");
      CountDownLatch blocked = new CountDownLatch(1);
      CompletableFuture<Void> stuck = answer.thenAccept(hello -> awaitUninterrupted(blocked));
      List<CompletableFuture<String>> sameRound = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        sameRound.add(gate.askAsync("next"));
      }
      doorman.letIn("first");
      for (CompletableFuture<String> next : sameRound) {
        assertThat(next.join()).isEqualTo("hello next");
      }
      assertThat(gate.ask("later")).isEqualTo("hello later");
      assertThat(stuck).isNotDone();
      blocked.countDown();
      stuck.join();
      doorman.hold("first");
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first continuation waits for the reply of another call of the same round. */
  @Test
  void aContinuationMayWaitForAnotherReplyOfItsRound() {
    Doorman doorman = new Doorman().hold("first");
    GateClient gate = GateClient.of(cluster.host(GateServer.of(doorman)), "g");
    CompletableFuture<Void> first = gate.passAsync("first");
    doorman.awaitArrival("first");
    CompletableFuture<CompletableFuture<String>> later = new CompletableFuture<>();
    CompletableFuture<String> both =
        gate.askAsync("a").thenApply(hello -> hello + ", " + later.join().join());
    later.complete(gate.askAsync("b"));
    doorman.letIn("first");
    first.join();
    assertThat(both.join()).isEqualTo("hello a, hello b");
  }

  @Test
  void hundredThousandCastsToOneEntity() {
    JournalClient journal = JournalClient.of(cluster.host(JournalServer.of()), "j");
    List<CompletableFuture<Void>> casts = new ArrayList<>();
    for (int sequence = 1; sequence <= 100_000; sequence++) {
      casts.add(journal.noteAsync("s", sequence));
    }
    casts.forEach(CompletableFuture::join);
    Journal.Summary summary = journal.report();
    assertThat(summary.faults()).isEmpty();
    assertThat(summary.position()).isEqualTo(100_000);
  }

  @Test
  void tenThousandCastsThroughTheQueueOfOneEntity() {
    cluster.host(JournalServer.of());
    JournalClient journal = JournalClient.of(cluster.node(), "j");
    for (int sequence = 1; sequence < 10_000; sequence++) {
      CompletableFuture<Void> unused = journal.noteAsync("s", sequence);
    }
    Receipt last = journal.append("s", 10_000);
    assertThat(last.position()).isEqualTo(10_000);
    assertThat(journal.report().faults()).isEmpty();
    StoredKeys.awaitIdle(cluster::keys);
  }

  @Test
  void aHotOrBlockedEntityDoesNotHoldOthersUp() throws Exception {
    Doorman doorman = new Doorman().hold("blocked");
    Dgen node = cluster.host(GateServer.of(doorman), JournalServer.of());
    List<CompletableFuture<Void>> stuck = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      stuck.add(GateClient.of(node, "g" + i).passAsync("blocked"));
    }
    CountDownLatch enough = new CountDownLatch(1);
    Thread hot =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  JournalClient journal = JournalClient.of(node, "hot");
                  for (long sequence = 1; enough.getCount() > 0; sequence += 100) {
                    List<CompletableFuture<Void>> notes = new ArrayList<>();
                    for (int i = 0; i < 100; i++) {
                      notes.add(journal.noteAsync("s", sequence + i));
                    }
                    notes.forEach(CompletableFuture::join);
                  }
                });
    await().until(() -> JournalClient.of(node, "hot").report().position() > 100);
    for (int i = 0; i < 100; i++) {
      assertThat(JournalClient.of(node, "cold" + i).append("s", 1).position()).isEqualTo(1);
    }
    enough.countDown();
    hot.join();
    assertThat(stuck).noneMatch(CompletableFuture::isDone);
    doorman.letIn("blocked");
    stuck.forEach(CompletableFuture::join);
    assertThat(JournalClient.of(node, "hot").report().faults()).isEmpty();
  }
}
