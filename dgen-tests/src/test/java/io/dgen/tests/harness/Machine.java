package io.dgen.tests.harness;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.Hosting;
import io.dgen.store.Store;
import io.dgen.tests.servers.Counters;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.Tape;
import io.dgen.tests.servers.TapeServer;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A node with a machine and a wire of its own: it can leave, be cut off, and die. */
public final class Machine {

  /** Short, so that a test need not wait long until others take over. */
  static final Duration LIVENESS = Duration.ofMillis(400);

  private final Cluster cluster;
  private final Wire wire = new Wire();
  private final MortalEnvironment environment =
      new MortalEnvironment(() -> wire.cut(Wire.Cut.SILENT));
  private final DistantStore distant;
  private final Dgen dgen;
  private final @Nullable Hosting tapes;
  private volatile boolean failing;

  /**
   * Starts a node.
   *
   * @param cluster the nodes that it belongs to
   * @param tapes which entities of {@link Tape} it hosts, and {@link Counters}; null if it only
   *     sends
   */
  public Machine(Cluster cluster, @Nullable Hosting tapes) {
    this(cluster, cluster.store(), tapes, options -> options);
    if (tapes != null) {
      dgen.host(TapeServer.of(), tapes);
      dgen.host(CountersServer.of());
    }
  }

  /**
   * Starts a node that hosts nothing yet.
   *
   * @param cluster the nodes that it belongs to
   * @param store the store as it is seen at the other end of the wire
   * @param tapes what it will host; null if it only sends
   * @param options how it runs
   */
  public Machine(
      Cluster cluster, Store store, @Nullable Hosting tapes, UnaryOperator<DgenOptions> options) {
    this.cluster = cluster;
    this.tapes = tapes;
    this.distant = new DistantStore(store, wire);
    // No poll comes to help: what is not noticed by a watch or by membership stays for ever.
    this.dgen =
        cluster.node(
            distant,
            all ->
                options.apply(all).toBuilder()
                    .environment(environment)
                    .livenessTimeout(LIVENESS)
                    .pollInterval(Duration.ofHours(1))
                    .build());
  }

  public Dgen dgen() {
    return dgen;
  }

  /** The store, at the other end of the wire. */
  public Store store() {
    return distant;
  }

  public boolean isHost() {
    return tapes != null;
  }

  /** Whether it runs any tape that nobody claims. */
  public boolean isHostOfAll() {
    return tapes != null && tapes.ids().isEmpty();
  }

  /** Whether its senders may hear of errors: those of no other machine may. */
  public boolean isFailing() {
    return failing;
  }

  public boolean isDead() {
    return environment.isDead();
  }

  /** Cuts the wire to the store. */
  public void cut(Wire.Cut how) {
    failing |= how == Wire.Cut.ERRORS;
    wire.cut(how);
  }

  public void mend() {
    wire.mend();
  }

  public void awaitMended() {
    wire.awaitMended();
  }

  /** Dies after a number of steps of the engine. */
  public void dieAfter(int steps) {
    cluster.forget(dgen);
    environment.dieAfter(steps);
  }

  /** Says good-bye and ends. */
  public void leave() {
    failing = true;
    cluster.forget(dgen);
    dgen.close();
  }

  /** Gives back what the machine has, dead or alive. */
  public void scrap() {
    environment.close();
  }
}
