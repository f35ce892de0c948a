package io.dgen.tests.cluster;

import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.model.Canary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The model of the whole in real time, on the disk and in long runs on every store: what was
 * acknowledged is there once, in order, with all that its callbacks sent.
 */
class ModelTest extends OnEveryStore {

  private static final int SEEDS = 2;
  private static final long FIRST = Long.getLong("dgen.model.first", 1);

  /** A small cluster takes half a minute for each seed. */
  @Test
  @Durable
  @Timeout(300)
  void everyMessageCountsOnceAndInOrder() {
    run(FIRST, SEEDS, 2);
  }

  /** {@code -Ddgen.model.seeds=N} runs more seeds. */
  @Test
  @Tag("long")
  @Timeout(1200)
  void everyMessageCountsOnceAndInOrderForLong() {
    run(FIRST + SEEDS, Integer.getInteger("dgen.model.seeds", 30), 6);
  }

  private void run(long first, int seeds, int events) {
    for (long seed = first; seed < first + seeds; seed++) {
      try (Cluster fresh = new Cluster(stores, directory.resolve("seed-" + seed));
          ModelRun run = new ModelRun(fresh, seed)) {
        Canary unused = run.run(events);
      }
    }
  }
}
