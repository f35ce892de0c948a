package io.dgen.store.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.store.serializability.Threads;
import org.junit.jupiter.api.Test;

/** Transactions of real threads on the store in memory, held against an order of them. */
final class MemoryStoreSerializabilityTest {

  @Test
  void transactionsOfManyThreadsHaveAnOrder() {
    try (MemoryStore store = MemoryStore.open()) {
      Threads.Ran ran = Threads.run(store, 1_000, 1);
      assertThat(ran.faults()).isEmpty();
      assertThat(ran.workload().counts()).containsKeys("acknowledged", "NOT_COMMITTED");
    }
  }
}
