package io.dgen.internal.engine.query;

import io.dgen.internal.engine.cluster.Ownership;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.QueryRequest;
import io.dgen.internal.engine.send.Deadlines;
import io.dgen.internal.engine.send.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One query that other nodes are asked to run, one after another: the next one if the last one has
 * gone, or does not answer for a while. The first answer counts.
 *
 * <p>Queries change nothing, so several may run. But one may end the process that runs it, so no
 * more than {@link #MAX} are asked. Thread-safe.
 */
final class AskedNodes extends Deadlines.Entry {

  /** How many nodes are asked, at most. */
  static final int MAX = 3;

  private final Pending<?> pending;
  private final Address address;
  private final QueryRequest request;
  private final Runnable onSilence;

  /** The nodes that were asked, the last one last. Guarded by {@code this}. */
  private final List<NodeId> asked = new ArrayList<>(1);

  /**
   * Creates it.
   *
   * @param pending the sender, with the number under which its reply comes back
   * @param payload the term of the query's record
   * @param onSilence called when the node that was asked last has not answered for a while
   */
  AskedNodes(Pending<?> pending, Address address, NodeId self, byte[] payload, Silence onSilence) {
    this.pending = pending;
    this.address = address;
    this.request =
        new QueryRequest(new Caller(self, pending.call), address, pending.messageName(), payload);
    this.onSilence = () -> onSilence.of(this);
  }

  /** Told of a node that does not answer. */
  @FunctionalInterface
  interface Silence {
    void of(AskedNodes query);
  }

  Pending<?> pending() {
    return pending;
  }

  Address address() {
    return address;
  }

  QueryRequest request() {
    return request;
  }

  /**
   * Chooses the next node to ask.
   *
   * @param insists whether to ask another one even though the last one is alive
   * @return null if none is to be asked now
   */
  synchronized @Nullable NodeId next(Ownership ownership, boolean insists) {
    List<NodeId> hosts = ownership.hosts(address);
    if (!asked.isEmpty() && !insists && hosts.contains(asked.getLast())) {
      return null;
    }
    if (asked.size() == MAX) {
      return null;
    }
    for (NodeId host : hosts) {
      if (!asked.contains(host)) {
        asked.add(host);
        pending.queried("node " + host + " was asked, and has not answered");
        return host;
      }
    }
    if (asked.isEmpty()) {
      pending.queried("no live node hosts " + address);
    }
    return null;
  }

  /** Sets the time after which the node that was asked last is considered silent. */
  synchronized void await(Deadlines deadlines, Duration patience) {
    deadlines.remove(this);
    deadlines.add(this, patience);
  }

  @Override
  public void expired() {
    onSilence.run();
  }
}
