package io.dgen.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.Dgen;
import io.dgen.error.DgenException;
import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import io.dgen.tests.crash.ChildProcess.Mode;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed, and two that want the same directory. */
class CrashTest {

  private static final List<Mode> MODES = List.of(Mode.SYNC, Mode.THREADS, Mode.ASYNC);

  /** Another seed than that of each day: {@code -Ddgen.crash.seed=...}. */
  private static final long SEED = Long.getLong("dgen.crash.seed", 20_261_122);

  @TempDir Path directory;

  @Test
  @Timeout(180)
  void everyAcknowledgedIncrementIsThereOnceAfterEachOf21Kills() throws Exception {
    kill(21, 150);
  }

  @Test
  @Tag("long")
  @Timeout(1200)
  void manyKills() throws Exception {
    kill(200, 2000);
  }

  private void kill(int kills, int mostAcknowledged) throws Exception {
    Path data = directory.resolve("data");
    try {
      kill(data, kills, mostAcknowledged);
    } finally {
      try (Store store = TestStores.lasting().open(data)) {
        TestStores.lasting().clear(store);
      }
    }
  }

  private static void kill(Path data, int kills, int mostAcknowledged) throws Exception {
    Path errors = data.resolveSibling("errors");
    Random random = new Random(SEED);
    long least = 0;
    long most = 0;
    for (int run = 0; run < kills; run++) {
      Mode mode = MODES.get(run % MODES.size());
      // Every seventh is killed as soon as it is up.
      int acknowledged = run % 7 == 6 ? 0 : random.nextInt(mostAcknowledged);
      try (Child child = Child.start(TestStores.lasting(), data, errors, mode)) {
        long value = child.value();
        assertThat(value).as("seed %s, run %s", SEED, run).isBetween(least, most);
        child.awaitAcknowledged(acknowledged);
        least = value + acknowledged + child.kill();
        most = least + mode.inFlight;
      }
    }
    try (Dgen dgen = Dgen.open(TestStores.lasting().open(data), ChildProcess.OPTIONS)) {
      dgen.host(CountersServer.of());
      assertThat(CountersClient.of(dgen, "visits").value()).isBetween(least, most);
    }
  }

  @Test
  void aSecondProcessIsRefusedAndTold() throws Exception {
    Path data = directory.resolve("data");
    Path errors = directory.resolve("errors");
    try (Child child = Child.start(TestStores.DISK, data, errors, Mode.HOLD)) {
      assertThat(child.value()).isZero();
      assertThatThrownBy(() -> LocalStore.open(data))
          .isInstanceOf(DgenException.class)
          .hasMessageContaining(data.toString())
          .hasMessageContaining("another process")
          .hasMessageContaining(String.valueOf(child.pid()));
      assertThat(child.end()).as(Files.readString(errors)).isZero();
    }
    try (LocalStore store = LocalStore.open(data)) {
      try (Child child = Child.start(TestStores.DISK, data, errors, Mode.SYNC)) {
        assertThat(child.line())
            .startsWith("refused: ")
            .contains(data.toString())
            .contains(String.valueOf(ProcessHandle.current().pid()));
      }
      assertThat(store.<Integer>run(transaction -> 1)).isEqualTo(1);
    }
  }

  @Test
  void aSecondOpeningInOneProcessIsRefused() {
    Path data = directory.resolve("data");
    try (LocalStore store = LocalStore.open(data)) {
      assertThatThrownBy(() -> LocalStore.open(data))
          .isInstanceOf(DgenException.class)
          .hasMessageContaining(data.toString())
          .hasMessageContaining("this process");
      assertThat(store.<Integer>run(transaction -> 1)).isEqualTo(1);
    }
  }
}
