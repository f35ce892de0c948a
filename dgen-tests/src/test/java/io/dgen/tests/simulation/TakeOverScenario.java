package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Context;
import io.dgen.DgenOptions;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.TracedStore.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Two hosts that take the lock of one entity over from each other. The transaction that gives it
 * back often takes so long, between what it reads and its commit, that the other host takes the
 * lock over, runs what waits, and is done with that: meanwhile an operator breaks the lock or
 * pauses the entity, and priority messages change it. At the end what was sent has been entered
 * once, and every flag and count is right.
 */
final class TakeOverScenario {

  private static final String LEDGER = "ledger";
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  /** A lock is taken over, and what follows is done, while a transaction is not yet too old. */
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(600);

  private static final Duration LIVENESS_TIMEOUT = Duration.ofMillis(600);
  private static final Duration RETRY_DELAY = Duration.ofMillis(50);

  /** Less than a transaction may take. */
  private static final int STANDSTILL = 4000;

  /** How long it may take, from the last message on, until nothing is left to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Kinds of keys of an entity. */
  private static final int LOCK = 19;

  private static final int LEASE = 20;

  private final SimulatedCluster cluster;
  private final Simulation simulation;
  private final Plan plan;
  private final List<Node> hosts = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private int bookings;
  private int unlockings;

  /**
   * What happens.
   *
   * @param senders how many senders lock the entity
   * @param messages how many messages each sends
   * @param notes how many priority messages each host sends
   * @param interventions how often the operator does something
   */
  record Plan(int senders, int messages, int notes, int interventions) {}

  TakeOverScenario(long seed, Plan plan, SimulatedStore.Faults faults) {
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
                .lockTimeout(LOCK_TIMEOUT)
                .build());
    this.simulation = cluster.simulation();
    this.plan = plan;
  }

  /**
   * Runs to the end and checks it.
   *
   * @return how often a transaction that would have given the lock back did not
   */
  int run() {
    cluster.run(this::drive);
    return unlockings - bookings;
  }

  private void drive() {
    hosts.add(cluster.open(LedgerServer.of(new Clerk(0))));
    hosts.add(cluster.open(LedgerServer.of(new Clerk(1))));
    Node client = cluster.open();
    List<CompletableFuture<Void>> busy = new ArrayList<>();
    for (int i = 0; i < plan.senders(); i++) {
      String sender = "b" + i;
      busy.add(client.on(() -> book(client, sender)));
    }
    for (Node host : hosts) {
      String sender = "n" + hosts.indexOf(host);
      busy.add(host.on(() -> note(host, sender)));
    }
    busy.add(client.on(() -> operate(client)));
    busy.forEach(simulation::await);
    simulation.await(client.on(() -> check(client)));
    List<Node> nodes = new ArrayList<>(hosts);
    nodes.add(client);
    cluster.close(nodes);
  }

  private static LedgerClient client(Node node) {
    return LedgerClient.of(node.dgen(), LEDGER);
  }

  private void book(Node node, String sender) {
    for (int number = 1; number <= plan.messages(); number++) {
      String what = sender + "-" + number;
      sent.add(what);
      assertThat(client(node).book(what)).isEqualTo("booked " + what);
      bookings++;
    }
  }

  private void note(Node node, String sender) {
    for (int number = 1; number <= plan.notes(); number++) {
      String what = sender + "-" + number;
      sent.add(what);
      client(node).priority().note(what);
      cluster.sleepUpTo(1000);
    }
  }

  private void operate(Node node) {
    for (int i = 0; i < plan.interventions(); i++) {
      cluster.sleepUpTo(4000);
      if (simulation.random().nextBoolean()) {
        // It may not be locked.
        var unused = client(node).entity().breakLock();
      } else {
        assertThat(client(node).entity().pause("for a while")).as("it was not paused").isTrue();
        cluster.sleepUpTo(2000);
        assertThat(client(node).entity().resume()).as("it is still paused").isTrue();
      }
    }
  }

  /** What a host does while it holds the lock. */
  private final class Clerk implements Ledger {

    private final int host;

    Clerk(int host) {
      this.host = host;
    }

    @Override
    public void work(String what, Context context) {
      cluster.sleepUpTo(200);
      if (simulation.random().nextInt(4) == 0) {
        throw new IllegalStateException(what + " failed at attempt " + context.attempt());
      }
    }

    @Override
    public void unlocking() {
      boolean first = unlockings++ == 0;
      int draw = simulation.random().nextInt(4);
      if (first || draw == 0) {
        int millis = first ? STANDSTILL : simulation.random().nextInt(STANDSTILL);
        hosts.get(host).environment().suspend(Duration.ofMillis(millis));
      } else if (draw == 1) {
        cluster.sleepUpTo(STANDSTILL);
      }
    }
  }

  private void check(Node node) {
    LedgerClient ledger = client(node);
    Instant end = simulation.now().plus(PATIENCE);
    while (ledger.entity().queueLength() > 0) {
      simulation.sleep(Duration.ofSeconds(1));
      assertThat(simulation.now()).as("%d still wait", ledger.entity().queueLength()).isBefore(end);
    }
    assertThat(ledger.read().entries()).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(cluster.keys(Kind.ENTITY.tag()))
        .extracting(key -> key.getLong(2))
        .doesNotContain((long) LOCK, (long) LEASE);
  }
}
