package io.dgen.internal.engine.cluster;

import io.dgen.internal.engine.format.NodeId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tracks until when each node is presumed alive, on the clock of the node that looks.
 *
 * <p>When a heartbeat is first seen, the store's versions tell its age; from then on only this
 * node's own clock counts. For versions are not a steady clock: a recovery of a FoundationDB
 * cluster advances them by a hundred seconds at once, and on an idle cluster they stand still for
 * up to two. The clocks of two machines are never compared. Guarded by its user.
 */
final class LivenessTracker {

  private static final long NANOS_PER_VERSION = 1000;

  private final long leaseNanos;
  private Map<NodeId, Sighting> byNode = new HashMap<>();
  private @Nullable Long lastLook;

  LivenessTracker(long leaseNanos) {
    this.leaseNanos = leaseNanos;
  }

  /**
   * A node's last heartbeat.
   *
   * @param stamp the version of the heartbeat
   * @param watched how long no other heartbeat came while this node could look
   * @param deadline when the node is no longer presumed alive
   */
  record Sighting(long stamp, long watched, long deadline) {

    boolean isAlive(long now) {
      return now - deadline <= 0;
    }

    /**
     * Returns whether the node has missed heartbeats for so many leases, not counting an outage of
     * the store.
     */
    boolean isStale(int leases, long leaseNanos) {
      return watched / leases > leaseNanos;
    }
  }

  /**
   * Records the result of one look at all heartbeats.
   *
   * @param stamps the version of each node's heartbeat
   * @param version the version of the look
   * @param now when it was, in nanoseconds of this node's clock
   * @return the sighting of each of the nodes
   */
  Map<NodeId, Sighting> look(Map<NodeId, Long> stamps, long version, long now) {
    long sinceLastLook = lastLook == null ? Long.MAX_VALUE : now - lastLook;
    Map<NodeId, Sighting> next = new HashMap<>();
    stamps.forEach(
        (node, stamp) -> {
          long age = Math.max(0, version - stamp) * NANOS_PER_VERSION;
          Sighting before = byNode.get(node);
          if (before == null) {
            next.put(node, new Sighting(stamp, 0, now + leaseNanos - age));
          } else if (before.stamp() != stamp) {
            // It has beaten since the last look, whatever the versions have done.
            long least = Math.min(age, sinceLastLook);
            next.put(node, new Sighting(stamp, 0, now + leaseNanos - least));
          } else {
            next.put(node, seenAgain(before, sinceLastLook, now));
          }
        });
    byNode = next;
    lastLook = now;
    return next;
  }

  /**
   * Returns a new sighting of an unchanged heartbeat. If this node saw nothing for long, since the
   * store did not respond, others get time to beat.
   */
  private Sighting seenAgain(Sighting before, long sinceLastLook, long now) {
    long grace = leaseNanos / 2;
    long watched = before.watched() + Math.min(sinceLastLook, grace);
    boolean wasAlive = before.isAlive(now - sinceLastLook);
    boolean gets = sinceLastLook > grace && wasAlive && before.deadline() - (now + grace) < 0;
    return new Sighting(before.stamp(), watched, gets ? now + grace : before.deadline());
  }
}
