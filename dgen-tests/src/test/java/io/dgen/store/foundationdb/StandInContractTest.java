package io.dgen.store.foundationdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.store.Store;
import io.dgen.store.StoreContract;
import io.dgen.store.memory.MemoryStore;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** The layer between the store's contract and fdb-java, on a stand-in for the latter. */
final class StandInContractTest extends StoreContract {

  private static final byte[] PREFIX = "a prefix/".getBytes(UTF_8);

  private final StandInCluster cluster = new StandInCluster(MemoryStore.open());

  @Override
  protected Store open() {
    return open(cluster);
  }

  /** A store on a stand-in. */
  static Store open(StandInCluster cluster) {
    FoundationDbOptions options = FoundationDbOptions.builder().prefix(PREFIX).build();
    return new FoundationDbStore(
        new Connection(
            cluster.database(), options.executor(), options, new KeySpace(options.prefix())));
  }

  @Override
  public int longestKey() {
    return 10_000 - PREFIX.length;
  }

  @AfterEach
  void leavesNothingNativeOpen() {
    // Without Awaitility's tenth of a second before it first looks, which is after each test.
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> assertThat(cluster.open).hasValue(0));
  }
}
