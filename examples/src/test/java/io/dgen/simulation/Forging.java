package io.dgen.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.internal.store.Environments;
import io.dgen.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Senders whose messages lock an entity, on hosts that crash or stand still while they hold the
 * lock, in a store whose commits fail. At the end each piece was made exactly once, its caller
 * heard of it, no two were on the anvil at once, and what was noted past the lock is not lost.
 */
final class Forging {

  private static final Duration TIMEOUT = Duration.ofMinutes(30);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

  private final Simulation simulation;
  private final Simulation.Life world = new Simulation.Life();
  private final Store store;
  private final Plan plan;
  private final SimulatedStore.Faults faults;
  private final List<Node> hosts = new ArrayList<>();
  private final List<Node> clients = new ArrayList<>();

  /** What a sender was told is done, or is durable and must be done. */
  private final Set<String> promised = new HashSet<>();

  private final Set<String> noted = new HashSet<>();

  /**
   * What happens.
   *
   * @param hosts nodes that run the entity
   * @param senders how many senders, on nodes that never fail
   * @param messages how many messages each sends
   * @param crashes how many hosts crash
   * @param pauses how many hosts stand still for longer than the lock timeout
   */
  record Plan(int hosts, int senders, int messages, int crashes, int pauses) {}

  Forging(long seed, Plan plan, SimulatedStore.Faults faults) {
    this.simulation = new Simulation(seed);
    this.plan = plan;
    this.faults = faults;
    this.store =
        Environments.deterministic(
            simulation::nanos,
            (task, delay) -> simulation.schedule(world, delay, task)::cancel,
            simulation.random());
  }

  /** Runs to the end and checks it. */
  void run() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    simulation.start(
        world,
        () -> {
          drive();
          done.complete(null);
        });
    simulation.runUntil(done);
  }

  private void drive() {
    for (int i = 0; i < plan.hosts(); i++) {
      hosts.add(opened(true));
    }
    clients.add(opened(false));
    clients.add(opened(false));
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    for (int i = 0; i < plan.senders(); i++) {
      int sender = i;
      Node node = clients.get(i % clients.size());
      senders.add(node.on(() -> send(node, sender)));
    }
    for (int i = 0; i < plan.crashes(); i++) {
      simulation.sleep(Duration.ofMillis(simulation.random().nextInt(4000)));
      Node victim = hosts.remove(simulation.random().nextInt(hosts.size()));
      victim.environment.crash();
      hosts.add(opened(true));
    }
    for (int i = 0; i < plan.pauses(); i++) {
      simulation.sleep(Duration.ofMillis(simulation.random().nextInt(4000)));
      hosts
          .get(simulation.random().nextInt(hosts.size()))
          .environment
          .suspend(LOCK_TIMEOUT.multipliedBy(2));
    }
    senders.forEach(simulation::await);
    simulation.await(clients.getFirst().on(this::check));
    List<Node> nodes = new ArrayList<>(clients);
    nodes.addAll(hosts);
    nodes.forEach(node -> simulation.await(node.on(node.dgen::close)));
  }

  private Node opened(boolean hosts) {
    Node node = new Node(hosts);
    simulation.await(node.open());
    return node;
  }

  private final class Node {

    private final SimulatedNode environment = new SimulatedNode(simulation);
    private final boolean hosts;
    private Dgen dgen;

    Node(boolean hosts) {
      this.hosts = hosts;
    }

    CompletableFuture<Void> open() {
      return on(
          () -> {
            dgen =
                Dgen.open(
                    new SimulatedStore(simulation, environment, store, faults),
                    DgenOptions.DEFAULT
                        .withEnvironment(environment)
                        .withCloseStore(false)
                        .withTimeout(TIMEOUT)
                        .withCloseTimeout(TIMEOUT)
                        .withLockTimeout(LOCK_TIMEOUT));
            if (hosts) {
              dgen.host(ForgeServer.of(Forging.this::work));
            }
          });
    }

    CompletableFuture<Void> on(Runnable body) {
      CompletableFuture<Void> ended = new CompletableFuture<>();
      simulation.start(
          environment.life(),
          () -> {
            body.run();
            ended.complete(null);
          });
      return ended;
    }

    ForgeClient client() {
      return ForgeClient.of(dgen, "forge");
    }
  }

  /** Sometimes longer than the lock timeout, and sometimes for nothing. */
  private void work(String what, Context context) {
    simulation.sleep(Duration.ofMillis(simulation.random().nextInt(3000)));
    if (simulation.random().nextInt(4) == 0) {
      throw new IllegalStateException(what + " broke at attempt " + context.attempt());
    }
  }

  private void send(Node node, int sender) {
    ForgeClient forge = node.client();
    for (int number = 1; number <= plan.messages(); number++) {
      String what = sender + "-" + number;
      switch (simulation.random().nextInt(4)) {
        case 0 -> {
          forge.makeQuietly(what);
          promised.add(what);
        }
        case 1 -> {
          forge.note(what);
          noted.add(what);
        }
        case 2 -> {
          Node host = hosts.get(simulation.random().nextInt(hosts.size()));
          notePastTheLock(host, what);
        }
        default -> {
          assertThat(forge.make(what)).isEqualTo("made " + what);
          promised.add(what);
        }
      }
      simulation.sleep(Duration.ofMillis(simulation.random().nextInt(500)));
    }
  }

  /** On a host, which may crash before it is done: then it is not known whether it was. */
  private void notePastTheLock(Node host, String what) {
    var unused =
        host.on(
            () -> {
              host.client().priority().note(what);
              noted.add(what);
            });
  }

  private void check() {
    ForgeClient forge = clients.getFirst().client();
    while (forge.queueLength() > 0) {
      simulation.sleep(Duration.ofSeconds(1));
    }
    Forge.State state = forge.read();
    assertThat(state.faults()).isEmpty();
    assertThat(state.onTheAnvil()).isNull();
    assertThat(state.made()).containsExactlyInAnyOrderElementsOf(promised);
    assertThat(state.noted()).doesNotHaveDuplicates().containsAll(noted);
  }
}
