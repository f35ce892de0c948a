package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Context;
import io.dgen.DeadLetter;
import io.dgen.DgenOptions;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.DeadLetterException;
import io.dgen.tests.servers.StubbornClient;
import io.dgen.tests.servers.StubbornMessage;
import io.dgen.tests.servers.StubbornServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Callers whose calls fail for a while or for ever, and who wait for as long as they choose, while
 * commits fail and hosts crash. Nothing but a caller's timeout ever gives a call up. At the end
 * each call was executed once or is a dead letter once, and hardly any was tried when its caller
 * had gone.
 */
final class DeadlineScenario {

  private static final int FOR_EVER = 1_000_000;

  /** So long that a call that fails a few times succeeds before, whatever happens to its host. */
  private static final Duration PATIENT = Duration.ofMinutes(5);

  /** How long it may take, from the last call on, until nothing is left to do. */
  private static final Duration REST = Duration.ofMinutes(2);

  private final SimulatedCluster cluster;
  private final Simulation simulation;
  private final Plan plan;
  private final List<Node> hosts = new ArrayList<>();
  private final Map<String, Sent> calls = new HashMap<>();
  private int lateAttempts;
  private int givenUp;

  /**
   * What happens.
   *
   * @param hosts nodes that run the entities
   * @param entities how many entities there are; the senders are dealt to them in turn
   * @param senders how many senders
   * @param calls how many calls each makes, one after another
   * @param crashes how many hosts crash
   * @param slack how late an attempt may begin and still count as in time
   */
  record Plan(int hosts, int entities, int senders, int calls, int crashes, Duration slack) {}

  /**
   * What came of it.
   *
   * @param lateAttempts how many attempts began after the deadline of their call; of one call, one
   *     at most
   * @param givenUp how many calls became dead letters
   */
  record Outcome(int lateAttempts, int givenUp) {}

  /** A call. */
  private static final class Sent {

    private final int failures;
    private final long deadline;

    /** When each of its attempts first began. */
    private final SortedMap<Integer, Long> begun = new TreeMap<>();

    private @Nullable Throwable error;
    private boolean over;

    Sent(int failures, long deadline) {
      this.failures = failures;
      this.deadline = deadline;
    }
  }

  DeadlineScenario(long seed, Plan plan, SimulatedStore.Faults faults) {
    this.cluster =
        new SimulatedCluster(
            seed,
            faults,
            DgenOptions.builder()
                .timeout(PATIENT)
                .closeTimeout(PATIENT)
                .failures(it -> it.deadLetterThreshold(0))
                .build(),
            Duration.ofSeconds(100));
    this.simulation = cluster.simulation();
    this.plan = plan;
  }

  /** Runs to the end and checks it. */
  Outcome run() {
    cluster.run(this::drive);
    return new Outcome(lateAttempts, givenUp);
  }

  private void drive() {
    for (int i = 0; i < plan.hosts(); i++) {
      hosts.add(host());
    }
    Node client = cluster.open();
    List<CompletableFuture<Void>> busy = new ArrayList<>();
    for (int i = 0; i < plan.senders(); i++) {
      int sender = i;
      // A sender on a host would end with it.
      Node node = plan.crashes() == 0 && i % 2 == 0 ? hosts.getFirst() : client;
      busy.add(node.on(() -> call(node, sender)));
    }
    for (int i = 0; i < plan.crashes(); i++) {
      cluster.sleepUpTo(8000);
      Node victim = hosts.remove(simulation.random().nextInt(hosts.size()));
      victim.environment().crash();
      hosts.add(host());
    }
    busy.forEach(simulation::await);
    simulation.await(client.on(() -> check(client)));
    List<Node> nodes = new ArrayList<>(hosts);
    nodes.add(client);
    cluster.close(nodes);
  }

  private Node host() {
    return cluster.open(StubbornServer.of(this::attempt));
  }

  private void attempt(String callback, String name, Context context) {
    Sent sent = calls.get(name);
    if (sent != null) {
      sent.begun.putIfAbsent(context.attempt(), simulation.nanos());
      if (context.attempt() <= sent.failures) {
        throw new IllegalStateException("attempt " + context.attempt() + " of " + name);
      }
    }
  }

  private StubbornClient client(Node node, int entity) {
    return StubbornClient.of(node.dgen(), "entity-" + entity);
  }

  private void call(Node node, int sender) {
    StubbornClient client = client(node, sender % plan.entities());
    for (int number = 1; number <= plan.calls(); number++) {
      String name = sender + "-" + number;
      int failures = simulation.random().nextBoolean() ? FOR_EVER : simulation.random().nextInt(4);
      Duration patience =
          failures == FOR_EVER
              ? Duration.ofMillis(100 + simulation.random().nextInt(6000))
              : PATIENT;
      Sent sent = new Sent(failures, simulation.nanos() + patience.toNanos());
      calls.put(name, sent);
      try {
        client.withTimeout(patience).task(name);
      } catch (DeadLetterException | CallTimeoutException e) {
        sent.error = e;
      }
      sent.over = true;
      client.work("cast " + name);
    }
  }

  private void check(Node node) {
    List<String> done = new ArrayList<>();
    List<String> dead = new ArrayList<>();
    for (int entity = 0; entity < plan.entities(); entity++) {
      StubbornClient client = client(node, entity);
      long end = simulation.nanos() + REST.toNanos();
      while (client.entity().queueLength() > 0) {
        assertThat(simulation.nanos())
            .as("%d messages still wait", client.entity().queueLength())
            .isLessThan(end);
        simulation.sleep(Duration.ofSeconds(1));
      }
      done.addAll(client.read().done());
      for (DeadLetter<StubbornMessage> letter : client.entity().deadLetters().list(1000).items()) {
        dead.add(((StubbornMessage.Task) letter.message().orElseThrow()).message().name());
      }
    }
    assertThat(done).doesNotHaveDuplicates();
    assertThat(dead).doesNotHaveDuplicates();
    calls.forEach((name, sent) -> check(name, sent, done.contains(name), dead.contains(name)));
    for (String name : calls.keySet()) {
      assertThat(done).as("what is behind a call is executed").contains("cast " + name);
    }
    givenUp = dead.size();
  }

  private void check(String name, Sent sent, boolean done, boolean dead) {
    assertThat(sent.over).as("the caller of %s knows", name).isTrue();
    assertThat(done).as("%s is done", name).isEqualTo(sent.failures != FOR_EVER);
    assertThat(dead).as("%s is a dead letter", name).isEqualTo(sent.failures == FOR_EVER);
    if (done) {
      assertThat(sent.error).as("error of %s", name).isNull();
    } else {
      assertThat(sent.error).as("error of %s", name).isNotNull();
    }
    long inTime = sent.deadline + plan.slack().toNanos();
    long late = sent.begun.values().stream().filter(at -> at > inTime).count();
    assertThat(late).as("attempts of %s after its deadline: %s", name, sent.begun).isLessThan(2);
    lateAttempts += Math.toIntExact(late);
  }
}
