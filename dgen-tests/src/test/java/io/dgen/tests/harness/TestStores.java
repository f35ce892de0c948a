package io.dgen.tests.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.store.Store;
import io.dgen.store.foundationdb.FoundationDbOptions;
import io.dgen.store.foundationdb.FoundationDbStore;
import io.dgen.store.local.LocalStore;
import io.dgen.store.memory.MemoryStore;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A kind of store that the behaviour tests run on.
 *
 * <p>{@link #all} is the one place that knows the kinds: a store of a cluster, named by an
 * environment variable, is added there.
 */
public interface TestStores {

  TestStores MEMORY =
      new TestStores() {
        @Override
        public Store open(Path directory) {
          return MemoryStore.open();
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

  /** Names the cluster file of the FoundationDB cluster that the tests run on too. */
  String CLUSTER_FILE = "DGEN_FDB_CLUSTER_FILE";

  /** A place of a FoundationDB cluster for each directory, so that tests do not meet there. */
  TestStores CLUSTER =
      new TestStores() {
        @Override
        public Store open(Path directory) {
          // Temporary directories have random names. Child processes must find the same place.
          byte[] prefix = ("dgen-test/" + directory + "/").getBytes(UTF_8);
          return FoundationDbStore.open(
              FoundationDbOptions.builder()
                  .clusterFile(Path.of(System.getenv(CLUSTER_FILE)))
                  .prefix(prefix)
                  .build());
        }

        @Override
        public boolean keepsData() {
          return true;
        }

        @Override
        public void clear(Store store) {
          store.run(
              transaction -> {
                transaction.clear(new byte[0], new byte[] {(byte) 0xFF});
                return true;
              });
        }

        @Override
        public String toString() {
          return "cluster";
        }
      };

  /** The kinds that behaviour tests run on: memory, the disk in long runs, a cluster if any. */
  static Stream<TestStores> all() {
    return every()
        .filter(kind -> kind != DISK || Boolean.getBoolean("dgen.stores.disk"))
        .filter(kind -> kind != CLUSTER || hasCluster());
  }

  /** The kind of a name, for a child process. */
  static TestStores named(String name) {
    return every()
        .filter(kind -> kind.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of store: " + name));
  }

  private static Stream<TestStores> every() {
    return Stream.of(MEMORY, DISK, CLUSTER);
  }

  /** The one for tests that force what happens, and do so on one store: the cluster, or memory. */
  static TestStores one() {
    return hasCluster() ? CLUSTER : MEMORY;
  }

  /** The one for tests that kill processes: the cluster, or the disk. */
  static TestStores lasting() {
    return hasCluster() ? CLUSTER : DISK;
  }

  private static boolean hasCluster() {
    String file = System.getenv(CLUSTER_FILE);
    return file != null && !file.isEmpty();
  }

  /** Opens the store of a test; a second time after the first was closed. */
  Store open(Path directory);

  /** Whether what was stored is there after closing and opening. */
  boolean keepsData();

  /** Removes what a test leaves where others would find it. */
  default void clear(Store store) {}
}
