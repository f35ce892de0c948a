package io.dgen.tests.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.Dgen;
import io.dgen.internal.store.Database;
import io.dgen.internal.store.Environments;
import io.dgen.internal.store.rocks.DirectoryStorage;
import io.dgen.store.Store;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.ManualEnvironment;
import io.dgen.tests.servers.ScriptedClient;
import io.dgen.tests.servers.ScriptedServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Idempotency keys are remembered for as long as nodes run, whatever clocks and versions do. */
@Timeout(60)
class RetentionTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final long YEAR_OF_VERSIONS = 365L * 24 * 3600 * 1_000_000;

  @TempDir Path directory;

  private final AtomicInteger runs = new AtomicInteger();

  /** Opens the embedded store as it is opened while the clock says another time. */
  private Store open(long ahead) {
    long now = InstantSource.system().millis() * 1000;
    return new Database(
        DirectoryStorage.open(directory, null, InstantSource.system()),
        Environments.system(),
        now + ahead);
  }

  private Dgen node(Store store) {
    return Dgen.open(
            store,
            Cluster.OPTIONS.toBuilder()
                .closeStore(true)
                .idempotencyRetention(HOUR)
                .maxRetryDelay(HOUR)
                .pollInterval(Duration.ofMillis(50))
                .build())
        .host(
            ScriptedServer.of(
                (script, context) -> {
                  if (script.equals("fail") && context.attempt() == 1) {
                    throw new IllegalStateException("as asked");
                  }
                  return script + " " + runs.incrementAndGet();
                }));
  }

  /** Each start with another clock: two years ahead, right, and two years behind. */
  @Test
  void aStartWithAWrongClockForgetsNoKey() {
    try (Dgen node = node(open(0))) {
      assertThat(ScriptedClient.of(node, "a").withIdempotencyKey("k").ask("x")).isEqualTo("x 1");
    }
    for (long ahead : new long[] {2 * YEAR_OF_VERSIONS, 0, -2 * YEAR_OF_VERSIONS}) {
      try (Dgen node = node(open(ahead))) {
        ScriptedClient scripted = ScriptedClient.of(node, "a");
        assertThat(scripted.withIdempotencyKey("k").ask("x")).isEqualTo("x 1");
        // What is due is found by the scan that also looks for what has expired.
        scripted.after(Duration.ofMillis(100)).note("later " + ahead);
        await().until(() -> scripted.got().contains("later " + ahead));
        assertThat(scripted.withIdempotencyKey("k").ask("x")).isEqualTo("x 1");
      }
    }
  }

  /** Delays that are counted in versions end early: what waited to be tried again is tried. */
  @Test
  void aStartWithAClockAheadEndsABackOff() {
    try (Dgen node =
        Dgen.open(
            open(0),
            Cluster.OPTIONS.toBuilder()
                .closeStore(true)
                .firstRetryDelay(HOUR)
                .maxRetryDelay(HOUR)
                .build())) {
      node.host(
          ScriptedServer.of(
              (script, context) -> {
                throw new IllegalStateException("as asked");
              }));
      ScriptedClient.of(node, "a").act("fail");
    }
    try (Dgen node = node(open(2 * YEAR_OF_VERSIONS))) {
      await().until(() -> ScriptedClient.of(node, "a").got().contains("fail 1"));
    }
    try (Dgen node = node(open(-2 * YEAR_OF_VERSIONS))) {
      ScriptedClient scripted = ScriptedClient.of(node, "b");
      scripted.act("fail");
      await().until(() -> scripted.got().contains("fail 2"));
    }
  }

  /** The node's own steady clock counts, and nothing does while there is no node. */
  @Test
  void timePassesWhileANodeRuns() {
    ManualEnvironment time = new ManualEnvironment();
    try (Store store = open(0)) {
      try (Dgen node = counted(store, time)) {
        assertThat(ScriptedClient.of(node, "a").withIdempotencyKey("k").ask("x")).isEqualTo("x 1");
        time.jump(Duration.ofDays(9000));
        pass(time, store, Duration.ofMinutes(50));
        assertThat(ScriptedClient.of(node, "a").withIdempotencyKey("k").ask("x")).isEqualTo("x 1");
      }
      time.advance(Duration.ofDays(9000));
      try (Dgen node = counted(store, time)) {
        assertThat(ScriptedClient.of(node, "a").withIdempotencyKey("k").ask("x")).isEqualTo("x 1");
        time.jump(Duration.ofDays(-20_000));
        // A machine that was suspended: one step, however long.
        time.advance(Duration.ofDays(9000));
        assertThat(ScriptedClient.of(node, "a").withIdempotencyKey("k").ask("x")).isEqualTo("x 1");
        pass(time, store, Duration.ofMinutes(20));
        assertThat(ScriptedClient.of(node, "a").withIdempotencyKey("k").ask("x")).isEqualTo("x 2");
      }
    }
  }

  /** Lets time pass until heartbeats have carried it on for so long. */
  private static void pass(ManualEnvironment time, Store store, Duration duration) {
    long end = runningTime(store) + duration.toNanos() / 1000;
    await()
        .pollInterval(1, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              time.advance(Duration.ofSeconds(5));
              return runningTime(store) >= end;
            });
  }

  private static long runningTime(Store store) {
    byte[] key = Tuple.from(9).pack(Cluster.OPTIONS.root().getBytes(StandardCharsets.UTF_8));
    byte[] stored = store.run(transaction -> transaction.get(key).join());
    return ByteBuffer.wrap(stored).getLong();
  }

  private Dgen counted(Store store, ManualEnvironment time) {
    return Dgen.open(
            store,
            Cluster.OPTIONS.toBuilder()
                .environment(time)
                .idempotencyRetention(HOUR)
                .livenessTimeout(Duration.ofMinutes(1))
                .build())
        .host(ScriptedServer.of((script, context) -> script + " " + runs.incrementAndGet()));
  }
}
