package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DeadLetter;
import io.dgen.DeadLetters;
import io.dgen.DgenOptions;
import io.dgen.Page;
import io.dgen.error.DeadLetterException;
import io.dgen.tests.model.Reached;
import io.dgen.tests.servers.Doomed;
import io.dgen.tests.servers.Doomed.Name;
import io.dgen.tests.servers.DoomedClient;
import io.dgen.tests.servers.DoomedMessage;
import io.dgen.tests.servers.DoomedServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Senders whose messages fail for a while or for ever, and an operator who pauses entities and
 * requeues dead letters, while commits fail and hosts crash. At the end each message has been
 * executed exactly once, or is among the dead letters exactly once, and its burials are as many as
 * its deaths.
 */
final class Mortality {

  private static final int THRESHOLD = 3;
  private static final int FOR_EVER = 1_000_000;
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final SimulatedCluster cluster;
  private final Simulation simulation;
  private final Plan plan;
  private final List<Node> hosts = new ArrayList<>();
  private final List<Node> clients = new ArrayList<>();
  private final List<Sender> senders = new ArrayList<>();

  /** How often the operator requeued a message. */
  private final Map<Name, Integer> requeued = new HashMap<>();

  /**
   * What happens.
   *
   * @param hosts nodes that run the entities
   * @param entities how many entities there are
   * @param senders how many senders, dealt to the hosts and to two more nodes in turn
   * @param messages how many messages each sends
   * @param crashes how many hosts crash
   * @param interventions how often the operator does something
   */
  record Plan(int hosts, int entities, int senders, int messages, int crashes, int interventions) {}

  Mortality(long seed, Plan plan, SimulatedStore.Faults faults) {
    this.cluster =
        new SimulatedCluster(
            seed,
            faults,
            DgenOptions.builder()
                .timeout(TIMEOUT)
                .closeTimeout(TIMEOUT)
                .failures(it -> it.deadLetterThreshold(THRESHOLD))
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
      hosts.add(cluster.open(DoomedServer.of()));
    }
    clients.add(cluster.open());
    clients.add(cluster.open());
    List<Node> nodes = new ArrayList<>(clients);
    nodes.addAll(hosts);
    for (int i = 0; i < plan.senders(); i++) {
      senders.add(new Sender(i, nodes.get(i % nodes.size())));
    }
    senders.forEach(Sender::start);
    CompletableFuture<Void> operator = clients.getLast().on(this::operate);
    for (int i = 0; i < plan.crashes(); i++) {
      cluster.sleepUpTo(3000);
      Node victim = hosts.remove(simulation.random().nextInt(hosts.size()));
      victim.environment().crash();
      hosts.add(cluster.open(DoomedServer.of()));
    }
    simulation.await(operator);
    while (!senders.stream().allMatch(Sender::isOver)) {
      simulation.sleep(Duration.ofSeconds(1));
    }
    simulation.await(clients.getFirst().on(this::check));
    nodes.clear();
    nodes.addAll(clients);
    nodes.addAll(hosts);
    cluster.close(nodes);
  }

  private DoomedClient client(Node node, int entity) {
    return DoomedClient.of(node.dgen(), "entity-" + entity);
  }

  /** Sends numbered messages, of which some fail for a while, and some for ever. */
  private final class Sender {

    private final int id;
    private final Node node;
    private final Map<Name, Integer> entities = new HashMap<>();
    private final Set<Name> mortal = new HashSet<>();
    private final Set<Name> told = new HashSet<>();
    private CompletableFuture<Void> ended = new CompletableFuture<>();

    Sender(int id, Node node) {
      this.id = id;
      this.node = node;
    }

    void start() {
      ended = node.on(this::send);
    }

    boolean isOver() {
      return ended.isDone() || node.hasCrashed();
    }

    private void send() {
      List<CompletableFuture<?>> open = new ArrayList<>();
      for (int number = 1; number <= plan.messages(); number++) {
        Name name = new Name(id, number);
        int entity = simulation.random().nextInt(plan.entities());
        int failures =
            switch (simulation.random().nextInt(6)) {
              case 0 -> FOR_EVER;
              case 1 -> simulation.random().nextInt(THRESHOLD);
              default -> 0;
            };
        entities.put(name, entity);
        if (failures == FOR_EVER) {
          mortal.add(name);
        }
        DoomedClient client = client(node, entity);
        switch (simulation.random().nextInt(3)) {
          case 0 -> {
            client.note(name, failures);
            told.add(name);
          }
          case 1 -> ask(client, name, failures);
          default -> open.add(client.askAsync(name, failures).handle((place, e) -> heard(name, e)));
        }
        if (simulation.random().nextInt(3) == 0) {
          cluster.sleepUpTo(2000);
        }
      }
      open.forEach(simulation::await);
      open.forEach(CompletableFuture::join);
    }

    private void ask(DoomedClient client, Name name, int failures) {
      try {
        client.ask(name, failures);
        heard(name, null);
      } catch (DeadLetterException e) {
        heard(name, e);
      }
    }

    /** The caller of a message that died hears of it, and no other. */
    private boolean heard(Name name, @Nullable Throwable error) {
      Throwable cause = error instanceof CompletionException ? error.getCause() : error;
      if (mortal.contains(name)) {
        assertThat(cause)
            .isInstanceOfSatisfying(
                DeadLetterException.class, e -> assertThat(e.attempts()).isEqualTo(THRESHOLD));
      } else {
        assertThat(cause).as("reply to " + name).isNull();
      }
      return told.add(name);
    }

    void check(int entity, List<Name> living, List<Name> dead) {
      assertThat(living.stream().filter(name -> name.sender() == id).map(Name::number))
          .as("in order and once")
          .isSorted()
          .doesNotHaveDuplicates();
      entities.forEach(
          (name, at) -> {
            boolean must = at == entity && (ended.isDone() || told.contains(name));
            boolean may = at == entity;
            boolean dies = mortal.contains(name);
            assertThat(living.contains(name))
                .as("executed: %s in %d", name, entity)
                .isIn(must && !dies, may && !dies);
            assertThat(dead.contains(name))
                .as("dead: %s in %d", name, entity)
                .isIn(must && dies, may && dies);
          });
    }
  }

  /** Pauses entities for a while, and requeues what died. */
  private void operate() {
    Node node = clients.getLast();
    for (int i = 0; i < plan.interventions(); i++) {
      cluster.sleepUpTo(1500);
      DoomedClient client = client(node, simulation.random().nextInt(plan.entities()));
      if (simulation.random().nextInt(3) == 0) {
        assertThat(client.entity().pause("for a while")).isTrue();
        cluster.sleepUpTo(1000);
        assertThat(client.entity().resume()).isTrue();
      } else if (simulation.random().nextInt(3) == 0) {
        List<Name> accepted = new ArrayList<>();
        long moved =
            client
                .entity()
                .deadLetters()
                .requeueAll(
                    letter -> {
                      boolean accepts = simulation.random().nextBoolean();
                      return accepts && accepted.add(nameOf(letter));
                    });
        assertThat(moved).isEqualTo(accepted.size());
        accepted.forEach(name -> requeued.merge(name, 1, Integer::sum));
      } else {
        for (DeadLetter<DoomedMessage> letter : client.entity().deadLetters().list(2).items()) {
          assertThat(client.entity().deadLetters().requeue(letter.key())).isTrue();
          requeued.merge(nameOf(letter), 1, Integer::sum);
        }
      }
    }
  }

  private void check() {
    for (int entity = 0; entity < plan.entities(); entity++) {
      DoomedClient client = client(clients.getFirst(), entity);
      while (client.entity().queueLength() > 0) {
        simulation.sleep(Duration.ofSeconds(1));
      }
      Doomed.State state = client.read();
      List<Name> dead = allOf(client.entity().deadLetters());
      assertThat(dead).doesNotHaveDuplicates();
      dead.forEach(name -> simulation.reach(Reached.DEAD_LETTER));
      assertThat(client.entity().deadLetters().length()).isEqualTo(dead.size());
      assertThat(state.living()).doesNotHaveDuplicates();
      List<Name> burials = new ArrayList<>();
      for (Name name : dead) {
        int deaths = 1 + requeued.getOrDefault(name, 0);
        for (int i = 0; i < deaths && !Doomed.isCursed(name); i++) {
          burials.add(name);
        }
      }
      assertThat(state.buried()).containsExactlyInAnyOrderElementsOf(burials);
      for (Sender sender : senders) {
        sender.check(entity, state.living(), dead);
      }
    }
  }

  private static List<Name> allOf(DeadLetters<DoomedMessage> letters) {
    List<Name> names = new ArrayList<>();
    Page<DeadLetter<DoomedMessage>> page = letters.list(3);
    page.items().forEach(letter -> names.add(nameOf(letter)));
    while (page.next().isPresent()) {
      page = letters.list(3, page.items().getLast().key());
      page.items().forEach(letter -> names.add(nameOf(letter)));
    }
    return names;
  }

  private static Name nameOf(DeadLetter<DoomedMessage> letter) {
    return switch (letter.message().orElseThrow()) {
      case DoomedMessage.Note it -> it.message().name();
      case DoomedMessage.Ask it -> it.message().name();
      case DoomedMessage.Read it -> throw new AssertionError("nothing reads to death");
    };
  }
}
