package io.dgen.tests.cluster;

import io.dgen.Dgen;
import io.dgen.Hosting;
import io.dgen.store.Store;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.Machine;
import io.dgen.tests.harness.Wire;
import io.dgen.tests.model.Canary;
import io.dgen.tests.model.CellServer;
import io.dgen.tests.model.Ending;
import io.dgen.tests.model.Model;
import io.dgen.tests.model.ModelSender;
import io.dgen.tests.model.Place;
import io.dgen.tests.model.Reached;
import io.dgen.tests.model.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Senders of every kind of message on machines under load, in real time, to which things happen in
 * the order of a seed: commits conflict or have an unknown result, machines are cut off, closed, or
 * die. What is there in the end is what the model says.
 */
final class ModelRun implements AutoCloseable {

  private enum Event {
    CUT_SILENTLY,
    CUT_WITH_ERRORS,
    CLOSE,
    DIE
  }

  private static final List<String> CELLS = List.of("cell-0", "cell-1", "cell-2");
  private static final int HOSTS = 3;
  private static final int SENDERS = 2;
  private static final int BURST = 12;
  private static final int STEPS = 150;
  private static final int THRESHOLD = 6;
  private static final int FAULTS_IN_A_HUNDRED = 4;

  /** Longer than what a holder does, and shorter than what a machine is cut off for. */
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(600);

  /** Far longer than anything takes, and far shorter than the poll interval. */
  private static final int PATIENCE_SECONDS = 60;

  /** So long that the test gives up before a machine that is cut off does. */
  private static final Duration TIMEOUT = Duration.ofSeconds(2 * PATIENCE_SECONDS);

  private final Cluster cluster;
  private final Random random;
  private final Model model = new Model();
  private final ModelSender.Plan plan = new ModelSender.Plan(CELLS, 2);
  private final List<Seat> seats = new ArrayList<>();
  private final List<Machine> all = new ArrayList<>();
  private final List<Machine> alive = new ArrayList<>();
  private final List<String> history = new ArrayList<>();

  ModelRun(Cluster cluster, long seed) {
    this.cluster = cluster;
    this.random = new Random(seed);
    history.add("seed " + seed);
    start(null);
    for (int i = 0; i < HOSTS; i++) {
      start(Hosting.DEFAULT);
    }
  }

  /** Lets things happen, one after another, each in the middle of a burst of messages. */
  Canary run(int events) {
    return runEach(events, () -> happen(Event.values()[random.nextInt(Event.values().length)]));
  }

  /**
   * Lets something happen to the store, again and again, and to machines in between. None is cut
   * off: when versions have jumped, others sweep it within seconds.
   */
  Canary run(int events, Runnable fault) {
    return runEach(
        events,
        () -> {
          history.add("FAULT");
          fault.run();
          if (random.nextBoolean()) {
            happen(random.nextBoolean() ? Event.CLOSE : Event.DIE);
          }
        });
  }

  private Canary runEach(int events, Runnable event) {
    for (int i = 0; i < events; i++) {
      // On a slow store bursts would pile up that nobody has the patience to wait for.
      seats.stream().filter(Seat::isIdle).forEach(seat -> seat.send(BURST));
      int done = random.nextInt(SENDERS * alive.size());
      await("some bursts before event " + i, () -> idle(seats) >= done);
      event.run();
    }
    seats.forEach(seat -> seat.send(BURST));
    await("the end of all messages", () -> idle(seats) == seats.size());
    check();
    return model.canary();
  }

  private void happen(Event event) {
    List<Machine> hosts = alive.stream().filter(Machine::isHost).toList();
    Machine one = hosts.get(random.nextInt(hosts.size()));
    history.add(event + " " + all.indexOf(one));
    switch (event) {
      case CUT_SILENTLY, CUT_WITH_ERRORS -> {
        model.canary().reach(Reached.CUT_OFF);
        one.cut(event == Event.CUT_SILENTLY ? Wire.Cut.SILENT : Wire.Cut.ERRORS);
        List<Seat> others =
            seats.stream().filter(seat -> seat.machine != one && seat.isWorking()).toList();
        // So long that the others take over what it owned.
        others.forEach(seat -> seat.send(0));
        await("the others while one is cut off", () -> idle(others) == others.size());
        one.mend();
      }
      case CLOSE -> {
        model.canary().reach(Reached.CLOSED);
        start(Hosting.DEFAULT);
        alive.remove(one);
        one.leave();
      }
      case DIE -> {
        model.canary().reach(Reached.CRASH);
        start(Hosting.DEFAULT);
        alive.remove(one);
        one.dieAfter(random.nextInt(STEPS));
        await("its death", one::isDead);
      }
    }
  }

  private void start(@Nullable Hosting hosting) {
    long seed = random.nextLong();
    Random chance = new Random(seed);
    FaultyStore faulty =
        new FaultyStore(cluster.store())
            .plan(commit -> CompletableFuture.completedFuture(fate(chance)));
    Machine machine =
        new Machine(
            cluster,
            faulty,
            hosting,
            options ->
                options.toBuilder()
                    .timeout(TIMEOUT)
                    .lockTimeout(LOCK_TIMEOUT)
                    .failures(it -> it.deadLetterThreshold(THRESHOLD).lockedThreshold(THRESHOLD))
                    .build());
    int number = all.size();
    if (hosting != null) {
      Random pauses = new Random(seed);
      machine
          .dgen()
          .host(
              CellServer.of(new Worker(model, number, op -> hold(machine, pauses.nextInt(60)))),
              hosting);
    }
    all.add(machine);
    alive.add(machine);
    for (int i = 0; i < SENDERS; i++) {
      Seat seat = new Seat("s" + number + "-" + i, machine, random.nextLong());
      seats.add(seat);
      Thread.ofVirtual().name(seat.name).start(seat::work);
    }
  }

  /** Commits of the machines fail now and then, in a way that the engine is to survive. */
  private Fate fate(Random chance) {
    int draw = chance.nextInt(100 / FAULTS_IN_A_HUNDRED * 3);
    Fate fate =
        switch (draw) {
          case 0 -> Fate.CONFLICT;
          case 1 -> Fate.UNKNOWN_BUT_COMMITTED;
          case 2 -> Fate.UNKNOWN_AND_NOT_COMMITTED;
          default -> Fate.COMMIT;
        };
    if (fate == Fate.UNKNOWN_BUT_COMMITTED) {
      model.canary().reach(Reached.UNKNOWN_BUT_COMMITTED);
    } else if (fate == Fate.UNKNOWN_AND_NOT_COMMITTED) {
      model.canary().reach(Reached.UNKNOWN_AND_LOST);
    }
    return fate;
  }

  /** Holds a lock for a while: for as long as some other transactions of the machine take. */
  private static void hold(Machine machine, int reads) {
    for (int i = 0; i < reads; i++) {
      var unused = machine.store().read(transaction -> transaction.getReadVersion().join());
    }
  }

  /** A sender and its machine. */
  private final class Seat implements Place {

    private final String name;
    private final Machine machine;
    private final ModelSender sender;
    private final BlockingQueue<Integer> bursts = new LinkedBlockingQueue<>();
    private final AtomicInteger undone = new AtomicInteger();

    Seat(String name, Machine machine, long seed) {
      this.name = name;
      this.machine = machine;
      this.sender = new ModelSender(name, this, model, plan, seed);
    }

    /** Begins to send messages; 0 for a call to each cell. */
    void send(int messages) {
      undone.incrementAndGet();
      bursts.add(messages);
    }

    boolean isWorking() {
      return alive.contains(machine);
    }

    /** Whether it has heard of all that it was to send, or its machine is no more. */
    boolean isIdle() {
      return undone.get() == 0 || sender.isClosed() || machine.isDead();
    }

    void work() {
      try {
        while (!sender.isClosed()) {
          int messages = bursts.take();
          if (messages == 0) {
            sender.callEach();
          } else {
            sender.send(messages);
          }
          undone.decrementAndGet();
        }
      } catch (InterruptedException | RuntimeException | Error e) {
        model.problem(name + " failed: " + e);
      }
    }

    @Override
    public Dgen dgen() {
      return machine.dgen();
    }

    @Override
    public Store store() {
      return machine.store();
    }

    @Override
    public boolean hosts() {
      return machine.isHost();
    }

    @Override
    public boolean mayFail() {
      return machine.isFailing();
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public void await(CompletableFuture<?> future) {
      var unused = future.handle((value, error) -> true).join();
    }

    /** Real time passes by itself. */
    @Override
    public void pause() {}

    @Override
    public void recover() {
      machine.awaitMended();
    }
  }

  private static int idle(List<Seat> some) {
    return (int) some.stream().filter(Seat::isIdle).count();
  }

  private void await(String what, Callable<Boolean> condition) {
    try {
      Awaitility.await(what + " after " + history)
          .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .pollInterval(2, TimeUnit.MILLISECONDS)
          .until(() -> !model.problems().isEmpty() || condition.call());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "%s; idle are not: %s%n  %s".formatted(e.getMessage(), unheard(), statuses()), e);
    }
    if (!model.problems().isEmpty()) {
      throw new AssertionError(what + " after " + history + ": " + model.problems());
    }
  }

  private List<String> unheard() {
    return seats.stream().filter(seat -> !seat.isIdle()).map(seat -> seat.name).toList();
  }

  /** As the machine sees them to which nothing happens. */
  private String statuses() {
    Dgen dgen = all.getFirst().dgen();
    return entities().stream()
        .map(entity -> dgen.admin().entity("Cell", entity).status().toString())
        .collect(Collectors.joining("\n  "));
  }

  private List<String> entities() {
    List<String> entities = new ArrayList<>(CELLS);
    entities.add(Model.LEDGER);
    for (int i = 0; i < plan.mortals(); i++) {
      entities.add(Model.mortal(i));
    }
    for (int i = 0; i < ModelSender.LEAVERS; i++) {
      entities.add(Model.leaver(i));
    }
    return entities;
  }

  private void check() {
    List<String> entities = entities();
    Dgen reader = alive.getLast().dgen();
    entities.forEach(entity -> reader.admin().entity("Cell", entity).resume());
    await(
        "empty queues",
        () ->
            isEmpty(KeyKind.QUEUE)
                && isEmpty(KeyKind.DUE)
                && isEmpty(KeyKind.LOCK)
                && isEmpty(KeyKind.READY));
    Map<String, Model.Stored> stored = Ending.read(reader, cluster.store(), entities);
    try {
      model.check(stored, Ending.transactions(cluster.store()));
    } catch (AssertionError e) {
      throw new AssertionError(history + ": " + e.getMessage(), e);
    }
  }

  private boolean isEmpty(KeyKind kind) {
    return cluster.keys().of(kind).isEmpty();
  }

  @Override
  public void close() {
    alive.forEach(Machine::mend);
    cluster.closeNodes();
    all.forEach(Machine::scrap);
  }
}
