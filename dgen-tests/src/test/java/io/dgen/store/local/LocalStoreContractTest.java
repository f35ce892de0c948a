package io.dgen.store.local;

import io.dgen.store.Store;
import io.dgen.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LocalStoreContractTest extends StoreContract {

  @TempDir private static Path directory;

  @Override
  protected Store open() {
    return LocalStore.open(directory.resolve("store"));
  }
}
