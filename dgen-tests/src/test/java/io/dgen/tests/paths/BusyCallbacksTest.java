package io.dgen.tests.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.error.CallTimeoutException;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.servers.Gate;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.Workshop;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many callbacks as there are cores compute, and everything else goes on. */
class BusyCallbacksTest {

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  @TempDir Path directory;

  private final AtomicInteger computing = new AtomicInteger();
  private volatile boolean released;

  /** Its callbacks compute for as long as the test says, if they are asked to. */
  private final Gate gate =
      who -> {
        if (who.equals("compute")) {
          compute();
        }
      };

  private Cluster cluster;

  @BeforeEach
  void open() {
    cluster = new Cluster(TestStores.one(), directory);
  }

  @AfterEach
  void close() {
    released = true;
    cluster.close();
  }

  private void compute() {
    computing.incrementAndGet();
    while (!released) {
      Thread.onSpinWait();
    }
  }

  /** Has each of so many entities compute. */
  private List<CompletableFuture<String>> occupy(Dgen node, int count) {
    List<CompletableFuture<String>> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      asked.add(GateClient.of(node, "busy " + i).askAsync("compute"));
    }
    await().until(() -> computing.get() == count);
    return asked;
  }

  @Test
  void callsToOthersReturn() {
    Dgen node = cluster.host(GateServer.of(gate));
    List<CompletableFuture<String>> asked = occupy(node, 2 * CORES);
    CompletableFuture<String> other = GateClient.of(node, "other").askAsync("me");
    await().until(other::isDone);
    assertThat(other.join()).isEqualTo("hello me");
    CompletableFuture<String> far = GateClient.of(cluster.node(), "far").askAsync("you");
    await().until(far::isDone);
    assertThat(far.join()).isEqualTo("hello you");
    released = true;
    asked.forEach(CompletableFuture::join);
  }

  @Test
  void timeoutsFire() {
    Dgen node = cluster.host(GateServer.of(gate));
    List<CompletableFuture<String>> asked = occupy(node, 2 * CORES);
    CompletableFuture<String> late =
        GateClient.of(node, "busy 0").withTimeout(Duration.ofMillis(20)).askAsync("in vain");
    await().until(late::isDone);
    assertThat(late.handle((reply, error) -> error).join())
        .isInstanceOf(CallTimeoutException.class);
    CompletableFuture<String> blocking =
        CompletableFuture.supplyAsync(
            () -> GateClient.of(node, "busy 0").withTimeout(Duration.ofMillis(20)).ask("in vain"));
    await().until(blocking::isDone);
    assertThat(blocking.handle((reply, error) -> error).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(CallTimeoutException.class);
    released = true;
    asked.forEach(CompletableFuture::join);
  }

  /** The delayed message is the clock: it comes when the lock would long have been taken over. */
  @Test
  void locksAreRenewed() {
    AtomicInteger made = new AtomicInteger();
    Workshop workshop =
        new Workshop() {
          @Override
          public String make(String what, Context context) {
            made.incrementAndGet();
            compute();
            return "made " + what;
          }

          @Override
          public boolean act(String action, State state) {
            return true;
          }
        };
    Dgen node =
        cluster.node(options -> options.toBuilder().lockTimeout(Duration.ofMillis(1500)).build());
    node.host(WorkshopServer.of(workshop)).host(GateServer.of(gate));
    List<CompletableFuture<String>> asked = occupy(node, CORES);
    CompletableFuture<String> built = WorkshopClient.of(node, "w").buildAsync("x");
    await().until(() -> computing.get() == CORES + 1);
    GateClient clock = GateClient.of(node, "clock");
    clock.after(Duration.ofMillis(3500)).pass("over");
    await().until(() -> clock.passed().contains("over"));
    released = true;
    assertThat(built.join()).isEqualTo("made x");
    assertThat(made).hasValue(1);
    asked.forEach(CompletableFuture::join);
  }

  @Test
  void closingEndsWithItsTimeout() {
    Dgen node =
        cluster.node(options -> options.toBuilder().closeTimeout(Duration.ofMillis(50)).build());
    node.host(GateServer.of(gate));
    List<CompletableFuture<String>> asked = occupy(node, 2 * CORES);
    cluster.forget(node);
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              node.close();
              closed.complete(null);
            });
    await().until(closed::isDone);
    await().until(() -> asked.stream().allMatch(CompletableFuture::isCompletedExceptionally));
  }
}
