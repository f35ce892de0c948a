package io.dgen.tests.simulation;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.Hosting;
import io.dgen.generated.ServerDescriptor;
import io.dgen.internal.store.memory.DeterministicStore;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import io.dgen.tests.simulation.SimulatedStore.Pages;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One store and the nodes on it, in virtual time and from one seed. */
final class SimulatedCluster {

  private final Simulation simulation;
  private final Faults faults;
  private final DgenOptions options;
  private final Duration skew;
  private final Pages pages = new Pages();
  private final Simulation.Life world = new Simulation.Life();
  private final Store store;

  /**
   * @param options how the nodes run
   */
  SimulatedCluster(long seed, Faults faults, DgenOptions options) {
    this(seed, faults, options, Duration.ZERO);
  }

  /**
   * @param options how the nodes run
   * @param skew how far a node's clock on the wall may be ahead or behind: each has its own
   */
  SimulatedCluster(long seed, Faults faults, DgenOptions options, Duration skew) {
    this(seed, faults, options, skew, Medium.LOCAL);
  }

  /** What lies between the nodes and the deterministic store. */
  @FunctionalInterface
  interface Medium {

    /** Nothing. */
    Medium LOCAL = store -> store;

    Store over(Store store);
  }

  /**
   * @param options how the nodes run
   * @param skew how far a node's clock on the wall may be ahead or behind: each has its own
   * @param medium what lies between the nodes and the store
   */
  SimulatedCluster(long seed, Faults faults, DgenOptions options, Duration skew, Medium medium) {
    this.simulation = new Simulation(seed);
    this.faults = faults;
    this.options = options;
    this.skew = skew;
    this.store =
        medium.over(
            DeterministicStore.open(
                simulation::nanos,
                (task, delay) -> simulation.schedule(world, delay, task)::cancel,
                simulation.random()));
  }

  /** The store itself, without the faults. */
  Store store() {
    return store;
  }

  /** How all nodes read pages of queues. */
  Pages pages() {
    return pages;
  }

  Simulation simulation() {
    return simulation;
  }

  /** Runs something to its end, and with it whatever else there is to run meanwhile. */
  void run(Runnable body) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    simulation.start(
        world,
        () -> {
          body.run();
          done.complete(null);
        });
    simulation.runUntil(done);
  }

  /** Waits for a time that is drawn, of less than a number of milliseconds. */
  void sleepUpTo(int millis) {
    simulation.sleep(Duration.ofMillis(simulation.random().nextInt(millis)));
  }

  /** Draws one of several. */
  <T> T oneOf(List<T> all) {
    return all.get(simulation.random().nextInt(all.size()));
  }

  /** How many keys there are below a tag of the root. */
  int count(int tag) {
    return keys(tag).size();
  }

  /** The keys below a tag of the root. */
  List<Tuple> keys(int tag) {
    byte[] prefix = Tuple.from(tag).pack("dgen".getBytes(StandardCharsets.UTF_8));
    List<KeyValue> rows =
        store.read(transaction -> transaction.getRange(prefix, Keys.prefixEnd(prefix), 0).join());
    return rows.stream()
        .map(KeyValue::key)
        .map(key -> Tuple.fromBytes(key, prefix.length, key.length - prefix.length))
        .toList();
  }

  private Duration drawSkew() {
    int seconds = Math.toIntExact(skew.toSeconds());
    return seconds == 0
        ? Duration.ZERO
        : Duration.ofSeconds(simulation.random().nextInt(-seconds, seconds + 1));
  }

  /** A node that hosts servers, or one that only sends. Waits until it is open. */
  Node open(ServerDescriptor<?, ?>... hosted) {
    return open(Hosting.DEFAULT, hosted);
  }

  /** A node that hosts some entities of servers. Waits until it is open. */
  Node open(Hosting hosting, ServerDescriptor<?, ?>... hosted) {
    Node node = new Node(hosting, hosted);
    simulation.await(node.open());
    return node;
  }

  /** A node that is still being opened when it is returned, and may crash meanwhile. */
  Node opening(ServerDescriptor<?, ?>... hosted) {
    Node node = new Node(Hosting.DEFAULT, hosted);
    var unused = node.open();
    return node;
  }

  /** A node in the place of one that crashed: it hosts the same. */
  Node openInPlaceOf(Node victim) {
    return open(victim.hosting, victim.hosted);
  }

  /** Closes nodes one after another. */
  void close(List<Node> nodes) {
    nodes.forEach(node -> simulation.await(node.on(node.dgen()::close)));
  }

  /** A node and what was opened on it. */
  final class Node {

    private final SimulatedNode environment = new SimulatedNode(simulation, drawSkew());
    private final SimulatedStore simulated =
        new SimulatedStore(simulation, environment, store, faults, pages);
    private final TracedStore traced = new TracedStore(simulation, simulated);
    private final Hosting hosting;
    private final ServerDescriptor<?, ?>[] hosted;
    private @Nullable Dgen dgen;

    private Node(Hosting hosting, ServerDescriptor<?, ?>[] hosted) {
      this.hosting = hosting;
      this.hosted = hosted;
    }

    private CompletableFuture<Void> open() {
      return on(
          () -> {
            Dgen opened =
                Dgen.open(
                    traced, options.toBuilder().environment(environment).closeStore(false).build());
            dgen = opened;
            for (ServerDescriptor<?, ?> server : hosted) {
              opened.host(server, hosting);
            }
          });
    }

    /** Makes each message between it and the store take so much longer from now on. */
    void delay(Duration duration) {
      simulated.delay(duration);
    }

    /** Cuts it off from the store for a while, with errors. */
    void cut(Duration duration) {
      simulated.cut(duration);
    }

    /** Ends what {@link #cut} began. */
    void mend() {
      simulated.cut(Duration.ZERO);
    }

    /**
     * Leaves a commit of it in doubt: one that happens, and nobody can say so.
     *
     * @param ordinal which one of those that happen from now on; 1 is the next
     * @return done when it happened, before the node hears of it
     */
    CompletableFuture<Void> doubt(int ordinal) {
      return simulated.doubt(ordinal);
    }

    /** Its view of the store. */
    TracedStore store() {
      return traced;
    }

    Dgen dgen() {
      return Objects.requireNonNull(dgen, "the node has not been opened");
    }

    SimulatedNode environment() {
      return environment;
    }

    boolean isHost() {
      return hosted.length > 0;
    }

    boolean hasCrashed() {
      return environment.life().isOver();
    }

    /** Runs something on the node; the future never completes if the node crashes before. */
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
  }
}
