package io.dgen.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.model.Canary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The model of the whole on a FoundationDB cluster whose servers are killed and stopped under it.
 *
 * <p>A command does that: for example, it kills one server process with SIGKILL and starts it
 * again. It need not wait until the cluster is available.
 */
@EnabledIfEnvironmentVariable(
    named = TestStores.CLUSTER_FILE,
    matches = ".+",
    disabledReason = "set " + TestStores.CLUSTER_FILE + " to the cluster file of a cluster")
@EnabledIfEnvironmentVariable(
    named = ServerFaultTest.COMMAND,
    matches = ".+",
    disabledReason =
        "set " + ServerFaultTest.COMMAND + " to a command that kills a server of the cluster")
class ServerFaultTest {

  /** Names a command for {@code sh} that harms the cluster, and lets it recover. */
  static final String COMMAND = "DGEN_FDB_FAULT_COMMAND";

  /** {@code -Ddgen.server.faults=N} makes it more. */
  private static final int FAULTS = Integer.getInteger("dgen.server.faults", 6);

  private static final long SEED = Long.getLong("dgen.model.first", 1);
  private static final int COMMAND_SECONDS = 60;

  @TempDir Path directory;

  @Test
  @Timeout(1200)
  void everyMessageCountsOnceAndInOrderWhileServersFail() {
    try (Cluster cluster = new Cluster(TestStores.CLUSTER, directory);
        ModelRun run = new ModelRun(cluster, SEED)) {
      Canary unused = run.run(FAULTS, this::harm);
    }
  }

  private void harm() {
    Path output = directory.resolve("fault.txt");
    try {
      Process command =
          new ProcessBuilder("sh", "-c", System.getenv(COMMAND))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = command.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS);
      assertThat(ended).as("end of the command within %d s", COMMAND_SECONDS).isTrue();
      assertThat(command.exitValue())
          .as("exit of the command; it said: %s", Files.readString(output))
          .isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
