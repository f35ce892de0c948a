package io.dgen.internal.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.internal.engine.format.HostedIds;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.Shard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who owns what, and what each node therefore looks at. */
final class PlacementTest {

  private static final String SERVER = "Counter";
  private static final List<String> IDS = IntStream.range(0, 300).mapToObj(i -> "id" + i).toList();
  private static final Set<String> CLAIMED = Set.copyOf(IDS.subList(0, 40));

  private static NodeId node(int number) {
    return new NodeId(new UUID(number * 0x9E3779B97F4A7C15L, number));
  }

  private static Member hosts(int number) {
    return new Member(node(number), Map.of(SERVER, HostedIds.all()));
  }

  private static Member claims(int number, Set<String> ids) {
    return new Member(node(number), Map.of(SERVER, HostedIds.only(ids)));
  }

  private static Member sends(int number) {
    return new Member(node(number), Map.of());
  }

  private static Placement view(Member... members) {
    return Placement.of(List.of(members));
  }

  @Test
  void aClaimIsStrongerThanAWholeHost() {
    Placement view = view(hosts(1), claims(2, CLAIMED), hosts(3), sends(4));
    for (String id : IDS) {
      if (CLAIMED.contains(id)) {
        assertThat(view.owner(SERVER, id)).isEqualTo(node(2));
      } else {
        assertThat(view.owner(SERVER, id))
            .isIn(node(1), node(3))
            .isEqualTo(view.shardOwner(SERVER, KeyLayout.shard(SERVER, id)));
      }
    }
  }

  @Test
  void claimersShareTheIdsThatAllOfThemClaim() {
    Placement view = view(claims(1, CLAIMED), claims(2, CLAIMED), claims(3, Set.of("id0")));
    Map<NodeId, Integer> owned = new HashMap<>();
    CLAIMED.forEach(id -> owned.merge(view.owner(SERVER, id), 1, Integer::sum));
    assertThat(owned.get(node(1))).isBetween(8, 32);
    assertThat(owned.get(node(2))).isBetween(8, 32);
  }

  @Test
  void whatNobodyHostsIsNobodys() {
    Placement view = view(claims(1, CLAIMED), sends(2));
    assertThat(view.owner(SERVER, "id299")).isNull();
    assertThat(view.owner("Gate", "id0")).isNull();
    assertThat(view.shardOwner("Gate", 0)).isNull();
    assertThat(view.shardOwner(SERVER, 0)).as("delays need somebody").isEqualTo(node(1));
  }

  @Test
  void aNodeThatComesTakesOverOnlyWhatBecomesItsOwn() {
    Placement before = view(hosts(1), hosts(2));
    Placement after = view(hosts(1), hosts(2), hosts(3));
    for (String id : IDS) {
      assertThat(after.owner(SERVER, id)).isIn(before.owner(SERVER, id), node(3));
    }
    assertThat(IDS).anyMatch(id -> node(3).equals(after.owner(SERVER, id)));
  }

  /** Whatever the nodes are, each ready key is looked at by the owner of its entity alone. */
  @Test
  void everyEntityIsLookedForByItsOwnerAlone() {
    List<Placement> views =
        List.of(
            view(hosts(1)),
            view(hosts(1), hosts(2), sends(3)),
            view(hosts(1), hosts(2), claims(3, CLAIMED)),
            view(hosts(1), claims(2, CLAIMED), claims(3, Set.of("id7", "id8", "id250"))),
            view(claims(1, CLAIMED), claims(2, Set.of("id7", "id100"))),
            view(sends(1)));
    for (Placement view : views) {
      for (String id : IDS) {
        Shard shard = new Shard(SERVER, KeyLayout.shard(SERVER, id));
        List<NodeId> looking = new ArrayList<>();
        for (Member member : view.members()) {
          ShardLook look = ShardLook.of(view, member.id()).get(shard);
          if (look != null && look.includes(id)) {
            looking.add(member.id());
          }
        }
        NodeId owner = view.owner(SERVER, id);
        assertThat(looking).isEqualTo(owner == null ? List.of() : List.of(owner));
      }
    }
  }

  @Test
  void everyShardOfAServerThatIsHostedHasOneNodeWithItsDuties() {
    for (Placement view :
        List.of(
            view(hosts(1), hosts(2), claims(3, CLAIMED)),
            view(claims(1, Set.of("id0")), claims(2, CLAIMED)))) {
      Map<Shard, Integer> duties = new HashMap<>();
      for (Member member : view.members()) {
        ShardLook.of(view, member.id())
            .forEach(
                (shard, look) -> {
                  if (look.duties()) {
                    duties.merge(shard, 1, Integer::sum);
                  }
                });
      }
      assertThat(duties).hasSize(KeyLayout.SHARDS).doesNotContainValue(2);
    }
  }

  @Test
  void aClaimerBesideAWholeHostLooksAtTheShardsOfItsIdsAlone() {
    Placement view = view(hosts(1), claims(2, CLAIMED), sends(3));
    Set<Shard> shards = new HashSet<>();
    CLAIMED.forEach(id -> shards.add(new Shard(SERVER, KeyLayout.shard(SERVER, id))));
    Map<Shard, ShardLook> looks = ShardLook.of(view, node(2));
    assertThat(looks.keySet()).isEqualTo(shards);
    assertThat(looks.values()).noneMatch(ShardLook::whole).noneMatch(ShardLook::duties);
    assertThat(ShardLook.of(view, node(3))).isEmpty();
  }

  /** What changed hands may have been lying there: the new owner must look at once. */
  @Test
  void aLookChangesWhenAnEntityChangesHands() {
    Shard shard = new Shard(SERVER, KeyLayout.shard(SERVER, "id5"));
    Placement with = view(hosts(1), claims(2, CLAIMED));
    Placement without = view(hosts(1));
    assertThat(ShardLook.of(with, node(1)).get(shard))
        .isNotEqualTo(ShardLook.of(without, node(1)).get(shard));
  }
}
