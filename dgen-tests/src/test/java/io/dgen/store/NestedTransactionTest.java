package io.dgen.store;

import io.dgen.store.memory.MemoryStore;
import io.dgen.tests.harness.NestedStore;

/** Transactions in parts, on the embedded store. */
final class NestedTransactionTest extends NestedTransactionContract implements LimitContract {

  @Override
  protected Store open() {
    return new NestedStore(MemoryStore.open());
  }
}
