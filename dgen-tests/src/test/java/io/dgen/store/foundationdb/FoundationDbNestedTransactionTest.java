package io.dgen.store.foundationdb;

import io.dgen.store.NestedTransactionContract;
import io.dgen.store.Store;
import io.dgen.tests.harness.NestedStore;

/**
 * Transactions in parts, on a real cluster. A part does not know the prefix of the store's keys, so
 * a key that is too long with it is refused only when the part is kept.
 */
@OnCluster
final class FoundationDbNestedTransactionTest extends NestedTransactionContract {

  private final byte[] prefix = TestClusters.prefix();

  @Override
  protected Store open() {
    return new NestedStore(FoundationDbStore.open(TestClusters.options().prefix(prefix).build()));
  }
}
