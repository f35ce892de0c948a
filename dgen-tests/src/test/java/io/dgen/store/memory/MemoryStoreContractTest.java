package io.dgen.store.memory;

import io.dgen.store.Store;
import io.dgen.store.StoreContract;

final class MemoryStoreContractTest extends StoreContract {

  @Override
  protected Store open() {
    return MemoryStore.open();
  }
}
