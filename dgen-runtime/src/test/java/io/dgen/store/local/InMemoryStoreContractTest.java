package io.dgen.store.local;

import io.dgen.store.Store;
import io.dgen.store.StoreContract;

final class InMemoryStoreContractTest extends StoreContract {

  @Override
  protected Store open() {
    return LocalStore.inMemory();
  }
}
