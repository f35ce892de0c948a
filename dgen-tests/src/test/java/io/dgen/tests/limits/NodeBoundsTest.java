package io.dgen.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Bounds;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.error.OverloadedException;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.ManualEnvironment;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.Crowd;
import io.dgen.tests.servers.Doorman;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.StateIdentity;
import io.dgen.tests.servers.StateIdentityClient;
import io.dgen.tests.servers.StateIdentityServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What one node uses however many entities there are: rounds at work, states and messages in
 * memory; and that nobody starves who waits.
 */
class NodeBoundsTest extends OnEveryStore {

  // States in memory.

  /** Counts the callbacks whose state was remembered. */
  private static final class Reader implements StateIdentity {

    private final Set<State> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private int remembered;

    @Override
    public synchronized void got(State state) {
      if (!seen.add(state)) {
        remembered++;
      }
    }

    @Override
    public synchronized void made(State state) {
      seen.add(state);
    }

    synchronized int remembered() {
      return remembered;
    }
  }

  private Dgen notebooks(Reader reader, long maxRememberedBytes) {
    Dgen node =
        cluster.node(options -> options.toBuilder().maxRememberedBytes(maxRememberedBytes).build());
    node.host(StateIdentityServer.of(reader));
    return node;
  }

  @Test
  void thoseUsedLastAreRemembered() {
    Reader reader = new Reader();
    Dgen node = notebooks(reader, 100_000);
    for (int i = 0; i < 50; i++) {
      StateIdentityClient.of(node, "n" + i).write("x".repeat(10_000));
    }
    for (int i = 49; i >= 40; i--) {
      assertThat(StateIdentityClient.of(node, "n" + i).length()).isEqualTo(10_000);
    }
    // Each has some bytes more than its text.
    assertThat(reader.remembered()).isBetween(5, 9);
    int before = reader.remembered();
    for (int i = 0; i < 40; i++) {
      assertThat(StateIdentityClient.of(node, "n" + i).length()).isEqualTo(10_000);
    }
    assertThat(reader.remembered()).isEqualTo(before);
  }

  /** What was overwritten is not counted for ever. */
  @Test
  void whatChangesOftenIsRememberedAllTheTime() {
    Reader reader = new Reader();
    Dgen node = notebooks(reader, 20_000);
    StateIdentityClient stateIdentity = StateIdentityClient.of(node, "n");
    for (int i = 0; i < 300; i++) {
      stateIdentity.write("x".repeat(1000) + i);
    }
    // Each but the first, which got what init made.
    assertThat(reader.remembered()).isEqualTo(299);
  }

  @Test
  void aStateLargerThanTheBoundIsReadEachTime() {
    Reader reader = new Reader();
    Dgen node = notebooks(reader, 1000);
    StateIdentityClient stateIdentity = StateIdentityClient.of(node, "n");
    stateIdentity.write("x".repeat(2000));
    assertThat(stateIdentity.length()).isEqualTo(2000);
    assertThat(stateIdentity.length()).isEqualTo(2000);
    assertThat(reader.remembered()).isZero();
    stateIdentity.write("short");
    assertThat(stateIdentity.length()).isEqualTo(5);
    assertThat(stateIdentity.length()).isEqualTo(5);
    assertThat(reader.remembered()).isEqualTo(1);
  }

  @Test
  void nothingNeedBeRemembered() {
    Reader reader = new Reader();
    Dgen node = notebooks(reader, 0);
    StateIdentityClient stateIdentity = StateIdentityClient.of(node, "n");
    for (int i = 0; i < 5; i++) {
      stateIdentity.write("x".repeat(i));
      assertThat(stateIdentity.length()).isEqualTo(i);
    }
    assertThat(reader.remembered()).isZero();
  }

  // Messages in memory.

  @Test
  void messagesToManyEntitiesAreRefusedOnceTheyAreTooMany() {
    long bound = 10_000_000;
    Doorman doorman = new Doorman().hold("first");
    // One round at a time, and no timer: while the first waits, all others do.
    Dgen node =
        cluster.node(
            options ->
                oneAtATime(options).toBuilder()
                    .bounds(Bounds.builder().nodeBytes(bound).build())
                    .build());
    node.host(GateServer.of(doorman));
    CompletableFuture<Void> first = GateClient.of(node, "g").passAsync("first");
    doorman.awaitArrival("first");
    String big = "x".repeat(100_000);
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      sent.add(GateClient.of(node, "g" + i).passAsync(big));
    }
    // Refused at once, as the others cannot be done yet.
    List<CompletableFuture<Void>> refused =
        sent.stream().filter(CompletableFuture::isCompletedExceptionally).toList();
    List<CompletableFuture<Void>> accepted = sent.stream().filter(it -> !it.isDone()).toList();
    // Each takes a little more than its text, and so does the first.
    assertThat(accepted.size()).isBetween(95, 99);
    assertThat(accepted.size() + refused.size()).isEqualTo(200);
    assertThatThrownBy(() -> refused.getFirst().join())
        .cause()
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("bytes of messages to all entities wait in this node's memory")
        .hasMessageContaining("Bounds.nodeBytes is " + bound)
        .hasMessageContaining("DgenOptions.withBounds");
    doorman.letIn("first");
    first.join();
    accepted.forEach(CompletableFuture::join);
    // There is room again.
    List<CompletableFuture<Void>> again = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      again.add(GateClient.of(node, "again" + i).passAsync(big));
    }
    again.forEach(CompletableFuture::join);
  }

  @Test
  void boundsOfTheNodeAreChecked() {
    assertThatThrownBy(() -> Bounds.builder().nodeBytes(9_999_999).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "nodeBytes must be at least 10000000, so that every message has room; found 9999999");
    assertThatThrownBy(() -> Cluster.OPTIONS.toBuilder().maxConcurrentRounds(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxConcurrentRounds must be at least 1; found 0");
    assertThatThrownBy(() -> Cluster.OPTIONS.toBuilder().maxRememberedBytes(-1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxRememberedBytes must be at least 0; found -1");
  }

  // Rounds at work.

  private static DgenOptions oneAtATime(DgenOptions options) {
    return options.toBuilder().maxConcurrentRounds(1).environment(new ManualEnvironment()).build();
  }

  @Test
  void noMoreEntitiesAreAtWorkThanMayBe() {
    Crowd crowd = new Crowd();
    Dgen node =
        cluster.node(
            options ->
                options.toBuilder()
                    .maxConcurrentRounds(3)
                    .environment(new ManualEnvironment())
                    .build());
    node.host(GateServer.of(crowd));
    List<CompletableFuture<String>> asked = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      asked.add(GateClient.of(node, "g" + i).askAsync("a" + i));
    }
    for (int i = 0; i < 20; i++) {
      crowd.letOneGo(Math.min(3, 20 - i));
    }
    asked.forEach(CompletableFuture::join);
    assertThat(crowd.most()).isEqualTo(3);
  }

  /** One entity with a long queue takes its turns, and no more. */
  @Test
  void aBusyEntityDoesNotHoldUpOthers() {
    Doorman doorman = new Doorman().hold("first");
    Dgen node = cluster.node(NodeBoundsTest::oneAtATime);
    node.host(GateServer.of(doorman));
    GateClient busy = GateClient.of(node, "busy");
    List<CompletableFuture<?>> all = new ArrayList<>();
    all.add(busy.passAsync("first"));
    doorman.awaitArrival("first");
    for (int i = 0; i < 2500; i++) {
      all.add(busy.passAsync("b" + i));
    }
    for (int i = 0; i < 5; i++) {
      all.add(GateClient.of(node, "other" + i).askAsync("o" + i));
    }
    doorman.letIn("first");
    all.forEach(CompletableFuture::join);
    assertThat(List.copyOf(doorman.entered()).subList(0, 6))
        .containsExactly("first", "o0", "o1", "o2", "o3", "o4");
  }

  /** A server with very many entities at work takes its turns, and no more. */
  @Test
  void aBusyServerDoesNotHoldUpOthers() {
    ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();
    Doorman doorman = new Doorman().hold("first");
    Dgen node = cluster.node(NodeBoundsTest::oneAtATime);
    node.host(
        GateServer.of(
            who -> {
              order.add(who);
              doorman.enter(who);
            }));
    node.host(
        StateIdentityServer.of(
            new StateIdentity() {
              @Override
              public void got(State state) {
                order.add("notebook");
              }

              @Override
              public void made(State state) {}
            }));
    List<CompletableFuture<?>> all = new ArrayList<>();
    all.add(GateClient.of(node, "g").passAsync("first"));
    doorman.awaitArrival("first");
    for (int i = 0; i < 100; i++) {
      all.add(GateClient.of(node, "g" + i).passAsync("g" + i));
    }
    all.add(StateIdentityClient.of(node, "n1").writeAsync("one"));
    all.add(StateIdentityClient.of(node, "n2").writeAsync("two"));
    doorman.letIn("first");
    all.forEach(CompletableFuture::join);
    assertThat(List.copyOf(order).subList(0, 5))
        .containsExactly("first", "g0", "notebook", "g1", "notebook");
  }

  /** A callback that waits for another entity of this node does not keep it from its turn. */
  @Test
  void aCallbackMayWaitForAnotherEntity() {
    UnaryOperator<DgenOptions> one = options -> options.toBuilder().maxConcurrentRounds(1).build();
    Dgen node = cluster.node(one);
    ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();
    node.host(
        GateServer.of(
            who -> {
              if (who.startsWith("ask ")) {
                String next = who.substring(4);
                // On a thread of its own, since a callback itself cannot call.
                GateClient other = GateClient.of(node, next);
                order.add(CompletableFuture.supplyAsync(() -> other.ask(next)).join());
              }
            }));
    String reply = GateClient.of(node, "g").ask("ask ask ask end");
    assertThat(reply).isEqualTo("hello ask ask ask end");
    assertThat(order).containsExactly("hello end", "hello ask end", "hello ask ask end");
  }

  // What is ready.

  /** More is ready in each shard than one scan looks at, and more than may be at work. */
  @Test
  void veryManyEntitiesBecomeReadyBeforeAnybodyHostsThem() {
    int entities = 10_000;
    Dgen sender = cluster.node();
    List<CompletableFuture<Void>> sent = new ArrayList<>(entities);
    for (int i = 0; i < entities; i++) {
      sent.add(StateIdentityClient.of(sender, "n" + i).writeAsync("text"));
    }
    sent.forEach(CompletableFuture::join);
    AtomicInteger written = new AtomicInteger();
    Dgen host =
        cluster.node(
            options -> options.toBuilder().maxConcurrentRounds(32).maxActivations(100).build());
    host.host(
        StateIdentityServer.of(
            new StateIdentity() {
              @Override
              public void got(State state) {}

              @Override
              public void made(State state) {
                written.incrementAndGet();
              }
            }));
    await().atMost(Duration.ofMinutes(5)).until(() -> written.get() >= entities);
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(StateIdentityClient.of(sender, "n" + (entities - 1)).length()).isEqualTo(4);
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    StoredKeys keys = cluster.keys();
    keys.assertOnlyIdleEntities();
    assertThat(keys.of(KeyKind.META)).hasSize(entities);
    assertThat(keys.of(KeyKind.STATE)).hasSize(entities);
  }

  /** An entity that is idle has no watch, of which FoundationDB allows a client 10,000. */
  @Test
  void moreThanTenThousandEntitiesOnOneNode() {
    // They are served one after another, and a small cluster takes its time for so many.
    UnaryOperator<DgenOptions> patient =
        options -> options.toBuilder().timeout(Duration.ofMinutes(10)).build();
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
}
