package io.dgen.internal.engine.cluster;

import io.dgen.internal.engine.cluster.FlightRecorder.Flight;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.HostedIds;
import io.dgen.internal.engine.format.NodeId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queued messages that may have crashed a node, and so are to be tried alone.
 *
 * <p>A node that closes clears its row; a node whose row stays and grows old ended otherwise, and
 * one of the messages that it was running may be the cause. If its {@link FlightRecorder} file is
 * available, these are known. Otherwise each message that it may have reached is suspected: those
 * at the front of the queues of its entities, if they were sent before its end was seen.
 *
 * <p>A node that starts cannot tell at once which of the others are alive, as their last heartbeats
 * may be recent. It suspects each of them until it has seen it beat. Until then it may try messages
 * alone unnecessarily, which costs time, and only for what is in the queues at that moment.
 *
 * <p>While no node has died and none starts, there is no suspicion, and asking costs one volatile
 * read. Thread-safe: changes are guarded by this.
 */
public final class Suspects {

  private final Optional<Path> directory;
  private final Map<NodeId, Sight> sights = new HashMap<>();
  private boolean hasLooked;
  private volatile List<Suspicion> suspicions = List.of();

  /**
   * Starts without a suspicion.
   *
   * @param directory where nodes of this machine record what they run; empty if they do not
   */
  public Suspects(Optional<Path> directory) {
    this.directory = directory;
  }

  /**
   * The last sighting of a node.
   *
   * @param hasBeaten whether it has beaten since it was first seen
   * @param isDead whether it was presumed dead when it was last seen
   */
  private record Sight(long stamp, boolean hasBeaten, boolean isDead) {}

  /**
   * A row of a node.
   *
   * @param stamp the version of its last heartbeat
   * @param hosted what it hosts
   */
  record Row(long stamp, Map<String, HostedIds> hosted) {}

  /**
   * A dead node and what may have crashed it.
   *
   * @param node the node
   * @param hosted what it hosted
   * @param upTo the version up to which messages are suspected
   * @param before the placement while it lived; null if this node was not there
   * @param running what it was running; null if that is not known
   */
  public record Suspicion(
      NodeId node,
      Map<String, HostedIds> hosted,
      long upTo,
      @Nullable Placement before,
      @Nullable Set<Flight> running) {

    /**
     * Returns whether this is the same suspicion as another: a node may come under a new one later.
     */
    public boolean isSame(@Nullable Suspicion other) {
      return other != null && node.equals(other.node) && upTo == other.upTo;
    }

    private boolean covers(Address address, byte[] stamp) {
      if (running != null) {
        return !running.isEmpty() && running.contains(Flight.of(address, stamp));
      }
      HostedIds hosting = hosted.get(address.server());
      return hosting != null
          && (hosting.isAll() || hosting.ids().contains(address.id()))
          && ByteBuffer.wrap(stamp).getLong() <= upTo
          && (before == null || node.equals(before.owner(address.server(), address.id())));
    }
  }

  /** Returns the suspicion that a message is under; null for none. */
  public @Nullable Suspicion of(Address address, byte[] stamp) {
    for (Suspicion suspicion : suspicions) {
      if (suspicion.covers(address, stamp)) {
        return suspicion;
      }
    }
    return null;
  }

  /**
   * Records the result of a look at all other nodes' rows.
   *
   * @param rows the rows of the others
   * @param living those of them that are presumed alive
   * @param placement the placement until now
   * @param version the version of the look
   */
  synchronized void look(
      Map<NodeId, Row> rows, Set<NodeId> living, Placement placement, long version) {
    boolean isFirst = !hasLooked;
    hasLooked = true;
    List<Suspicion> next = new ArrayList<>(0);
    rows.forEach(
        (node, row) -> {
          Sight before = sights.get(node);
          boolean hasBeaten =
              before == null ? !isFirst : before.hasBeaten() || before.stamp() != row.stamp();
          boolean isDead = !living.contains(node);
          sights.put(node, new Sight(row.stamp(), hasBeaten, isDead));
          if (isDead || !hasBeaten) {
            Suspicion known = known(node);
            boolean hasDied = isDead && (before == null || !before.isDead());
            next.add(
                known == null || hasDied
                    ? suspicion(node, row, hasBeaten ? placement : null, version)
                    : known);
          }
        });
    sights.keySet().retainAll(rows.keySet());
    suspicions = List.copyOf(next);
  }

  /** Returns the other nodes that the last look found. */
  public synchronized Set<NodeId> nodes() {
    return Set.copyOf(sights.keySet());
  }

  private @Nullable Suspicion known(NodeId node) {
    for (Suspicion suspicion : suspicions) {
      if (suspicion.node().equals(node)) {
        return suspicion;
      }
    }
    return null;
  }

  private Suspicion suspicion(NodeId node, Row row, @Nullable Placement before, long version) {
    return new Suspicion(
        node, row.hosted(), version, before, FlightRecorder.read(directory, node).orElse(null));
  }
}
