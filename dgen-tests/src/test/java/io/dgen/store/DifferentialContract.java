package io.dgen.store;

import io.dgen.store.model.Differential;
import io.dgen.store.model.Phantoms;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random transactions do on the store what they do on a plain model of one. {@code
 * -Ddgen.store.seeds=N} runs more of them.
 */
interface DifferentialContract extends StoreFixture {

  /** Whether the store conflicts only where something was written that a read looked at. */
  default boolean conflictsExactly() {
    return true;
  }

  @Test
  default void randomTransactionsDoAsAModelSays() {
    differ(0, Long.getLong("dgen.store.seeds", 60));
  }

  @Test
  @Tag("long")
  default void manyRandomTransactionsDoAsAModelSays() {
    differ(1_000_000, Long.getLong("dgen.store.seeds", 5_000));
  }

  @Test
  default void anySingleWriteThatChangesAnAnswerConflicts() {
    tryPhantoms(0, Long.getLong("dgen.store.seeds", 60));
  }

  @Test
  @Tag("long")
  default void anySingleWriteThatChangesOneOfManyAnswersConflicts() {
    tryPhantoms(1_000_000, Long.getLong("dgen.store.seeds", 2_000));
  }

  private void tryPhantoms(long firstSeed, long seeds) {
    report(seeds, new Phantoms(store(), prefix(), conflictsExactly()).run(firstSeed, seeds));
  }

  private void differ(long firstSeed, long seeds) {
    report(seeds, new Differential(store(), prefix(), conflictsExactly()).run(firstSeed, seeds));
  }

  /** What happened in a long run. */
  private void report(long seeds, String happened) {
    if (seeds >= 1_000) {
      System.out.println(getClass().getSimpleName() + ", " + seeds + " seeds: " + happened);
    }
  }
}
