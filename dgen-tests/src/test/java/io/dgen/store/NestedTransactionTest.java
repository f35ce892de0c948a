package io.dgen.store;

import io.dgen.store.memory.MemoryStore;
import io.dgen.tests.harness.NestedStore;

/** Transactions in parts, as callbacks have them, do what any transaction does. */
final class NestedTransactionTest extends OpenedStore
    implements ReadContract,
        RangeContract,
        AtomicContract,
        VersionstampContract,
        StampedClearContract,
        DifferentialContract,
        WatchContract,
        LimitContract,
        SerializabilityContract {

  @Override
  protected Store open() {
    return new NestedStore(MemoryStore.open());
  }

  /** Reads of a part may look at keys of the outer transaction that its own writes determine. */
  @Override
  public boolean conflictsExactly() {
    return false;
  }
}
