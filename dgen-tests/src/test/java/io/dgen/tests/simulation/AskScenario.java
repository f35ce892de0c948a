package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DgenOptions;
import io.dgen.error.RefusedException;
import io.dgen.examples.transfer.WalletClient;
import io.dgen.examples.transfer.WalletServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Accounts that transfer money to each other by asks, while commits fail, hosts crash and accounts
 * are killed. At the end every transfer of an account that was not killed has come to an end, and
 * no cent was made or lost but in those that were.
 */
final class AskScenario {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long DEPOSIT = 1000;

  private final SimulatedCluster cluster;
  private final Simulation simulation;
  private final Plan plan;
  private final List<Node> hosts = new ArrayList<>();

  /** What each account must have, as far as transfers that have ended say. */
  private final Map<String, Long> expected = new HashMap<>();

  private int arrived;
  private int cameBack;

  /**
   * What happens.
   *
   * @param hosts nodes that run the accounts
   * @param accounts how many accounts pay each other
   * @param transfers how many transfers each makes
   * @param crashes how many hosts crash
   * @param kills how often an account is killed that is paid, and one that pays: both are others,
   *     of which only the former are paid by the accounts that count
   */
  record Plan(int hosts, int accounts, int transfers, int crashes, int kills) {}

  /**
   * What came of it.
   *
   * @param arrived how many transfers arrived
   * @param cameBack how many did not
   */
  record Outcome(int arrived, int cameBack) {}

  AskScenario(long seed, Plan plan, SimulatedStore.Faults faults) {
    this.cluster =
        new SimulatedCluster(
            seed,
            faults,
            DgenOptions.builder().timeout(TIMEOUT).closeTimeout(TIMEOUT).build(),
            Duration.ofSeconds(100));
    this.simulation = cluster.simulation();
    this.plan = plan;
  }

  /** Runs to the end and checks it. */
  Outcome run() {
    cluster.run(this::drive);
    return new Outcome(arrived, cameBack);
  }

  private void drive() {
    for (int i = 0; i < plan.hosts(); i++) {
      hosts.add(cluster.open(WalletServer.of()));
    }
    Node client = cluster.open();
    List<CompletableFuture<Void>> busy = new ArrayList<>();
    for (int i = 0; i < plan.accounts(); i++) {
      String id = account(i);
      busy.add(client.on(() -> pay(client, id)));
    }
    busy.add(client.on(() -> kill(client)));
    for (int i = 0; i < plan.crashes(); i++) {
      cluster.sleepUpTo(4000);
      Node victim = hosts.remove(simulation.random().nextInt(hosts.size()));
      victim.environment().crash();
      hosts.add(cluster.open(WalletServer.of()));
    }
    busy.forEach(simulation::await);
    simulation.await(client.on(() -> check(client)));
    List<Node> nodes = new ArrayList<>(hosts);
    nodes.add(client);
    cluster.close(nodes);
  }

  private static String account(int number) {
    return "account-" + number;
  }

  private static WalletClient client(Node node, String id) {
    return WalletClient.of(node.dgen(), id);
  }

  private void pay(Node node, String id) {
    WalletClient account = client(node, id);
    account.deposit(DEPOSIT);
    expected.merge(id, DEPOSIT, Long::sum);
    for (int number = 1; number <= plan.transfers(); number++) {
      boolean toVictim = plan.kills() > 0 && simulation.random().nextInt(3) == 0;
      String to = toVictim ? "paid" : account(simulation.random().nextInt(plan.accounts()));
      long cents = 1L + simulation.random().nextInt(500);
      try {
        boolean done = account.transfer(id + "/" + number, to, cents);
        if (done) {
          arrived++;
          expected.merge(id, -cents, Long::sum);
          expected.merge(to, cents, Long::sum);
        } else {
          cameBack++;
        }
      } catch (RefusedException e) {
        assertThat(e.code()).isEqualTo("no-funds");
      }
    }
  }

  /** Kills an account that is paid, and lets one pay and be killed meanwhile. */
  private void kill(Node node) {
    for (int i = 0; i < plan.kills(); i++) {
      client(node, "pays").deposit(DEPOSIT);
      var unused =
          client(node, "pays").transferAsync("p" + i, "collects", 1).exceptionally(error -> false);
      cluster.sleepUpTo(40);
      client(node, "pays").entity().kill();
      client(node, "paid").entity().kill();
      cluster.sleepUpTo(500);
    }
  }

  private void check(Node node) {
    Instant end = simulation.now().plus(PATIENCE);
    while (hasWork()) {
      simulation.sleep(Duration.ofSeconds(1));
      assertThat(simulation.now()).as("there is still work").isBefore(end);
    }
    long sum = 0;
    for (int i = 0; i < plan.accounts(); i++) {
      long cents = client(node, account(i)).balance();
      assertThat(cents).as(account(i)).isEqualTo(expected.get(account(i)));
      sum += cents;
    }
    long left = expected.values().stream().mapToLong(Long::longValue).sum();
    assertThat(sum + expected.getOrDefault("paid", 0L)).as("all the money").isEqualTo(left);
    assertThat(left).isEqualTo(plan.accounts() * DEPOSIT);
  }

  private boolean hasWork() {
    return cluster.keys(0).stream()
        .map(key -> key.getLong(2))
        .anyMatch(part -> part == 17 || part == 30 || part == 31);
  }
}
