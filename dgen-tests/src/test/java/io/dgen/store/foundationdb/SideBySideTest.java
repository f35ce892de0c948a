package io.dgen.store.foundationdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import io.dgen.store.memory.MemoryStore;
import io.dgen.store.model.Differential;
import io.dgen.store.model.Phantoms;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same random transactions on a cluster, on the stand-in for its client, on disk and in memory,
 * one history after the other on each: the model is the same for all, so what differs is seen at
 * the first seed at which it does.
 */
@OnCluster
final class SideBySideTest {

  private static final long SEEDS = Long.getLong("dgen.store.seeds", 30);

  @TempDir Path directory;
  private final byte[] prefix = "side by side/".getBytes(UTF_8);
  private List<Store> stores;

  @BeforeEach
  void open() {
    stores =
        List.of(
            FoundationDbStore.open(TestClusters.options().prefix(TestClusters.prefix()).build()),
            StandInContractTest.open(new StandInCluster(MemoryStore.open())),
            LocalStore.open(directory),
            MemoryStore.open());
  }

  @AfterEach
  void close() {
    stores
        .getFirst()
        .run(
            transaction -> {
              transaction.clear(new byte[0], new byte[] {(byte) 0xFF});
              return true;
            });
    stores.forEach(Store::close);
  }

  @Test
  void everyStoreDoesAsTheModelSays() {
    List<Differential> all = on(store -> new Differential(store, prefix, true));
    for (long seed = 2_000_000; seed < 2_000_000 + SEEDS; seed++) {
      for (Differential each : all) {
        each.run(seed, 1);
      }
    }
  }

  @Test
  void everyStoreConflictsAsTheModelSays() {
    List<Phantoms> all = on(store -> new Phantoms(store, prefix, true));
    for (long seed = 2_000_000; seed < 2_000_000 + SEEDS; seed++) {
      for (Phantoms each : all) {
        each.run(seed, 1);
      }
    }
  }

  private <T> List<T> on(Function<Store, T> make) {
    return stores.stream().map(make).toList();
  }
}
