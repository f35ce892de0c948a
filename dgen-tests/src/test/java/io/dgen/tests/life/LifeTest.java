package io.dgen.tests.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.CallbackException;
import io.dgen.error.DeadLetterException;
import io.dgen.error.EntityKilledException;
import io.dgen.error.EntityStoppedException;
import io.dgen.error.NotHostedException;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.Held;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Doorman;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.servers.Foreman;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.Runs;
import io.dgen.tests.servers.ScriptedClient;
import io.dgen.tests.servers.ScriptedInitClient;
import io.dgen.tests.servers.ScriptedInitServer;
import io.dgen.tests.servers.ScriptedServer;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The life of an entity: init, restart, reset, kill, stop. */
class LifeTest extends OnEveryStore {

  private final Foreman foreman = new Foreman();

  private Dgen host() {
    return cluster.host(WorkshopServer.of(foreman));
  }

  @Test
  void anEmptyStateIsStoredToo() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    assertThat(workshop.done()).isEmpty();
    assertThat(cluster.keys().of(KeyKind.META)).hasSize(1);
    assertThat(cluster.keys().of(KeyKind.STATE)).isNotEmpty();
  }

  @Test
  void killLeavesNoKey() {
    Dgen host =
        cluster.node(options -> options.toBuilder().failures(it -> it.lockedThreshold(1)).build());
    host.host(WorkshopServer.of(foreman));
    WorkshopClient workshop = WorkshopClient.of(host, "w");
    workshop.add("a");
    assertThat(workshop.build("b")).isEqualTo("made b");
    foreman.fail("bad", 1);
    assertThatThrownBy(() -> workshop.build("bad")).isInstanceOf(DeadLetterException.class);
    assertThat(workshop.entity().deadLetters().length()).isOne();
    workshop.entity().kill();
    assertGone();
    workshop.add("c");
    assertThat(workshop.done()).containsExactly("c");
  }

  /** The kill has found the queue empty, and is about to clear the keys of the entity. */
  @Test
  void whatIsSentWhileAKillClearsTheLastKeysIsNotLost() {
    AtomicInteger kills = new AtomicInteger();
    Held last = new Held(commit -> commit.writes(KeyKind.KILLED) && kills.incrementAndGet() == 2);
    Dgen owner = cluster.node(new FaultyStore(cluster.store()).plan(last), options -> options);
    owner.host(WorkshopServer.of(foreman));
    WorkshopClient workshop = WorkshopClient.of(owner, "w");
    workshop.add("a");
    CompletableFuture<Void> killed = CompletableFuture.runAsync(workshop.entity()::kill);
    last.awaitOne();
    WorkshopClient.of(cluster.node(), "w").add("b");
    last.release();
    killed.join();
    assertThat(workshop.done()).containsExactly("b");
  }

  @Test
  void killOfWhatIsNotThere() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    workshop.entity().kill();
    assertGone();
    WorkshopClient.of(cluster.node(), "w").entity().kill();
    assertGone();
  }

  @Test
  void killEndsLockQueueAndCallersWhereverTheyAre() {
    Dgen owner = host();
    WorkshopClient near = WorkshopClient.of(owner, "w");
    WorkshopClient far = WorkshopClient.of(cluster.node(), "w");
    foreman.doorman().hold("x");
    CompletableFuture<String> locking = near.buildAsync("x");
    foreman.doorman().awaitArrival("x");
    near.add("acknowledged");
    CompletableFuture<String> queuedNear = near.sayAsync("near");
    CompletableFuture<String> queuedFar = far.sayAsync("far");
    await().until(() -> far.entity().queueLength() >= 4);
    WorkshopClient.of(cluster.node(), "w").entity().kill();
    for (CompletableFuture<String> waiting : List.of(locking, queuedNear, queuedFar)) {
      assertThatThrownBy(waiting::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(EntityKilledException.class)
          .hasMessageContaining("Workshop(\"w\") was killed");
    }
    assertGone();
    // The lock went with the entity: what its holder comes to is dropped.
    near.add("new");
    foreman.doorman().letIn("x");
    assertThat(near.say("next")).isEqualTo("said next");
    await().untilAsserted(() -> assertThat(near.done()).containsExactly("new", "next"));
  }

  @Test
  void aCallAfterAKillFromAnotherNodeRunsInTheNextEntity() {
    Dgen owner = host();
    WorkshopClient near = WorkshopClient.of(owner, "w");
    WorkshopClient far = WorkshopClient.of(cluster.node(), "w");
    for (int i = 0; i < 10; i++) {
      near.add("old");
      far.entity().kill();
      assertThat(far.say("a")).isEqualTo("said a");
      assertThat(near.done()).containsExactly("a");
    }
  }

  @Test
  void killOfALongQueueWithLargeMessages() {
    Dgen owner = host();
    WorkshopClient workshop = WorkshopClient.of(owner, "w");
    foreman.doorman().hold("x");
    workshop.paint("x");
    foreman.doorman().awaitArrival("x");
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      sent.add(workshop.addAsync("m" + i));
    }
    for (int i = 0; i < 5; i++) {
      sent.add(workshop.addAsync("x".repeat(350_000)));
    }
    sent.forEach(CompletableFuture::join);
    CompletableFuture<String> last = workshop.sayAsync("last");
    workshop.entity().kill();
    assertThatThrownBy(last::join).cause().isInstanceOf(EntityKilledException.class);
    assertGone();
    foreman.doorman().letIn("x");
    workshop.add("new");
    assertThat(workshop.done()).containsExactly("new");
  }

  /** Each message is either before the kill, or in the new entity: none is in both or lost. */
  @Test
  void killWhileOthersSend() throws InterruptedException {
    Dgen owner = host();
    Dgen other = cluster.node();
    WorkshopClient killer = WorkshopClient.of(owner, "w");
    List<String> all = IntStream.range(0, 200).mapToObj(i -> "m" + i).toList();
    Thread sender =
        Thread.startVirtualThread(
            () -> {
              WorkshopClient far = WorkshopClient.of(other, "w");
              all.forEach(far::add);
            });
    for (int i = 0; i < 20; i++) {
      killer.entity().kill();
    }
    sender.join();
    StoredKeys.awaitIdle(cluster::keys);
    List<String> left = killer.done();
    // What is left is the end of what was sent, whole and in order.
    assertThat(left).isEqualTo(all.subList(all.size() - left.size(), all.size()));
    killer.entity().kill();
    assertGone();
  }

  @Test
  void killTakesWhatThisNodeSentBeforeAndLeavesWhatItSendsAfter() {
    Doorman doorman = new Doorman();
    GateClient gate = GateClient.of(cluster.host(GateServer.of(doorman)), "g");
    doorman.hold("slow");
    CompletableFuture<Void> slow = gate.priority().passAsync("slow");
    doorman.awaitArrival("slow");
    CompletableFuture<Void> before = gate.priority().passAsync("a");
    CompletableFuture<Void> waiting = gate.passAsync("b");
    CompletableFuture<Void> killed = gate.entity().killAsync();
    CompletableFuture<Void> after = gate.priority().passAsync("c");
    CompletableFuture<Void> last = gate.passAsync("d");
    doorman.letIn("slow");
    CompletableFuture.allOf(slow, killed, after, last).join();
    assertThatThrownBy(before::join).cause().isInstanceOf(EntityKilledException.class);
    assertThatThrownBy(waiting::join).cause().isInstanceOf(EntityKilledException.class);
    assertThat(gate.passed()).containsExactly("c", "d");
  }

  @Test
  void resetBeginsAnewAndDropsWhatWaited() {
    Dgen owner = host();
    WorkshopClient workshop = WorkshopClient.of(owner, "w");
    workshop.add("a");
    foreman.doorman().hold("x");
    workshop.paint("x");
    foreman.doorman().awaitArrival("x");
    workshop.add("b");
    CompletableFuture<String> waiting = workshop.sayAsync("c");
    await().until(() -> workshop.entity().queueLength() == 3);
    workshop.entity().reset();
    assertThatThrownBy(waiting::join).cause().isInstanceOf(EntityKilledException.class);
    assertThat(workshop.entity().queueLength()).isZero();
    assertThat(cluster.keys().of(KeyKind.STATE)).isNotEmpty();
    assertThat(workshop.done()).isEmpty();
    foreman.doorman().letIn("x");
    workshop.add("d");
    assertThat(workshop.done()).containsExactly("d");
  }

  @Test
  void resetWhoseInitFailsChangesNothing() {
    Runs runs = new Runs();
    FlakyClient flaky = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    flaky.hint("a", false);
    runs.initFails(true);
    assertThatThrownBy(flaky.entity()::reset)
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("init of Flaky(\"f\") failed")
        .hasMessageContaining("no state today");
    assertThat(flaky.done()).containsExactly("a");
  }

  @Test
  void resetNeedsTheServer() {
    host();
    assertThatThrownBy(() -> WorkshopClient.of(cluster.node(), "w").entity().reset())
        .isInstanceOf(NotHostedException.class)
        .hasMessageContaining("WorkshopServer.of()");
  }

  @Test
  void stopWithAndWithoutAReply() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    assertThat(workshop.quit("enough", false, true)).isEqualTo("bye");
    assertThatThrownBy(() -> workshop.quit("enough", false, false))
        .isInstanceOf(EntityStoppedException.class)
        .hasMessage("Quit stopped Workshop(\"w\"): normal");
    assertThatThrownBy(() -> workshop.quit("broken", true, false))
        .isInstanceOf(EntityStoppedException.class)
        .hasMessage("Quit stopped Workshop(\"w\"): broken");
    // Its effects are committed, and the next message loads it again.
    assertThat(workshop.done()).containsExactly("quit", "quit", "quit");
    WorkshopClient far = WorkshopClient.of(cluster.node(), "w");
    assertThatThrownBy(() -> far.quit("broken", true, false))
        .isInstanceOf(EntityStoppedException.class)
        .hasMessage("Quit stopped Workshop(\"w\"): broken");
  }

  @Test
  void stopWithActionsAndMessagesBehindIt() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    List<CompletableFuture<Void>> sent =
        List.of(workshop.addAsync("a"), workshop.leaveAsync("why", false), workshop.addAsync("b"));
    sent.forEach(CompletableFuture::join);
    assertThat(workshop.done()).containsExactly("a", "left", "b");
    await().until(() -> !foreman.acted().isEmpty());
    assertThat(foreman.acted().getFirst()).startsWith("after why on ");
  }

  @Test
  void closeFinishesWhatIsUnderWay() {
    Dgen node = host();
    WorkshopClient workshop = WorkshopClient.of(node, "w");
    foreman.doorman().hold("x");
    CompletableFuture<String> built = workshop.buildAsync("x");
    foreman.doorman().awaitArrival("x");
    Thread closing = Thread.startVirtualThread(node::close);
    foreman.doorman().letIn("x");
    assertThat(built.join()).isEqualTo("made x");
    await().until(() -> !closing.isAlive());
    assertThat(cluster.keys().of(KeyKind.LOCK)).isEmpty();
  }

  /** Nothing of any entity is left, and no work. */
  private void assertGone() {
    StoredKeys keys = cluster.keys();
    Arrays.stream(KeyKind.values())
        .filter(KeyKind::isOfEntity)
        .forEach(kind -> assertThat(keys.of(kind)).as(kind.name()).isEmpty());
    assertThat(keys.of(KeyKind.READY)).isEmpty();
  }

  @Test
  void whatInitSendsToItselfOutlivesTheReset() {
    Dgen node =
        cluster.host(
            ScriptedInitServer.of(
                context ->
                    ScriptedInitClient.in(context, context.id()).note("of " + context.id())));
    ScriptedInitClient scriptedInit = ScriptedInitClient.of(node, "f");
    scriptedInit.note("old");
    await().untilAsserted(() -> assertThat(scriptedInit.got()).containsExactly("old", "of f"));
    scriptedInit.entity().reset();
    await().untilAsserted(() -> assertThat(scriptedInit.got()).containsExactly("of f"));
  }

  @Test
  void initDoesNotRunForWhatWasKilledUntilAMessageComes() {
    List<String> made = new CopyOnWriteArrayList<>();
    Dgen owner =
        cluster.host(
            ScriptedInitServer.of(
                context -> {
                  made.add(context.id());
                  ScriptedClient.in(context, "register").note(context.id());
                }),
            ScriptedServer.of((script, context) -> script));
    ScriptedInitClient.of(owner, "f").note("a");
    // The node that kills it stands still, and the owner finds what is left to be done.
    Held held = new Held(commit -> commit.writes(KeyKind.KILLED) && !commit.writes(KeyKind.STATE));
    ScriptedInitClient far =
        ScriptedInitClient.of(
            cluster.node(new FaultyStore(cluster.store()).plan(held), options -> options), "f");
    CompletableFuture<Void> kill = CompletableFuture.runAsync(far.entity()::kill);
    await()
        .until(
            () -> cluster.keys().of(KeyKind.META).stream().noneMatch(key -> key.contains("\"f\"")));
    held.release();
    kill.join();
    assertThat(ScriptedClient.of(owner, "register").got()).containsExactly("f");
    cluster.closeNodes();
    assertThat(made).containsExactly("f");
  }
}
