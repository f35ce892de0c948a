package io.dgen.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.Hosting;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.Machine;
import io.dgen.tests.harness.Wire;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.Tape;
import io.dgen.tests.servers.TapeClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Machines under load, to which things happen in the order of a seed. Whatever happens to one of
 * them, the senders of the others are served, without a single error; and in the end every message
 * counts once, in the order of its sender, and none that was acknowledged is lost.
 */
final class Turmoil implements AutoCloseable {

  /** What happens to a machine. */
  enum Event {
    JOIN,
    /** One joins that hosts two of the tapes alone. */
    CLAIM,
    LEAVE,
    CUT_SHORTLY,
    CUT_FOR_LONG,
    DIE
  }

  private static final int MACHINES = 3;
  private static final int SENDERS = 2;
  private static final int BURST = 24;
  private static final int STEPS = 150;

  /** Far longer than anything takes, and far shorter than the poll interval. */
  private static final int PATIENCE_SECONDS = 60;

  private final Cluster cluster;
  private final Random random;
  private final List<String> entities =
      IntStream.range(0, 8).mapToObj(number -> "tape-" + number).toList();
  private final List<Machine> all = new ArrayList<>();
  private final List<Machine> alive = new ArrayList<>();
  private final List<TapeSender> senders = new ArrayList<>();
  private final AtomicInteger heard = new AtomicInteger();
  private final List<String> history = new ArrayList<>();
  private int dead;

  Turmoil(Cluster cluster, long seed) {
    this.cluster = cluster;
    this.random = new Random(seed);
    history.add("seed " + seed);
    start(null);
    for (int i = 0; i < MACHINES; i++) {
      start(Hosting.DEFAULT);
    }
  }

  /** Lets things happen, one after another, each in the middle of a burst of messages. */
  void run(int events, Event... kinds) {
    for (int i = 0; i < events; i++) {
      Event event = kinds[random.nextInt(kinds.length)];
      int target = heard.get() + random.nextInt(SENDERS * alive.size() * BURST / 2);
      senders.forEach(sender -> sender.send(BURST));
      await("the load before event " + i, () -> heard.get() >= target || isIdle(senders));
      happen(event);
    }
    check();
  }

  private void happen(Event event) {
    List<Machine> hosts = alive.stream().filter(Machine::isHost).toList();
    Machine one = hosts.get(random.nextInt(hosts.size()));
    // The last one that hosts all is needed.
    Event possible = hosts.stream().filter(Machine::isHostOfAll).count() == 1 ? Event.JOIN : event;
    history.add(possible + " " + all.indexOf(one));
    switch (possible) {
      case JOIN -> start(Hosting.DEFAULT);
      case CLAIM ->
          start(
              Hosting.builder()
                  .only(entities.get(random.nextInt(entities.size())), entities.getFirst())
                  .build());
      case LEAVE -> {
        alive.remove(one);
        one.leave();
      }
      case CUT_SHORTLY -> {
        one.cut(anyCut());
        int more = heard.get() + random.nextInt(BURST);
        await(
            "some messages while one is cut off",
            () -> heard.get() >= more || isIdle(healthy(one)));
        one.mend();
      }
      case CUT_FOR_LONG -> {
        one.cut(anyCut());
        serve(healthy(one));
        one.mend();
      }
      case DIE -> {
        alive.remove(one);
        dead++;
        one.dieAfter(random.nextInt(STEPS));
        await("its death", one::isDead);
      }
    }
    serve(healthy(null));
  }

  private Wire.Cut anyCut() {
    return random.nextBoolean() ? Wire.Cut.SILENT : Wire.Cut.ERRORS;
  }

  private void start(@Nullable Hosting tapes) {
    Machine machine = new Machine(cluster, tapes);
    all.add(machine);
    alive.add(machine);
    for (int i = 0; i < SENDERS; i++) {
      String name = "sender " + i + " of machine " + (all.size() - 1);
      senders.add(new TapeSender(name, machine, entities, random.nextLong(), heard));
    }
  }

  /** The senders of the machines that live, but for one. */
  private List<TapeSender> healthy(@Nullable Machine but) {
    return senders.stream()
        .filter(sender -> alive.contains(sender.machine()) && sender.machine() != but)
        .toList();
  }

  /** Each of these senders gets an answer from each entity. */
  private void serve(List<TapeSender> served) {
    served.forEach(TapeSender::callEach);
    await("an answer from each entity", () -> isIdle(served));
  }

  private static boolean isIdle(List<TapeSender> some) {
    some.forEach(TapeSender::check);
    return some.stream().allMatch(TapeSender::isIdle);
  }

  private void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what + " after " + history)
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .pollInterval(2, TimeUnit.MILLISECONDS)
        .until(condition);
  }

  private void check() {
    await("the end of all messages", () -> isIdle(senders));
    senders.forEach(TapeSender::end);
    senders.forEach(TapeSender::check);
    await("empty queues", () -> isEmpty(KeyKind.QUEUE) && isEmpty(KeyKind.READY));
    Dgen reader = alive.getLast().dgen();
    long sum = 0;
    for (String entity : entities) {
      Map<String, List<Integer>> stored = TapeClient.of(reader, entity).read();
      for (TapeSender sender : senders) {
        sender.check(entity, stored.getOrDefault(sender.name(), List.of()));
      }
      sum += stored.values().stream().mapToInt(List::size).sum();
    }
    assertThat(sum).as("messages after %s", history).isPositive();
    assertThat(CountersClient.of(reader, Tape.SUM).value())
        .as("what the tapes sent within their transactions, after %s", history)
        .isEqualTo(sum);
    cluster.closeNodes();
    assertThat(cluster.keys().of(KeyKind.NODE)).as("nodes that did not leave").hasSize(dead);
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
