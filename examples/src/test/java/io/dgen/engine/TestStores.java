package io.dgen.engine;

import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A kind of store that the behaviour tests run on.
 *
 * <p>{@link #all} is the one place that knows the kinds: a store of a cluster, named by an
 * environment variable, is added there.
 */
interface TestStores {

  TestStores MEMORY =
      new TestStores() {
        @Override
        public Store open(Path directory) {
          return LocalStore.inMemory();
        }

        @Override
        public boolean keepsData() {
          return false;
        }

        @Override
        public String toString() {
          return "memory";
        }
      };

  TestStores DISK =
      new TestStores() {
        @Override
        public Store open(Path directory) {
          return LocalStore.open(directory);
        }

        @Override
        public boolean keepsData() {
          return true;
        }

        @Override
        public String toString() {
          return "disk";
        }
      };

  /** The kinds that can be used here. */
  static Stream<TestStores> all() {
    return Stream.of(MEMORY, DISK);
  }

  /** Opens the store of a test; a second time after the first was closed. */
  Store open(Path directory);

  /** Whether what was stored is there after closing and opening. */
  boolean keepsData();
}
