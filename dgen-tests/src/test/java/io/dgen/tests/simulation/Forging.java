package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DgenOptions;
import io.dgen.LockedContext;
import io.dgen.StepContext;
import io.dgen.tests.model.Reached;
import io.dgen.tests.servers.Forge;
import io.dgen.tests.servers.ForgeClient;
import io.dgen.tests.servers.ForgeServer;
import io.dgen.tests.servers.ForgeSteps;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

  /** Longer than it takes the others to see that a host is gone, and to take its lock over. */
  private static final Duration STANDSTILL = Duration.ofSeconds(10);

  /** Where the keys of entities are, and within them what is recorded of steps. */
  private static final int ENTITIES = 0;

  private static final int STEPS = 32;

  /** How many steps the work has. */
  private static final int BLOWS = 3;

  private final SimulatedCluster cluster;
  private final Simulation simulation;
  private final Plan plan;
  private final List<Node> hosts = new ArrayList<>();
  private final List<Node> clients = new ArrayList<>();

  /** What a sender was told is done, or is durable and must be done. */
  private final Set<String> promised = new HashSet<>();

  private final Set<String> noted = new HashSet<>();

  /** Who works on what, or worked on it when it crashed. */
  private final Map<String, Node> atWork = new HashMap<>();

  /** What each step returned first, by its key for services. */
  private final Map<String, String> seen = new HashMap<>();

  private final List<String> faults = new ArrayList<>();
  private int blows;

  /**
   * What happens.
   *
   * @param hosts nodes that run the entity
   * @param senders how many senders, on nodes that never fail
   * @param messages how many messages each sends
   * @param crashes how many hosts crash
   * @param pauses how often a host stands still while it works, until its lock is taken over
   */
  record Plan(int hosts, int senders, int messages, int crashes, int pauses) {}

  Forging(long seed, Plan plan, SimulatedStore.Faults faults) {
    this.cluster =
        new SimulatedCluster(
            seed,
            faults,
            DgenOptions.builder()
                .timeout(TIMEOUT)
                .closeTimeout(TIMEOUT)
                .lockTimeout(LOCK_TIMEOUT)
                .build());
    this.simulation = cluster.simulation();
    this.plan = plan;
  }

  /**
   * Runs to the end and checks it.
   *
   * @return how often it reached interesting states
   */
  Map<Reached, Integer> run() {
    cluster.run(this::drive);
    return simulation.reached();
  }

  private void drive() {
    for (int i = 0; i < plan.hosts(); i++) {
      host();
    }
    clients.add(cluster.open());
    clients.add(cluster.open());
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    for (int i = 0; i < plan.senders(); i++) {
      int sender = i;
      Node node = clients.get(i % clients.size());
      senders.add(node.on(() -> send(node, sender)));
    }
    for (int i = 0; i < plan.crashes(); i++) {
      cluster.sleepUpTo(4000);
      Node victim = hosts.remove(simulation.random().nextInt(hosts.size()));
      victim.environment().crash();
      host();
    }
    for (int i = 0; i < plan.pauses(); i++) {
      cluster.sleepUpTo(4000);
      while (atWork.isEmpty() && !senders.stream().allMatch(CompletableFuture::isDone)) {
        simulation.sleep(Duration.ofMillis(20));
      }
      atWork.values().forEach(node -> node.environment().suspend(STANDSTILL));
    }
    senders.forEach(simulation::await);
    simulation.await(clients.getFirst().on(this::check));
    assertThat(cluster.keys(ENTITIES)).noneMatch(key -> key.getLong(2) == STEPS);
    List<Node> nodes = new ArrayList<>(clients);
    nodes.addAll(hosts);
    cluster.close(nodes);
  }

  private void host() {
    CompletableFuture<Node> self = new CompletableFuture<>();
    Forge forge =
        (what, context) -> {
          simulation.await(self);
          work(self.join(), what, context);
        };
    Node host = cluster.open(ForgeServer.of(forge));
    self.complete(host);
    hosts.add(host);
  }

  private static ForgeClient client(Node node) {
    return ForgeClient.of(node.dgen(), "forge");
  }

  /** Sometimes longer than the lock timeout, and sometimes for nothing. */
  private void work(Node host, String what, LockedContext context) {
    if (atWork.put(what, host) != null) {
      simulation.reach(Reached.TAKE_OVER);
    }
    ForgeSteps steps = ForgeSteps.in(context);
    for (int number = 1; number <= BLOWS; number++) {
      seen(steps.blow("blow " + number, this::blow));
      if (number == 2) {
        // The holder that gives it up is not at work any more.
        atWork.remove(what, host);
        context.sleep(Duration.ofMillis(1 + simulation.random().nextInt(3000)));
        simulation.reach(Reached.SLEPT);
        atWork.put(what, host);
      }
    }
    atWork.remove(what, host);
    if (simulation.random().nextInt(4) == 0) {
      throw new IllegalStateException(what + " broke at attempt " + context.attempt());
    }
  }

  private String blow(StepContext step) {
    if (step.attempt() > 1) {
      simulation.reach(Reached.REPEATED_STEP);
    }
    cluster.sleepUpTo(1000);
    blows++;
    return step.stepKey() + " " + blows;
  }

  /** What a step returned once, it returns for ever, on whatever node. */
  private void seen(String blow) {
    String before = seen.putIfAbsent(blow.substring(0, blow.indexOf(' ')), blow);
    if (before != null) {
      simulation.reach(Reached.REPLAYED_STEP);
      if (!before.equals(blow)) {
        faults.add("a step returned first " + before + " and then " + blow);
      }
    }
  }

  private void send(Node node, int sender) {
    ForgeClient forge = client(node);
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
          Node host = cluster.oneOf(hosts);
          notePastTheLock(host, what);
        }
        default -> {
          assertThat(forge.make(what)).isEqualTo("made " + what);
          promised.add(what);
        }
      }
      cluster.sleepUpTo(500);
    }
  }

  /** On a host, which may crash before it is done: then it is not known whether it was. */
  private void notePastTheLock(Node host, String what) {
    var unused =
        host.on(
            () -> {
              client(host).priority().note(what);
              noted.add(what);
            });
  }

  private void check() {
    ForgeClient forge = client(clients.getFirst());
    while (forge.entity().queueLength() > 0) {
      simulation.sleep(Duration.ofSeconds(1));
    }
    Forge.State state = forge.read();
    assertThat(faults).isEmpty();
    assertThat(state.faults()).isEmpty();
    assertThat(state.onTheAnvil()).isNull();
    assertThat(state.made()).containsExactlyInAnyOrderElementsOf(promised);
    assertThat(state.noted()).doesNotHaveDuplicates().containsAll(noted);
  }
}
