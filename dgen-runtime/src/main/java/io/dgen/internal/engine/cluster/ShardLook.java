package io.dgen.internal.engine.cluster;

import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.Shard;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The part of one shard that one node looks at. A node whose part changes looks at once: messages
 * that it left to another node may have been waiting there since.
 *
 * @param whole true if it looks for every entity with queued messages except for those in {@code
 *     ids}, which are claimed; false if it looks for those in {@code ids} alone
 * @param ids ids of the shard
 * @param duties whether it looks for what is due in the shard, and for what expires
 */
public record ShardLook(boolean whole, Set<String> ids, boolean duties) {

  /** Returns the parts that a node looks at. It ignores shards that are not in the map. */
  public static Map<Shard, ShardLook> of(Placement placement, NodeId node) {
    Map<Shard, ShardLook> looks = new HashMap<>();
    placement.members().stream()
        .filter(member -> member.id().equals(node))
        .flatMap(member -> member.servers().entrySet().stream())
        .forEach(server -> add(looks, placement, node, server.getKey(), server.getValue().isAll()));
    return looks;
  }

  private static void add(
      Map<Shard, ShardLook> looks, Placement placement, NodeId node, String server, boolean whole) {
    Map<Integer, Set<String>> ids = new HashMap<>();
    placement
        .claims(server)
        .forEach(
            (id, owner) -> {
              if (whole || owner.equals(node)) {
                ids.computeIfAbsent(KeyLayout.shard(server, id), key -> new HashSet<>()).add(id);
              }
            });
    for (int number = 0; number < KeyLayout.SHARDS; number++) {
      boolean owns = node.equals(placement.shardOwner(server, number));
      Set<String> here = ids.getOrDefault(number, Set.of());
      if (owns || (!whole && !here.isEmpty())) {
        looks.put(new Shard(server, number), new ShardLook(whole, Set.copyOf(here), owns));
      }
    }
  }

  /** Returns whether this node runs an entity of the shard. */
  public boolean includes(String id) {
    return whole != ids.contains(id);
  }
}
