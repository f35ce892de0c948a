package io.dgen.store.foundationdb;

import io.dgen.store.Store;
import io.dgen.store.StoreContract;

/** What every store must do, on a real cluster, behind a prefix. */
@OnCluster
final class FoundationDbStoreContractTest extends StoreContract {

  private final byte[] prefix = TestClusters.prefix();

  @Override
  protected Store open() {
    return FoundationDbStore.open(TestClusters.options().prefix(prefix).build());
  }

  @Override
  public int longestKey() {
    return 10_000 - prefix.length;
  }
}
