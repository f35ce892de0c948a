package io.dgen.tests.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.CallTimeoutException;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.LookCounter;
import io.dgen.tests.harness.ManualEnvironment;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.Doorman;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.LateAnswersClient;
import io.dgen.tests.servers.LateAnswersServer;
import io.dgen.tests.servers.ScriptedClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Calls that take too long: the error says where the message is, and nothing is left behind. */
class TimeoutTest extends OnEveryStore {

  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void nobodyHosts() {
    ManualEnvironment time = new ManualEnvironment();
    Dgen sender = cluster.node(options -> options.toBuilder().environment(time).build());
    CountersClient counter = CountersClient.of(sender, "c");
    counter.add(1);
    CompletableFuture<Long> value = counter.withTimeout(SHORT).valueAsync();
    CountersClient elsewhere = CountersClient.of(cluster.node(), "c");
    await().until(() -> elsewhere.entity().queueLength() == 2);
    time.advance(SHORT, value);
    assertThatThrownBy(value::join)
        .hasCauseInstanceOf(CallTimeoutException.class)
        .hasMessageContaining("no reply to Value to Counters(\"c\") within 50 ms")
        .hasMessageContaining("it is in the entity's queue")
        .hasMessageContaining("not withdrawn");
    assertThat(elsewhere.entity().queueLength()).isEqualTo(2);

    cluster.host(CountersServer.of());
    assertThat(counter.value()).isEqualTo(1);
    assertClean();
  }

  @Test
  void theEntityIsBusy() {
    Doorman doorman = new Doorman().hold("first");
    GateClient gate = GateClient.of(cluster.host(GateServer.of(doorman)), "g");
    CompletableFuture<Void> first = gate.passAsync("first");
    doorman.awaitArrival("first");
    assertThatThrownBy(() -> gate.withTimeout(SHORT).ask("second"))
        .isInstanceOf(CallTimeoutException.class)
        .hasMessageContaining("no reply to Ask to Gate(\"g\")")
        .hasMessageContaining("it waited in this node's memory");
    assertThatThrownBy(() -> gate.withTimeout(SHORT).pass("third"))
        .isInstanceOf(CallTimeoutException.class)
        .hasMessageContaining("no acknowledgement to Pass");
    doorman.letIn("first");
    first.join();
    assertThat(gate.passed()).containsExactly("first", "second", "third");
    assertClean();
  }

  @Test
  void aLateReplyLeavesNoKey() {
    Doorman doorman = new Doorman().hold("late");
    Dgen host = cluster.host(GateServer.of(doorman));
    Dgen sender = cluster.node();
    GateClient gate = GateClient.of(sender, "g");
    assertThatThrownBy(() -> gate.withTimeout(SHORT).ask("late"))
        .isInstanceOf(CallTimeoutException.class);
    doorman.letIn("late");
    await().until(() -> GateClient.of(host, "g").passed().contains("late"));
    assertThat(gate.passed()).containsExactly("late");
    assertClean();
  }

  @Test
  void aReplyToANodeThatHasLeftLeavesNoKey() {
    Doorman doorman = new Doorman().hold("late");
    Dgen host = cluster.host(GateServer.of(doorman));
    Dgen sender = cluster.node();
    GateClient gate = GateClient.of(sender, "g");
    assertThatThrownBy(() -> gate.withTimeout(SHORT).ask("late"))
        .isInstanceOf(CallTimeoutException.class);
    doorman.awaitArrival("late");
    sender.close();
    doorman.letIn("late");
    assertThat(GateClient.of(host, "g").passed()).containsExactly("late");
    assertClean();
  }

  @Test
  void theReplyWasPutOff() {
    ManualEnvironment time = new ManualEnvironment();
    Dgen host =
        cluster
            .node(options -> options.toBuilder().environment(time).build())
            .host(LateAnswersServer.of());
    LateAnswersClient lateAnswers = LateAnswersClient.of(host, "b");
    CompletableFuture<String> reply = lateAnswers.askAsync("who?");
    await().until(() -> lateAnswers.waiting() == 1);
    // The store has a second then to say where the message is.
    time.advance(Cluster.OPTIONS.timeout(), reply);
    assertThatThrownBy(reply::join)
        .hasCauseInstanceOf(CallTimeoutException.class)
        .hasMessageContaining("it is in the entity's queue no longer: its callback has run");
  }

  /** This is when there is no memory to spare: what is read to word an error has a bound. */
  @Test
  void theLookAtALongQueueIsBounded() {
    LookCounter counter = new LookCounter(cluster.store());
    Dgen sender = cluster.node(counter, options -> options);
    ScriptedClient scripted = ScriptedClient.of(sender, "a");
    for (int i = 0; i < 10; i++) {
      scripted.castAll(batch -> IntStream.range(0, 20).forEach(n -> batch.carry(new byte[90_000])));
    }
    List<CompletableFuture<List<String>>> calls =
        Stream.generate(scripted.withTimeout(Duration.ofSeconds(1))::gotAsync).limit(20).toList();
    for (CompletableFuture<List<String>> call : calls) {
      assertThatThrownBy(call::join)
          .hasCauseInstanceOf(CallTimeoutException.class)
          .hasMessageContaining("it is in the entity's queue");
    }
    assertThat(counter.looks()).as("how many looked").isPositive();
    assertThat(counter.mostBytes()).as("bytes that one look read").isLessThan(3_000_000);
    assertThat(counter.mostAtOnce()).as("how many looked at the same time").isEqualTo(1);
  }

  @Test
  void aTimeoutIsPositive() {
    CountersClient counter = CountersClient.of(cluster.node(), "c");
    assertThatThrownBy(() -> counter.withTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
  }

  /** What hangs on a future is the user's code, and may block for as long as it likes. */
  @Test
  void acknowledgementsDoNotWaitForEachOther() throws Exception {
    Doorman doorman = new Doorman().hold("first");
    GateClient gate = GateClient.of(cluster.host(GateServer.of(doorman)), "g");
    CompletableFuture<Void> first = gate.passAsync("first");
    doorman.awaitArrival("first");
    // These wait in the lane and make one batch.
    CompletableFuture<String> second = gate.askAsync("second");
    CompletableFuture<String> third = gate.askAsync("third");
    CompletableFuture<Void> secondEnded = second.thenAccept(reply -> third.join());
    CompletableFuture<Void> thirdEnded = third.thenAccept(reply -> second.join());
    doorman.letIn("first");
    first.join();
    secondEnded.get(30, TimeUnit.SECONDS);
    thirdEnded.get(30, TimeUnit.SECONDS);
    assertThat(third.join()).isEqualTo("hello third");
  }

  @Test
  void timeoutsDoNotWaitForEachOther() throws Exception {
    CountersClient counter = CountersClient.of(cluster.node(), "c").withTimeout(SHORT);
    CountDownLatch released = new CountDownLatch(1);
    CompletableFuture<Long> first = counter.valueAsync();
    List<CompletableFuture<Long>> others = Stream.generate(counter::valueAsync).limit(9).toList();
    for (CompletableFuture<Long> call : others) {
      var unused = call.exceptionally(error -> Threads.waitFor(released, 0L));
    }
    var unused = first.exceptionally(error -> Threads.waitFor(released, 0L));
    try {
      await().until(() -> first.isDone() && others.stream().allMatch(CompletableFuture::isDone));
    } finally {
      released.countDown();
    }
  }

  private void assertClean() {
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }
}
