package io.dgen.internal.engine.cluster;

import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.work.Lifecycle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which node runs an entity, as far as this node knows. The answer may be stale. Thread-safe.
 */
public final class Ownership {

  private final Membership membership;
  private final HostedServers servers;
  private final Lifecycle lifecycle;

  public Ownership(Membership membership, HostedServers servers, Lifecycle lifecycle) {
    this.membership = membership;
    this.servers = servers;
    this.lifecycle = lifecycle;
  }

  /** Returns whether this node owns an entity. */
  public boolean owns(Address address) {
    return servers.has(address.server()) && membership.owns(address.server(), address.id());
  }

  /** Returns whether this node owns a shard, and is open. */
  public boolean ownsShard(String server, int shard) {
    return !lifecycle.isClosing() && servers.has(server) && membership.ownsShard(server, shard);
  }

  /** Returns the node that owns an entity; null if no live node does. */
  public @Nullable NodeId owner(Address address) {
    return membership.placement().owner(address.server(), address.id());
  }

  /** Returns the live nodes that host an entity's server: the entity's owner first. */
  public List<NodeId> hosts(Address address) {
    return membership.placement().hosts(address.server(), address.id());
  }

  /** Reports that a node that was believed to be alive has left. */
  public void isGone() {
    membership.suspect();
  }

  /** Reports that a round of the entity met another transaction: another node may run it too. */
  public void conflicted(Address address) {
    if (owns(address)) {
      membership.suspect();
    }
  }
}
