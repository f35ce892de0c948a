package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DelayedMessage;
import io.dgen.DgenOptions;
import io.dgen.tests.model.Reached;
import io.dgen.tests.servers.Ring;
import io.dgen.tests.servers.RingClient;
import io.dgen.tests.servers.RingServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Entities that send to each other in their transactions, delayed messages, some of them cancelled,
 * and calls that are repeated under idempotency keys, while commits fail and nodes crash. At the
 * end each message must have counted once.
 */
final class RingScenario {

  /** Longer than any retry, shorter than a stall: nothing but another message ends one. */
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Longer than what the senders do takes together. */
  private static final Duration RETENTION = Duration.ofMinutes(3);

  private static final int HOPS = 5;
  private static final int KEYS = 4;

  private final SimulatedCluster cluster;
  private final Simulation simulation;
  private final int crashes;
  private final Duration skew;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Sender> senders = new ArrayList<>();

  /** The replies that were heard under each key: "entity key". */
  private final Map<String, List<Integer>> replies = new HashMap<>();

  /**
   * @param crashes how many nodes crash
   * @param skew how far the clocks of nodes may be ahead or behind
   */
  RingScenario(long seed, SimulatedStore.Faults faults, int crashes, Duration skew) {
    this.cluster =
        new SimulatedCluster(
            seed,
            faults,
            DgenOptions.builder()
                .timeout(TIMEOUT)
                .idempotencyRetention(RETENTION)
                .closeTimeout(Duration.ofMinutes(10))
                .build(),
            skew);
    this.simulation = cluster.simulation();
    this.crashes = crashes;
    this.skew = skew;
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

  /** What is known of a message: whether it was acknowledged, and whether it was cancelled. */
  private static final class Fate {

    private final String entity;
    private boolean acknowledged;
    private @Nullable Boolean cancelled;

    Fate(String entity) {
      this.entity = entity;
    }
  }

  private final class Sender {

    private final int id;
    private final Node node;
    private final Map<String, Fate> passed = new TreeMap<>();
    private final Map<String, Fate> delayed = new TreeMap<>();
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
      for (int number = 0; number < 6; number++) {
        String entity = "" + simulation.random().nextInt(Ring.SIZE);
        RingClient client = RingClient.of(node.dgen(), entity);
        String token = id + "." + number;
        switch (simulation.random().nextInt(4)) {
          case 0 -> {
            Fate fate = new Fate(entity);
            passed.put(token, fate);
            client.pass(token, HOPS);
            fate.acknowledged = true;
          }
          case 1 -> delay(client, entity, token);
          case 2 -> once(client, entity, simulation.random().nextInt(KEYS), open);
          default -> {
            int key = simulation.random().nextInt(KEYS);
            once(client, entity, key, open);
            once(client, entity, key, open);
          }
        }
        if (simulation.random().nextInt(3) == 0) {
          cluster.sleepUpTo(3000);
        }
      }
      open.forEach(simulation::await);
    }

    private void delay(RingClient client, String entity, String token) {
      Fate fate = new Fate(entity);
      delayed.put(token, fate);
      Duration delay = Duration.ofMillis(simulation.random().nextInt(4000) - 500);
      Instant notBefore = node.environment().now().plus(delay);
      // The clock of the node that fires it says when, and another node's may be behind that.
      Instant earliest = notBefore.minus(skew.multipliedBy(2));
      DelayedMessage handle = client.at(notBefore).later(token, earliest);
      fate.acknowledged = true;
      if (simulation.random().nextBoolean()) {
        cluster.sleepUpTo(4000);
        fate.acknowledged = false;
        fate.cancelled = node.dgen().cancel(handle);
        simulation.reach(fate.cancelled ? Reached.CANCELLED : Reached.CANCELLED_TOO_LATE);
        fate.acknowledged = true;
      }
    }

    private void once(
        RingClient client, String entity, int number, List<CompletableFuture<?>> open) {
      String key = "k" + number;
      // The key decides how often it fails, so that every sender asks for the same.
      open.add(
          client
              .withIdempotencyKey(key)
              .onceAsync(key, number == 0 ? 2 : 0)
              .thenAccept(
                  reply ->
                      replies
                          .computeIfAbsent(entity + " " + key, each -> new ArrayList<>())
                          .add(reply)));
    }

    void check(Map<String, Ring.Summary> summaries) {
      passed.forEach((token, fate) -> checkPassed(token, fate, summaries));
      delayed.forEach(
          (token, fate) -> {
            int count =
                Objects.requireNonNull(summaries.get(fate.entity)).seen().getOrDefault(token, 0);
            if (!fate.acknowledged) {
              assertThat(count).as("delayed %s", token).isLessThanOrEqualTo(1);
            } else {
              assertThat(count)
                  .as("delayed %s, cancelled: %s", token, fate.cancelled)
                  .isEqualTo(Boolean.TRUE.equals(fate.cancelled) ? 0 : 1);
            }
          });
    }

    private void checkPassed(String token, Fate fate, Map<String, Ring.Summary> summaries) {
      String entity = fate.entity;
      List<Integer> counts = new ArrayList<>();
      for (int hops = HOPS; hops >= 0; hops--) {
        counts.add(
            Objects.requireNonNull(summaries.get(entity))
                .seen()
                .getOrDefault(token + " " + hops, 0));
        entity = Ring.next(entity);
      }
      int expected = fate.acknowledged ? 1 : Math.min(1, counts.getFirst());
      assertThat(counts).as("each hop of %s", token).containsOnly(expected);
    }
  }

  private void drive() {
    for (int i = 0; i < 3; i++) {
      nodes.add(i == 0 ? cluster.open() : cluster.open(RingServer.of()));
    }
    for (int i = 0; i < 6; i++) {
      start(i, nodes.get(i % nodes.size()));
    }
    for (int i = 0; i < crashes; i++) {
      cluster.sleepUpTo(4000);
      Node victim = cluster.oneOf(nodes);
      victim.environment().crash();
      nodes.remove(victim);
      Node next = cluster.openInPlaceOf(victim);
      nodes.add(next);
      start(100 + i, next);
    }
    while (!senders.stream().allMatch(Sender::isOver)) {
      simulation.sleep(Duration.ofSeconds(1));
    }
    check();
  }

  private void start(int id, Node node) {
    Sender sender = new Sender(id, node);
    senders.add(sender);
    sender.start();
  }

  private void check() {
    Node reader = cluster.open(RingServer.of());
    nodes.add(reader);
    while (cluster.count(3) > 0 || cluster.count(1) > 0) {
      simulation.sleep(Duration.ofSeconds(1));
    }
    Map<String, Ring.Summary> summaries = new HashMap<>();
    simulation.await(
        reader.on(
            () -> {
              for (int i = 0; i < Ring.SIZE; i++) {
                summaries.put("" + i, RingClient.of(reader.dgen(), "" + i).read());
              }
            }));
    summaries.forEach(
        (id, summary) -> {
          assertThat(summary.faults()).as("faults of %s", id).isEmpty();
          for (int key = 0; key < KEYS; key++) {
            checkKey(id, "k" + key, summary);
          }
        });
    senders.forEach(sender -> sender.check(summaries));
    simulation.sleep(RETENTION.plusMinutes(1));
    assertThat(cluster.count(8)).as("records of idempotency keys that have expired").isZero();
    cluster.close(nodes);
  }

  private void checkKey(String id, String key, Ring.Summary summary) {
    List<Integer> heard = replies.getOrDefault(id + " " + key, List.of());
    int count = summary.seen().getOrDefault(key, 0);
    assertThat(count).as("%s in %s", key, id).isLessThanOrEqualTo(1);
    if (heard.size() > 1) {
      simulation.reach(Reached.REPEATED_KEY);
    }
    if (!heard.isEmpty()) {
      assertThat(count).as("%s in %s, acknowledged", key, id).isEqualTo(1);
      assertThat(heard).as("replies to %s in %s", key, id).containsOnly(heard.getFirst());
    }
  }
}
