package io.dgen.tests.cluster;

import io.dgen.tests.cluster.Turmoil.Event;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.OnEveryStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes on one store, under load, while some of them join, leave, are cut off and die. */
class ManyNodesTest extends OnEveryStore {

  /** Another seed than that of each day: {@code -Ddgen.nodes.seed=...}. */
  private static final long SEED = Long.getLong("dgen.nodes.seed", 20_261_122);

  @Test
  void joiningAndLeaving() {
    run(SEED, 5, Event.JOIN, Event.CLAIM, Event.LEAVE);
  }

  @Test
  void cutOff() {
    run(SEED, 4, Event.CUT_SHORTLY, Event.CUT_FOR_LONG);
  }

  @Test
  void dying() {
    run(SEED, 3, Event.DIE, Event.JOIN);
  }

  @Test
  void allOfIt() {
    run(SEED, 8, Event.values());
  }

  @Test
  @Tag("long")
  @Timeout(1200)
  void allOfItForLong() {
    for (long seed = SEED + 1; seed <= SEED + Long.getLong("dgen.nodes.seeds", 20); seed++) {
      try (Cluster fresh = new Cluster(stores, directory.resolve("seed-" + seed))) {
        run(fresh, seed, 20, Event.values());
      }
    }
  }

  private void run(long seed, int events, Event... kinds) {
    run(cluster, seed, events, kinds);
  }

  private static void run(Cluster cluster, long seed, int events, Event... kinds) {
    try (Turmoil turmoil = new Turmoil(cluster, seed)) {
      turmoil.run(events, kinds);
    }
  }
}
