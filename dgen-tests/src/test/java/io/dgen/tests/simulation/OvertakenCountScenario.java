package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Context;
import io.dgen.DgenOptions;
import io.dgen.FailurePolicy;
import io.dgen.tests.servers.Flaky;
import io.dgen.tests.servers.Flaky.How;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.TracedStore.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Two hosts of one entity whose messages fail. A host often stands still while it counts that one
 * of them failed, behind what it reads and before its commit; meanwhile the other host takes the
 * entity over, and carries the same message out or counts a failure of its own. At the end each
 * message was carried out once and nothing of any is left.
 */
final class OvertakenCountScenario {

  private static final String ENTITY = "e";
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  /** The entity is taken over, and its message carried out, while a commit is not yet too old. */
  private static final Duration LIVENESS_TIMEOUT = Duration.ofMillis(600);

  private static final Duration RETRY_DELAY = Duration.ofMillis(50);

  /** Less than a transaction may take. */
  private static final int STANDSTILL = 4000;

  /** How long it may take, from the last message on, until nothing is left to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** The kind of keys of an entity that holds its queue. */
  private static final int QUEUE = 17;

  private final SimulatedCluster cluster;
  private final Simulation simulation;
  private final Plan plan;
  private final List<Node> hosts = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();

  /** How often each message has failed. */
  private final Map<String, Integer> failures = new HashMap<>();

  private int overtaken;

  /**
   * What happens.
   *
   * @param senders how many senders the entity has
   * @param messages how many messages each sends
   */
  record Plan(int senders, int messages) {}

  OvertakenCountScenario(long seed, Plan plan, SimulatedStore.Faults faults) {
    this.cluster =
        new SimulatedCluster(
            seed,
            faults,
            DgenOptions.builder()
                .timeout(TIMEOUT)
                .closeTimeout(TIMEOUT)
                .firstRetryDelay(RETRY_DELAY)
                .maxRetryDelay(RETRY_DELAY)
                .livenessTimeout(LIVENESS_TIMEOUT)
                .failurePolicy(FailurePolicy.UNLIMITED)
                .build());
    this.simulation = cluster.simulation();
    this.plan = plan;
  }

  /**
   * Runs to the end and checks it.
   *
   * @return how often the message whose failure was to be counted was no longer in the queue
   */
  int run() {
    cluster.run(this::drive);
    return overtaken;
  }

  private void drive() {
    for (int i = 0; i < 2; i++) {
      Node host = cluster.open(FlakyServer.of(failing()));
      host.store().holdBack(OvertakenCountScenario::isQueued, key -> standStill(host, key));
      hosts.add(host);
    }
    Node client = cluster.open();
    List<CompletableFuture<Void>> busy = new ArrayList<>();
    for (int i = 0; i < plan.senders(); i++) {
      String sender = "s" + i;
      busy.add(client.on(() -> send(client, sender)));
    }
    busy.forEach(simulation::await);
    simulation.await(client.on(() -> check(client)));
    List<Node> nodes = new ArrayList<>(hosts);
    nodes.add(client);
    cluster.close(nodes);
  }

  /** Every second run fails, and knows of no more failures than there were. */
  private Flaky failing() {
    return (Context context, String name) -> {
      if (!name.equals("init")) {
        int before = failures.getOrDefault(name, 0);
        assertThat(context.attempt()).as("attempts of %s", name).isLessThanOrEqualTo(before + 1);
        if (simulation.random().nextBoolean()) {
          failures.put(name, before + 1);
          throw new IllegalStateException(name + " failed at attempt " + context.attempt());
        }
      }
    };
  }

  private static boolean isQueued(byte[] key) {
    return Kind.of(key) == Kind.ENTITY && Kind.tuple(key).getLong(3) == QUEUE;
  }

  private CompletableFuture<Void> standStill(Node host, byte[] key) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    if (simulation.random().nextInt(3) > 0) {
      over.complete(null);
      return over;
    }
    Duration time = Duration.ofMillis(simulation.random().nextInt(STANDSTILL));
    host.environment().suspend(time);
    simulation.schedule(
        new Simulation.Life(),
        time,
        () -> {
          if (cluster.store().<Boolean>read(it -> it.get(key).join() == null)) {
            overtaken++;
          }
          over.complete(null);
        });
    return over;
  }

  private void send(Node node, String sender) {
    for (int number = 1; number <= plan.messages(); number++) {
      String name = sender + "-" + number;
      sent.add(name);
      FlakyClient.of(node.dgen(), ENTITY).work(name, 0, How.EXCEPTION);
      cluster.sleepUpTo(1000);
    }
  }

  private void check(Node node) {
    FlakyClient entity = FlakyClient.of(node.dgen(), ENTITY);
    Instant end = simulation.now().plus(PATIENCE);
    while (entity.entity().queueLength() > 0) {
      simulation.sleep(Duration.ofSeconds(1));
      assertThat(simulation.now()).as("%d still wait", entity.entity().queueLength()).isBefore(end);
    }
    assertThat(entity.done()).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(cluster.keys(Kind.ENTITY.tag()))
        .as("rows of messages that were carried out")
        .noneMatch(key -> key.getLong(2) == QUEUE);
  }
}
