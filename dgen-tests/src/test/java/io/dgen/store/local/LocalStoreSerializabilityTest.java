package io.dgen.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.store.serializability.Threads;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories of real threads on the embedded store, on disk and in memory. */
final class LocalStoreSerializabilityTest {

  @Test
  void onDisk(@TempDir Path directory) {
    run(directory, 600);
  }

  @Tag("long")
  @Test
  void onDiskForLong(@TempDir Path directory) {
    run(directory, 5_000);
  }

  private static void run(Path directory, int transactions) {
    try (LocalStore store = LocalStore.open(directory.resolve("store"))) {
      Threads.Ran ran = Threads.run(store, transactions, 1);
      assertThat(ran.faults()).isEmpty();
      assertThat(ran.workload().counts())
          .containsKeys("acknowledged", "NOT_COMMITTED", "left a commit under way");
    }
  }
}
