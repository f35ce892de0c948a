package io.dgen.internal.engine.cluster;

import io.dgen.internal.engine.format.Hashes;
import io.dgen.internal.engine.format.HostedIds;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The live nodes, what each of them hosts, and who therefore owns each entity. Immutable.
 *
 * <p>An entity that live nodes claim belongs to one of these nodes. Any other belongs to the
 * shard's owner, if that hosts the whole server, and otherwise to no node. A shard belongs to one
 * of the nodes that host the whole server or, if there is none, to one of those that claim ids.
 * Among several, the one with the highest hash is chosen (rendezvous hashing), so that every node
 * arrives at the same answer independently, and a change moves only what it must.
 */
final class Placement {

  /** The placement before any node is known. */
  static final Placement NONE = new Placement(List.of(), Map.of());

  private final List<Member> members;
  private final Map<String, ServerPlacement> placements;

  private Placement(List<Member> members, Map<String, ServerPlacement> placements) {
    this.members = members;
    this.placements = placements;
  }

  /**
   * The owners of the entities of one server.
   *
   * @param shards the owner of each shard
   * @param hasWhole whether these host the whole server
   * @param claims the owner of each claimed id
   */
  private record ServerPlacement(
      List<NodeId> shards, boolean hasWhole, Map<String, NodeId> claims) {}

  static Placement of(List<Member> members) {
    Set<String> servers = new TreeSet<>();
    members.forEach(member -> servers.addAll(member.servers().keySet()));
    Map<String, ServerPlacement> placements = new HashMap<>();
    servers.forEach(server -> placements.put(server, place(server, members)));
    return new Placement(List.copyOf(members), placements);
  }

  private static ServerPlacement place(String server, List<Member> members) {
    List<NodeId> whole = new ArrayList<>();
    List<NodeId> claimers = new ArrayList<>();
    Map<String, List<NodeId>> byId = new HashMap<>();
    for (Member member : members) {
      HostedIds hosting = member.servers().get(server);
      if (hosting != null) {
        (hosting.isAll() ? whole : claimers).add(member.id());
        hosting
            .ids()
            .forEach(id -> byId.computeIfAbsent(id, key -> new ArrayList<>()).add(member.id()));
      }
    }
    long hash = Hashes.of(server);
    List<NodeId> candidates = whole.isEmpty() ? claimers : whole;
    List<NodeId> shards = new ArrayList<>(KeyLayout.SHARDS);
    for (int shard = 0; shard < KeyLayout.SHARDS; shard++) {
      shards.add(best(candidates, hash, shard));
    }
    Map<String, NodeId> claims = new HashMap<>();
    byId.forEach((id, nodes) -> claims.put(id, best(nodes, hash, Hashes.of(server, id))));
    return new ServerPlacement(List.copyOf(shards), !whole.isEmpty(), claims);
  }

  /** Returns the node with the highest hash for a place. There must be at least one. */
  private static NodeId best(List<NodeId> candidates, long server, long place) {
    NodeId best = candidates.getFirst();
    long bestScore = score(best, server, place);
    for (NodeId candidate : candidates) {
      long score = score(candidate, server, place);
      int compared = Long.compareUnsigned(score, bestScore);
      if (compared > 0 || (compared == 0 && candidate.compareTo(best) > 0)) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }

  private static long score(NodeId node, long server, long place) {
    return Hashes.mix(
        server
            ^ Hashes.mix(node.value().getMostSignificantBits() + place)
            ^ Hashes.mix(node.value().getLeastSignificantBits() - place));
  }

  /** Returns the live nodes, this one first. */
  List<Member> members() {
    return members;
  }

  /** Returns the node that runs an entity; null if no live node does. */
  @Nullable NodeId owner(String server, String id) {
    ServerPlacement placement = placements.get(server);
    if (placement == null) {
      return null;
    }
    NodeId claimer = placement.claims().get(id);
    if (claimer != null) {
      return claimer;
    }
    return placement.hasWhole() ? placement.shards().get(KeyLayout.shard(server, id)) : null;
  }

  /**
   * Returns the node that does the work for a shard as a whole: it fires delayed messages and
   * deletes expired idempotency records. Null if no live node hosts the server or an entity of it.
   */
  @Nullable NodeId shardOwner(String server, int shard) {
    ServerPlacement placement = placements.get(server);
    return placement == null ? null : placement.shards().get(shard);
  }

  /**
   * Returns the nodes that host a server, or some of its entities: the one that owns an entity
   * first.
   */
  List<NodeId> hosts(String server, String id) {
    NodeId owner = owner(server, id);
    NodeId first = owner == null ? shardOwner(server, KeyLayout.shard(server, id)) : owner;
    List<NodeId> hosts = new ArrayList<>();
    if (first != null) {
      hosts.add(first);
    }
    for (Member member : members) {
      if (!member.id().equals(first) && member.servers().containsKey(server)) {
        hosts.add(member.id());
      }
    }
    return hosts;
  }

  /** Returns whether a shard's owner runs the entities in it that no node claims. */
  boolean hasWholeHost(String server) {
    ServerPlacement placement = placements.get(server);
    return placement != null && placement.hasWhole();
  }

  /** Returns the owner of each claimed id of a server. */
  Map<String, NodeId> claims(String server) {
    ServerPlacement placement = placements.get(server);
    return placement == null ? Map.of() : placement.claims();
  }
}
