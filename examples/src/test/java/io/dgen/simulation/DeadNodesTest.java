package io.dgen.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.internal.store.Environments;
import io.dgen.simulation.SimulatedStore.Faults;
import io.dgen.simulation.TracedStore.Kind;
import io.dgen.simulation.TracedStore.Trace;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes leave that die: one of the others clears it, and nothing stays. */
class DeadNodesTest {

  private static final Faults SOME = new Faults(0.05, 0.05, 0.05, 0.05);

  /** Much longer than a node must be silent before what it left is swept. */
  private static final Duration LONG = Duration.ofMinutes(20);

  private final List<Node> nodes = new ArrayList<>();
  private Simulation simulation;
  private Simulation.Life world;
  private Store store;

  private void run(long seed, Runnable test) {
    simulation = new Simulation(seed);
    world = new Simulation.Life();
    store =
        Environments.deterministic(
            simulation::nanos,
            (task, delay) -> simulation.schedule(world, delay, task)::cancel,
            simulation.random());
    CompletableFuture<Void> done = new CompletableFuture<>();
    simulation.start(
        world,
        () -> {
          test.run();
          done.complete(null);
        });
    simulation.runUntil(done);
  }

  private final class Node {

    final SimulatedNode environment = new SimulatedNode(simulation);
    final TracedStore traced;
    Dgen dgen;

    Node(Faults faults) {
      traced = new TracedStore(new SimulatedStore(simulation, environment, store, faults));
      nodes.add(this);
    }

    /** Opens the node and hosts the journal; never ends if the node crashes before. */
    CompletableFuture<Void> open() {
      return on(
          () ->
              dgen =
                  Dgen.open(
                          traced,
                          DgenOptions.DEFAULT
                              .withEnvironment(environment)
                              .withCloseStore(false)
                              .withPollInterval(Duration.ofHours(12))
                              .withTimeout(Duration.ofMinutes(2)))
                      .host(JournalServer.of()));
    }

    CompletableFuture<Void> on(Runnable body) {
      CompletableFuture<Void> ended = new CompletableFuture<>();
      simulation.start(
          environment.life(),
          () -> {
            body.run();
            ended.complete(null);
          });
      return ended;
    }

    int sweeps() {
      int sweeps = 0;
      for (Trace trace : traced.take()) {
        if (trace.committed && trace.cleared.contains(Kind.NODE)) {
          assertThat(trace.isBatch()).as("a sweep gives way to others").isTrue();
          sweeps++;
        }
      }
      return sweeps;
    }
  }

  private Node opened(Faults faults) {
    Node node = new Node(faults);
    simulation.await(node.open());
    return node;
  }

  /** The nodes that have keys of their own, and of what kind. */
  private Set<String> owners(Kind... kinds) {
    Set<String> owners = new HashSet<>();
    for (Kind kind : kinds) {
      byte[] prefix = kind.prefix();
      List<KeyValue> rows =
          store.read(reads -> reads.getRange(prefix, Keys.prefixEnd(prefix), 0).join());
      for (KeyValue row : rows) {
        UUID node =
            Tuple.fromBytes(row.key(), prefix.length, row.key().length - prefix.length).getUUID(0);
        owners.add(kind + " " + node);
      }
    }
    return owners;
  }

  private void closeAll() {
    for (Node node : nodes) {
      if (!node.environment.life().isOver()) {
        simulation.await(node.on(node.dgen::close));
      }
    }
    assertThat(owners(Kind.NODE, Kind.RECEIPT, Kind.REPLY, Kind.MAIL)).isEmpty();
  }

  @Test
  void oneOfTheLivingSweepsEachOfTheDead() {
    run(
        1,
        () -> {
          List<Node> living =
              List.of(opened(Faults.NONE), opened(Faults.NONE), opened(Faults.NONE));
          int dead = 12;
          for (int i = 0; i < dead; i++) {
            Node node = opened(Faults.NONE);
            simulation.await(
                node.on(
                    () -> {
                      // Receipts, and a reply that nobody fetches any more.
                      JournalClient.of(node.dgen, "j").note(1, 1, 0);
                      var unused = JournalClient.of(node.dgen, "k").askAsync(1, 1, 3);
                    }));
            simulation.sleep(Duration.ofMillis(5));
            node.environment.crash();
          }
          simulation.sleep(LONG.dividedBy(2));
          assertThat(owners(Kind.NODE)).as("nobody is swept soon").hasSize(3 + dead);
          assertThat(owners(Kind.RECEIPT)).hasSize(3 + dead);
          assertThat(owners(Kind.REPLY)).isNotEmpty();
          simulation.sleep(LONG);
          assertThat(owners(Kind.NODE)).hasSize(3);
          int sweeps = 0;
          for (Node node : living) {
            int each = node.sweeps();
            assertThat(each).as("the work is divided").isPositive();
            sweeps += each;
          }
          assertThat(sweeps).as("each once").isEqualTo(dead);
          closeAll();
        });
  }

  @Test
  void aSweepThatWaitsDoesNotMakeItsNodeLookDead() {
    run(
        1,
        () -> {
          Node living = opened(Faults.NONE);
          Node other = opened(Faults.NONE);
          for (int i = 0; i < 4; i++) {
            opened(Faults.NONE).environment.crash();
          }
          living.traced.starveBatch(true);
          other.traced.starveBatch(true);
          simulation.sleep(LONG.multipliedBy(2));
          assertThat(owners(Kind.NODE)).hasSize(6);
          assertThat(heartbeats(living)).isGreaterThan(1500);
          assertThat(heartbeats(other)).isGreaterThan(1500);
          for (Node node : List.of(living, other)) {
            simulation.await(node.on(node.dgen::close));
          }
          assertThat(owners(Kind.NODE)).as("another node is to sweep them").hasSize(4);
        });
  }

  private static long heartbeats(Node node) {
    return node.traced.take().stream()
        .filter(trace -> trace.committed && trace.written.contains(Kind.NODE))
        .count();
  }

  /** At whatever step: there is never a key of a node that has no row by which it is found. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aNodeThatDiesWhileItOpensLeavesNothing(long seed) {
    run(
        seed,
        () -> {
          opened(Faults.NONE);
          for (int i = 0; i < 20; i++) {
            Node node = new Node(SOME);
            var unused = node.open();
            simulation.sleep(Duration.ofNanos(1000L * simulation.random().nextInt(15_000)));
            node.environment.crash();
          }
          simulation.sleep(LONG);
          assertThat(owners(Kind.NODE)).hasSize(1);
          closeAll();
        });
  }
}
