package io.dgen.store.foundationdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.store.Store;
import io.dgen.store.serializability.Threads;
import org.junit.jupiter.api.Test;

/** Histories of real threads on a cluster. */
@OnCluster
final class FoundationDbSerializabilityTest {

  @Test
  void isStrictlySerializable() {
    try (Store store =
        FoundationDbStore.open(TestClusters.options().prefix(TestClusters.prefix()).build())) {
      Threads.Ran ran = Threads.run(store, 1_000, 1);
      assertThat(ran.faults()).isEmpty();
      assertThat(ran.workload().counts()).containsKeys("acknowledged", "NOT_COMMITTED");
    }
  }
}
