package io.dgen.store.foundationdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.error.DgenException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake in the options has its error, where it is made. */
final class FoundationDbOptionsTest {

  @Test
  void setsTheKnobForWatchesByDefault() {
    assertThat(FoundationDbOptions.DEFAULT.network().knobs())
        .containsEntry("future_version_retry_delay", "0.001");
  }

  @Test
  void storesOfOneJvmAreComparedByWhatTheirNetworkNeeds() {
    FoundationDbOptions.Builder other =
        FoundationDbOptions.builder().directory("other").maxWatches(5).clusterFile(Path.of("f"));
    assertThat(other.build().network()).isEqualTo(FoundationDbOptions.DEFAULT.network());
    assertThat(other.traceDirectory(Path.of("traces")).build().network())
        .isNotEqualTo(FoundationDbOptions.DEFAULT.network());
  }

  @Test
  void neverShowsThePassword() {
    Tls tls = new Tls(Path.of("c"), Path.of("k"), null, "Check.Valid=1", "secret");
    assertThat(FoundationDbOptions.builder().tls(tls).build().network().toString())
        .contains("Check.Valid=1")
        .doesNotContain("secret");
  }

  /** When the network starts: the files may come after the options. */
  @Test
  void refusesFilesThatAreNotThere(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Path missing = directory.resolve("missing");
    FoundationDbOptions.builder()
        .tls(new Tls(file, file, file, null, null))
        .traceDirectory(directory)
        .externalClientDirectory(directory)
        .build()
        .network()
        .checkFiles();
    assertMissing(b -> b.tls(new Tls(missing, file, file, null, null)), "TLS certificate", missing);
    assertMissing(b -> b.tls(new Tls(file, missing, file, null, null)), "TLS key", missing);
    assertMissing(b -> b.tls(new Tls(file, file, missing, null, null)), "TLS authorit", missing);
    assertMissing(b -> b.tls(new Tls(file, directory, file, null, null)), "TLS key", directory);
    assertMissing(b -> b.traceDirectory(file), "trace directory", file);
    assertMissing(b -> b.externalClientDirectory(missing), "external client", missing);
  }

  private static void assertMissing(
      UnaryOperator<FoundationDbOptions.Builder> mistake, String what, Path path) {
    NetworkSettings settings = mistake.apply(FoundationDbOptions.builder()).build().network();
    assertThatThrownBy(settings::checkFiles)
        .isInstanceOf(DgenException.class)
        .hasMessageContaining(what)
        .hasMessageContaining(path.toString());
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(builder -> builder.directory(), "at least one name");
    assertRefused(builder -> builder.prefix(new byte[] {(byte) 0xFF, 1}), "\\xff\\x01");
    assertRefused(builder -> builder.prefix(new byte[] {(byte) 0xFE}), "directory layer");
    assertRefused(builder -> builder.prefix(new byte[5_001]), "5001");
    assertRefused(builder -> builder.executor(Runnable::run), "network thread");
    assertRefused(
        builder -> builder.connectTimeout(Duration.ZERO),
        "connectTimeout must be positive; found PT0S");
    assertRefused(builder -> builder.transactionTimeout(Duration.ofSeconds(-1)), "PT-1S");
    assertRefused(
        builder -> builder.maxRetryDelay(Duration.ZERO),
        "maxRetryDelay must be positive; found PT0S");
    assertRefused(builder -> builder.retryLimit(-2), "retryLimit must be at least 0");
    assertRefused(builder -> builder.tags("1", "2", "3", "4", "5", "6"), "at most 5");
    assertRefused(builder -> builder.tags("seventeen letters"), "17 bytes");
    assertRefused(builder -> builder.tags(""), "0 bytes");
    assertRefused(builder -> builder.maxWatches(0), "maxWatches must be from 1");
    assertRefused(builder -> builder.maxWatches(1_000_001), "1000001");
    assertRefused(builder -> builder.knob("Knob=", "1"), "Knob=");
  }

  @Test
  void roundsTimeoutsUpSinceZeroMeansNone() {
    assertThat(Connection.millis(Duration.ofNanos(1))).isEqualTo(1);
    assertThat(Connection.millis(Duration.ofMillis(5))).isEqualTo(5);
    assertThat(Connection.millis(Duration.ofNanos(5_000_001))).isEqualTo(6);
    assertThat(Connection.millis(Duration.ofDays(365_000))).isEqualTo(Integer.MAX_VALUE);
  }

  private static void assertRefused(
      UnaryOperator<FoundationDbOptions.Builder> mistake, String message) {
    assertThatThrownBy(() -> mistake.apply(FoundationDbOptions.builder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void futuresAreCompletedOnPlatformThreads() {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    FoundationDbOptions.DEFAULT.executor().execute(() -> ran.complete(Thread.currentThread()));
    Thread thread = ran.join();
    assertThat(thread.isVirtual()).isFalse();
    assertThat(thread.isDaemon()).isTrue();
  }
}
