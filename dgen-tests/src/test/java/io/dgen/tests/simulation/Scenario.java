package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DgenOptions;
import io.dgen.Hosting;
import io.dgen.tests.model.Reached;
import io.dgen.tests.servers.Logbook;
import io.dgen.tests.servers.LogbookClient;
import io.dgen.tests.servers.LogbookServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * Nodes that host a journal, nodes that only send, and senders on them, while commits fail and
 * nodes crash. At the end everything that was acknowledged must be there, once and in order.
 */
final class Scenario {

  /** Longer than any retry, shorter than a stall: nothing but another message ends one. */
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final SimulatedCluster cluster;
  private final Simulation simulation;
  private final Plan plan;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Sender> senders = new ArrayList<>();

  /**
   * What happens.
   *
   * @param hosts nodes that host the journal
   * @param claimers further nodes, that host the first entity of the journal alone
   * @param clients nodes that only send
   * @param entities how many entities there are
   * @param senders how many senders, dealt to the nodes in turn, the clients first
   * @param messages how many messages each sends
   * @param hurried whether each sender waits for each reply, and then sends at once
   * @param crashes how many nodes crash
   * @param skew how far the clocks of nodes may be ahead or behind
   */
  record Plan(
      int hosts,
      int claimers,
      int clients,
      int entities,
      int senders,
      int messages,
      boolean hurried,
      int crashes,
      Duration skew) {}

  Scenario(long seed, Plan plan, SimulatedStore.Faults faults) {
    this.cluster =
        new SimulatedCluster(
            seed,
            faults,
            DgenOptions.builder().timeout(TIMEOUT).closeTimeout(Duration.ofMinutes(10)).build(),
            plan.skew());
    this.simulation = cluster.simulation();
    this.plan = plan;
  }

  /** Runs to the end and checks it. */
  Scenario run() {
    cluster.run(this::drive);
    return this;
  }

  /** How often the run reached interesting states. */
  Map<Reached, Integer> reached() {
    return simulation.reached();
  }

  long history() {
    return simulation.history();
  }

  /** Sends numbered messages to the entities, some waiting for each and some not. */
  private final class Sender {

    private final int id;
    private final Node node;
    private final Map<String, Set<Integer>> sent = new HashMap<>();
    private final Map<String, Map<Integer, Integer>> acknowledged = new HashMap<>();
    private CompletableFuture<Void> ended = new CompletableFuture<>();

    Sender(int id, Node node) {
      this.id = id;
      this.node = node;
    }

    boolean isOver() {
      return ended.isDone() || node.hasCrashed();
    }

    void start() {
      ended = node.on(this::send);
    }

    private void send() {
      List<CompletableFuture<?>> open = new ArrayList<>();
      for (int number = 1; number <= plan.messages(); number++) {
        String entity = "entity-" + simulation.random().nextInt(plan.entities());
        LogbookClient client = LogbookClient.of(node.dgen(), entity);
        int failures = !plan.hurried() && simulation.random().nextInt(10) == 0 ? 2 : 0;
        sent.computeIfAbsent(entity, key -> new TreeSet<>()).add(number);
        int sentNumber = number;
        switch (plan.hurried() ? 1 : simulation.random().nextInt(4)) {
          case 0 -> {
            client.note(id, number, failures);
            acknowledge(entity, number, -1);
          }
          case 1 -> acknowledge(entity, number, client.ask(id, number, failures));
          case 2 ->
              open.add(
                  client
                      .noteAsync(id, number, failures)
                      .thenRun(() -> acknowledge(entity, sentNumber, -1)));
          default ->
              open.add(
                  client
                      .askAsync(id, number, failures)
                      .thenAccept(place -> acknowledge(entity, sentNumber, place)));
        }
        if (!plan.hurried() && simulation.random().nextInt(3) == 0) {
          cluster.sleepUpTo(3000);
        }
      }
      open.forEach(simulation::await);
      if (node.isHost() && !plan.hurried()) {
        LogbookClient.of(node.dgen(), "told").tell(id, 1);
        sent.computeIfAbsent("told", key -> new TreeSet<>()).add(1);
        acknowledge("told", 1, -1);
      }
    }

    private void acknowledge(String entity, int number, int place) {
      acknowledged.computeIfAbsent(entity, key -> new HashMap<>()).put(number, place);
    }

    /** Whether what is stored is what this sender was told. */
    void check(String entity, List<Logbook.Entry> entries) {
      List<Integer> stored =
          entries.stream()
              .filter(entry -> entry.sender() == id)
              .map(Logbook.Entry::number)
              .toList();
      assertThat(stored)
          .as("messages of sender %d in %s: once each, in the order sent", id, entity)
          .isSorted()
          .doesNotHaveDuplicates()
          .isSubsetOf(sent.getOrDefault(entity, Set.of()));
      Map<Integer, Integer> told = acknowledged.getOrDefault(entity, Map.of());
      assertThat(stored)
          .as("acknowledged messages of sender %d in %s are there", id, entity)
          .containsAll(told.keySet());
      if (ended.isDone()) {
        assertThat(stored)
            .as("all messages of sender %d in %s are there", id, entity)
            .containsAll(sent.getOrDefault(entity, Set.of()));
      }
      told.forEach(
          (number, place) -> {
            if (place >= 0) {
              assertThat(entries.get(place).sender()).as("whose reply it was").isEqualTo(id);
              assertThat(entries.get(place).number()).as("which reply it was").isEqualTo(number);
            }
          });
    }
  }

  private void drive() {
    for (int i = 0; i < plan.clients(); i++) {
      nodes.add(cluster.open());
    }
    for (int i = 0; i < plan.hosts(); i++) {
      nodes.add(cluster.open(LogbookServer.of()));
    }
    for (int i = 0; i < plan.claimers(); i++) {
      nodes.add(cluster.open(Hosting.builder().only("entity-0").build(), LogbookServer.of()));
    }
    for (int i = 0; i < plan.senders(); i++) {
      Sender sender = new Sender(i, nodes.get(i % nodes.size()));
      senders.add(sender);
      sender.start();
    }
    for (int i = 0; i < plan.crashes(); i++) {
      cluster.sleepUpTo(4000);
      Node victim = cluster.oneOf(nodes);
      victim.environment().crash();
      nodes.remove(victim);
      Node next = cluster.openInPlaceOf(victim);
      nodes.add(next);
      Sender sender = new Sender(plan.senders() + i, next);
      senders.add(sender);
      sender.start();
    }
    while (!senders.stream().allMatch(Sender::isOver)) {
      simulation.sleep(Duration.ofSeconds(1));
    }
    check();
  }

  private void check() {
    Node reader = cluster.open(LogbookServer.of());
    nodes.add(reader);
    simulation.await(
        reader.on(
            () -> {
              for (int i = 0; i < plan.entities(); i++) {
                checkEntity(reader, "entity-" + i);
              }
              checkEntity(reader, "told");
            }));
    cluster.close(nodes);
    assertThat(cluster.count(1)).as("ready keys of empty queues").isZero();
  }

  private void checkEntity(Node reader, String entity) {
    LogbookClient client = LogbookClient.of(reader.dgen(), entity);
    while (client.entity().queueLength() > 0) {
      simulation.sleep(Duration.ofSeconds(1));
    }
    List<Logbook.Entry> entries = client.read();
    senders.forEach(sender -> sender.check(entity, entries));
  }
}
