package io.dgen.tests.simulation;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.store.Store;
import io.dgen.tests.model.Canary;
import io.dgen.tests.model.Cell;
import io.dgen.tests.model.CellClient;
import io.dgen.tests.model.CellServer;
import io.dgen.tests.model.Ending;
import io.dgen.tests.model.Model;
import io.dgen.tests.model.ModelSender;
import io.dgen.tests.model.Place;
import io.dgen.tests.model.Reached;
import io.dgen.tests.model.Worker;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Senders of every kind of message, on several hosts and a node that only sends, while commits
 * fail, and nodes crash, stand still, and close. What is there in the end is what the model says.
 */
final class ModelScenario {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RETENTION = Duration.ofMinutes(2);

  /** How long it may take, from the last message on, until nothing is left to do. */
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private static final int THRESHOLD = 6;
  private static final int MAX_DELAY = 3000;
  private static final int MAX_ORDINAL = 6;
  private static final List<String> CELLS = List.of("cell-0", "cell-1", "cell-2");

  private final SimulatedCluster cluster;
  private final Simulation simulation;
  private final Plan plan;
  private final Model model = new Model();
  private final ModelSender.Plan sends = new ModelSender.Plan(CELLS, 2, MAX_DELAY);
  private final List<Node> nodes = new ArrayList<>();
  private final List<Seat> seats = new ArrayList<>();
  private final List<String> history = new ArrayList<>();
  private int opened;

  /**
   * What happens.
   *
   * @param hosts nodes that run the cells
   * @param senders how many senders, dealt to a node that only sends and to the hosts in turn
   * @param messages how many messages each sends
   * @param events how many nodes crash, stand still or are closed, and get a successor
   * @param cuts how many times before that a node is cut off with errors
   */
  record Plan(int hosts, int senders, int messages, int events, int cuts) {}

  /** Whether this run waits until everything has expired: that costs as much as all the rest. */
  private final boolean keepsClean;

  ModelScenario(
      long seed, Plan plan, SimulatedStore.Faults faults, SimulatedCluster.Medium medium) {
    this.cluster =
        new SimulatedCluster(
            seed,
            faults,
            DgenOptions.builder()
                .timeout(TIMEOUT)
                .closeTimeout(TIMEOUT)
                .lockTimeout(LOCK_TIMEOUT)
                .idempotencyRetention(RETENTION)
                .failures(it -> it.deadLetterThreshold(THRESHOLD).lockedThreshold(THRESHOLD))
                .build(),
            Duration.ZERO,
            medium);
    this.simulation = cluster.simulation();
    this.plan = plan;
    this.keepsClean = seed % 4 == 0;
    simulation.observe(model.canary());
    history.add("seed " + seed);
  }

  /** Runs to the end and checks it. */
  Canary run() {
    try {
      cluster.run(this::drive);
    } catch (AssertionError e) {
      Throwable first = e.getCause() == null ? e : e.getCause();
      Object what = model.problems().isEmpty() ? first.getMessage() : model.problems();
      throw new AssertionError(history + ": " + what, e);
    }
    return model.canary();
  }

  /** A node, and the sender on it. */
  private final class Seat implements Place {

    private final Node node;
    private final ModelSender sender;
    private boolean failing;
    private CompletableFuture<Void> ended = new CompletableFuture<>();

    Seat(String name, Node node) {
      this.node = node;
      this.sender = new ModelSender(name, this, model, sends, simulation.random().nextLong());
    }

    void start() {
      ended = node.on(() -> sender.send(plan.messages()));
    }

    boolean isOver() {
      return ended.isDone() || node.hasCrashed();
    }

    @Override
    public Dgen dgen() {
      return node.dgen();
    }

    @Override
    public Store store() {
      return node.store();
    }

    @Override
    public boolean hosts() {
      return node.isHost();
    }

    @Override
    public boolean mayFail() {
      return failing;
    }

    @Override
    public Instant now() {
      return node.environment().now();
    }

    @Override
    public void await(CompletableFuture<?> future) {
      simulation.await(future);
    }

    @Override
    public void pause() {
      cluster.sleepUpTo(MAX_DELAY);
    }

    @Override
    public void recover() {
      pause();
    }
  }

  private Node openHost() {
    Worker worker = new Worker(model, opened++, op -> cluster.sleepUpTo(MAX_DELAY));
    Node node = cluster.open(CellServer.of(worker));
    nodes.add(node);
    return node;
  }

  private void sit(Node node) {
    Seat seat = new Seat("s" + seats.size(), node);
    seats.add(seat);
    seat.start();
  }

  private void drive() {
    nodes.add(cluster.open());
    for (int i = 0; i < plan.hosts(); i++) {
      openHost();
    }
    for (int i = 0; i < plan.senders(); i++) {
      sit(nodes.get(i % nodes.size()));
    }
    for (int i = 0; i < plan.cuts(); i++) {
      cluster.sleepUpTo(2 * MAX_DELAY);
      cutOff();
    }
    for (int i = 0; i < plan.events(); i++) {
      cluster.sleepUpTo(2 * MAX_DELAY);
      happen();
    }
    while (!seats.stream().allMatch(Seat::isOver)) {
      simulation.sleep(Duration.ofSeconds(1));
    }
    check();
  }

  /** Something happens to a host, and another one comes. */
  private void happen() {
    Node victim = cluster.oneOf(nodes.stream().filter(Node::isHost).toList());
    switch (simulation.random().nextInt(4)) {
      case 0 -> {
        history.add("crash " + nodes.indexOf(victim));
        victim.environment().crash();
        nodes.remove(victim);
        sit(openHost());
      }
      case 1 -> {
        history.add("close " + nodes.indexOf(victim));
        model.canary().reach(Reached.CLOSED);
        seats.stream().filter(seat -> seat.node == victim).forEach(seat -> seat.failing = true);
        nodes.remove(victim);
        sit(openHost());
        simulation.await(victim.on(() -> victim.dgen().close()));
      }
      default -> {
        history.add("suspend " + nodes.indexOf(victim));
        model.canary().reach(Reached.CUT_OFF);
        // As long as the others take it for dead, or not quite.
        victim.environment().suspend(Duration.ofMillis(1000 + simulation.random().nextInt(12_000)));
      }
    }
  }

  /**
   * A host gets errors for a while, from one of its next commits on, which happens: shorter or
   * longer than it takes until others miss it.
   */
  private void cutOff() {
    Node victim = cluster.oneOf(nodes.stream().filter(Node::isHost).toList());
    history.add("cut off " + nodes.indexOf(victim));
    model.canary().reach(Reached.CUT_OFF);
    seats.stream().filter(seat -> seat.node == victim).forEach(seat -> seat.failing = true);
    Duration duration = Duration.ofMillis(100 + simulation.random().nextInt(12_000));
    simulation.await(
        victim
            .doubt(1 + simulation.random().nextInt(MAX_ORDINAL))
            .thenRun(() -> victim.cut(duration)));
  }

  private void check() {
    nodes.forEach(Node::mend);
    Node reader = openHost();
    List<String> entities = new ArrayList<>(CELLS);
    entities.add(Model.LEDGER);
    for (int i = 0; i < sends.mortals(); i++) {
      entities.add(Model.mortal(i));
    }
    List<String> graves = new ArrayList<>();
    for (int i = 0; i < ModelSender.LEAVERS; i++) {
      entities.add(Model.leaver(i));
      graves.add(Cell.graveOf(Model.leaver(i)));
    }
    CompletableFuture<Map<String, Model.Stored>> stored = new CompletableFuture<>();
    simulation.await(
        reader.on(
            () -> {
              settle(reader.dgen(), entities);
              settle(reader.dgen(), graves);
              stored.complete(Ending.read(reader.dgen(), cluster.store(), entities));
            }));
    Set<String> transactions = Ending.transactions(cluster.store());
    model.check(stored.join(), transactions);
    if (keepsClean) {
      checkKeys();
    }
    cluster.close(nodes);
  }

  /** Waits until nothing is left to do. */
  private void settle(Dgen reader, List<String> entities) {
    entities.forEach(entity -> reader.admin().entity("Cell", entity).resume());
    Instant end = simulation.now().plus(PATIENCE);
    while (cluster.count(3) > 0
        || entities.stream().anyMatch(entity -> length(reader, entity) > 0)) {
      simulation.sleep(Duration.ofSeconds(1));
      if (simulation.now().isAfter(end)) {
        throw new AssertionError(
            "stuck: " + entities.stream().map(each -> each + ": " + length(reader, each)).toList());
      }
    }
  }

  private static long length(Dgen reader, String entity) {
    return CellClient.of(reader, entity).entity().queueLength();
  }

  /** What is left in the end is what lasts. */
  private void checkKeys() {
    simulation.sleep(RETENTION.plusMinutes(1));
    List<String> left = new ArrayList<>();
    leftover(left, "ready keys", 1);
    leftover(left, "delayed messages", 3);
    leftover(left, "expiries of idempotency records", 8);
    if (!left.isEmpty()) {
      throw new AssertionError("left over: " + left);
    }
  }

  private void leftover(List<String> left, String what, int tag) {
    int count = cluster.count(tag);
    if (count > 0) {
      left.add(count + " " + what);
    }
  }
}
