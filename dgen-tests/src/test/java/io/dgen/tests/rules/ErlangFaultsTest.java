package io.dgen.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.CallTimeoutException;
import io.dgen.DeadLetterException;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.Held;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.BuzzerClient;
import io.dgen.tests.servers.BuzzerServer;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.servers.Foreman;
import io.dgen.tests.servers.Runs;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The faults that running the Erlang library showed: none of them is here. */
class ErlangFaultsTest extends OnEveryStore {

  private final Foreman foreman = new Foreman();

  /** There, a call without a reply crashed the consumer behind its commit. */
  @Test
  void aCallWithoutAReplyOnTheOwner() {
    Dgen owner = cluster.host(BuzzerServer.of());
    BuzzerClient buzzer = BuzzerClient.of(owner, "b");
    CompletableFuture<String> asked = buzzer.askAsync("one");
    assertThat(buzzer.waiting()).isEqualTo(1);
    buzzer.press("done");
    assertThat(asked.join()).isEqualTo("one: done");
  }

  /** There, an empty first state was never written, and init ran again and again. */
  @Test
  void anEmptyFirstState() {
    Runs runs = new Runs();
    FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f").done();
    cluster.closeNodes();
    FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f").done();
    assertThat(runs.attempts("init")).hasSize(1);
  }

  /** There, the messages of the old queue came back. */
  @Test
  void resetDropsTheQueue() {
    WorkshopClient workshop = WorkshopClient.of(cluster.host(WorkshopServer.of(foreman)), "w");
    foreman.doorman().hold("x");
    workshop.paint("x");
    foreman.doorman().awaitArrival("x");
    workshop.add("old");
    workshop.reset();
    foreman.doorman().letIn("x");
    workshop.add("new");
    assertThat(workshop.done()).containsExactly("new");
  }

  /** There, it was stuck, and ran in the incarnation after. */
  @Test
  void aCallFromAnotherNodeBehindAKill() {
    Dgen owner = cluster.host(WorkshopServer.of(foreman));
    WorkshopClient far = WorkshopClient.of(cluster.node(), "w");
    far.add("old");
    WorkshopClient.of(owner, "w").kill();
    assertThat(far.say("new")).isEqualTo("said new");
    assertThat(far.done()).containsExactly("new");
  }

  /** There, a cast over 100 kB was acknowledged and lost, and a call went one way only. */
  @Test
  void messagesOverAHundredKilobytesOnEveryPath() {
    Dgen owner = cluster.host(WorkshopServer.of(foreman));
    WorkshopClient near = WorkshopClient.of(owner, "w");
    WorkshopClient far = WorkshopClient.of(cluster.node(), "w");
    List<String> sent = new ArrayList<>();
    for (WorkshopClient workshop : List.of(near, far, near.priority())) {
      String cast = "c".repeat(200_000) + sent.size();
      String call = "a".repeat(200_000) + sent.size();
      workshop.add(cast);
      assertThat(workshop.say(call)).isEqualTo("said " + call);
      sent.add(cast);
      sent.add(call);
    }
    assertThat(near.done()).isEqualTo(sent);
    assertThat(far.done()).isEqualTo(sent);
  }

  @Test
  void anInfiniteTimeout() {
    Dgen owner = cluster.host(WorkshopServer.of(foreman));
    Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
    assertThat(WorkshopClient.of(owner, "w").withTimeout(forEver).say("a")).isEqualTo("said a");
    assertThat(WorkshopClient.of(cluster.node(), "w").withTimeout(forEver).say("b"))
        .isEqualTo("said b");
  }

  @Test
  void aTimedOutCallLeavesNoReplyBehind() {
    cluster.host(WorkshopServer.of(foreman));
    WorkshopClient far = WorkshopClient.of(cluster.node(), "w");
    foreman.doorman().hold("x");
    far.paint("x");
    foreman.doorman().awaitArrival("x");
    assertThatThrownBy(() -> far.withTimeout(Duration.ofMillis(100)).say("late"))
        .isInstanceOf(CallTimeoutException.class);
    foreman.doorman().letIn("x");
    assertThat(far.done()).containsExactly("begin x", "made x", "late");
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(cluster.keys().of(KeyKind.REPLY)).isEmpty();
  }

  /** There, a cast was acknowledged while it was only in memory. */
  @Test
  void aCastIsDurableWhenItIsAcknowledged() {
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen owner = cluster.node(store, options -> options);
    owner.host(WorkshopServer.of(foreman));
    WorkshopClient workshop = WorkshopClient.of(owner, "w");
    workshop.add("a");
    Held held = new Held(commit -> commit.entities().contains("w"));
    store.plan(held);
    CompletableFuture<Void> cast = workshop.addAsync("b");
    held.awaitOne();
    assertThat(cast).isNotDone();
    held.release();
    cast.join();
    assertThat(workshop.done()).containsExactly("a", "b");
  }

  /** There, nothing was applied before the last of 20,000 messages was accepted. */
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

  /** There, it blocked its queue for ever, in a hot loop. */
  @Test
  void aMessageThatAlwaysThrows() {
    Dgen owner = cluster.node(options -> options.withDeadLetterThreshold(3));
    owner.host(FlakyServer.of(new Runs()));
    FlakyClient flaky = FlakyClient.of(owner, "f");
    assertThatThrownBy(() -> flaky.task("bad", Integer.MAX_VALUE))
        .isInstanceOf(DeadLetterException.class);
    assertThat(flaky.task("good", 0)).isEqualTo(1);
    assertThat(flaky.done()).containsExactly("good");
  }

  /** There, 300 calls gave 314 increments. */
  @Test
  void threeHundredCallsWhileCommitsHaveUnknownResults() {
    AtomicInteger commits = new AtomicInteger();
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit ->
                    CompletableFuture.completedFuture(
                        switch (commits.incrementAndGet() % 10) {
                          case 3 -> Fate.UNKNOWN_BUT_COMMITTED;
                          case 7 -> Fate.UNKNOWN_AND_NOT_COMMITTED;
                          default -> Fate.COMMIT;
                        }));
    Dgen owner = cluster.node(store, options -> options);
    owner.host(CountersServer.of());
    CountersClient counter = CountersClient.of(owner, "c");
    for (int i = 0; i < 300; i++) {
      counter.add(1);
    }
    assertThat(counter.value()).isEqualTo(300);
  }

  /** There, each server had a watch, and a store has 10,000. */
  @Test
  void moreThanTenThousandServersInOneProcess() {
    // They are served one after another, and a small cluster takes its time for so many.
    UnaryOperator<DgenOptions> patient = options -> options.withTimeout(Duration.ofMinutes(10));
    Dgen owner = cluster.node(patient);
    owner.host(CountersServer.of());
    Dgen sender = cluster.node(patient);
    for (Dgen node : List.of(owner, sender)) {
      List<CompletableFuture<Void>> sent = new ArrayList<>();
      for (int i = 0; i < 10_500; i++) {
        sent.add(CountersClient.of(node, "c" + i).addAsync(1));
      }
      sent.forEach(CompletableFuture::join);
    }
    List<CompletableFuture<Long>> values = new ArrayList<>();
    for (int i = 0; i < 10_500; i += 10) {
      // Behind what the same sender sent before.
      values.add(CountersClient.of(sender, "c" + i).valueAsync());
    }
    assertThat(values).allSatisfy(it -> assertThat(it.join()).isEqualTo(2));
  }

  /** There, a caller elsewhere got none when its call had gone through the queue. */
  @Test
  void aCallerOnAnotherNodeGetsItsReplyThroughTheQueue() {
    Dgen owner = cluster.host(WorkshopServer.of(foreman));
    WorkshopClient near = WorkshopClient.of(owner, "w");
    WorkshopClient far = WorkshopClient.of(cluster.node(), "w");
    foreman.doorman().hold("x");
    near.paint("x");
    foreman.doorman().awaitArrival("x");
    CompletableFuture<String> said = far.sayAsync("queued");
    await().until(() -> near.queueLength() == 2);
    foreman.doorman().letIn("x");
    assertThat(said.join()).isEqualTo("said queued");
  }
}
