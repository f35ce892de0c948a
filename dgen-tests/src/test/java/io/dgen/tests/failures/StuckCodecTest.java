package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.CallTimeoutException;
import io.dgen.Dgen;
import io.dgen.EntityStatus;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.Tarpit;
import io.dgen.tests.servers.TarpitClient;
import io.dgen.tests.servers.TarpitServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A codec of the user's that does not return holds up nobody but who needs what it reads. */
class StuckCodecTest extends OnEveryStore {

  /** More than the threads that the engine has while nothing is held up. */
  private static final int MANY = 100;

  private static final Duration SHORT = Duration.ofMillis(100);

  private final CountDownLatch released = new CountDownLatch(1);

  private void hold(String what) {
    Tarpit.HELD.put(what, released);
  }

  @AfterEach
  void release() {
    released.countDown();
    Tarpit.HELD.clear();
  }

  private static <T> T done(CompletableFuture<T> future) {
    await().until(future::isDone);
    return future.join();
  }

  @Test
  void aReplyHoldsUpNoOtherReply() {
    Dgen host = cluster.host(TarpitServer.of());
    Dgen sender = cluster.node();
    hold("read sticky");
    TarpitClient tarpit = TarpitClient.of(sender, "t");
    CompletableFuture<Tarpit.Lump> asynchronous = tarpit.fetchAsync("sticky");
    CompletableFuture<Tarpit.Lump> blocking =
        CompletableFuture.supplyAsync(
            () -> tarpit.fetch("sticky"), task -> Thread.ofPlatform().daemon().start(task));
    // Both replies have been made, and their readers are stuck.
    await().until(() -> TarpitClient.of(host, "t").queueLength() == 0);
    assertThat(done(tarpit.fetchAsync("firm")).name()).isEqualTo("firm");
    assertThat(done(CompletableFuture.supplyAsync(tarpit::sunk))).isZero();
    assertThat(asynchronous).isNotDone();
    assertThat(blocking).isNotDone();
    released.countDown();
    assertThat(done(asynchronous).name()).isEqualTo("sticky");
    assertThat(done(blocking).name()).isEqualTo("sticky");
  }

  @Test
  void aReplyThatIsReadForEverKeepsItsTimeout() {
    var unused = cluster.host(TarpitServer.of());
    hold("read sticky");
    CompletableFuture<Tarpit.Lump> late =
        TarpitClient.of(cluster.node(), "t").withTimeout(SHORT).fetchAsync("sticky");
    await().until(late::isDone);
    assertThat(late.exceptionNow()).isInstanceOf(CallTimeoutException.class);
  }

  @Test
  void aMessageThatIsReadForEverHoldsUpNoLookAtItsEntity() {
    Dgen sender = cluster.node();
    hold("read sticky");
    TarpitClient.of(sender, "t").sink(new Tarpit.Lump("sticky"));
    TarpitClient.of(sender, "u").sink(new Tarpit.Lump("firm"));
    Dgen host =
        cluster.node(options -> options.withTimeout(Duration.ofSeconds(8))).host(TarpitServer.of());
    EntityStatus.First first = Objects.requireNonNull(host.status("Tarpit", "t").first());
    assertThat(first.message()).isEqualTo("Sink");
    assertThat(first.decodable()).isFalse();
    assertThat(first.lastError()).contains("does not return");
    assertThat(host.entities("Tarpit", 10).entities()).extracting(EntityStatus::id).contains("t");
    assertThat(done(TarpitClient.of(host, "u").sunkAsync())).isOne();
    released.countDown();
    assertThat(done(TarpitClient.of(host, "t").sunkAsync())).isOne();
  }

  @Test
  void aKeyOfADelayedMessageIsMadeByItsSender() {
    Dgen host = cluster.host(TarpitServer.of());
    TarpitClient tarpit = TarpitClient.of(host, "t");
    hold("write sticky");
    List<CompletableFuture<?>> senders = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      String key = "k" + i;
      senders.add(
          CompletableFuture.runAsync(
              () ->
                  tarpit
                      .withIdempotencyKey(key)
                      .after(Duration.ofHours(1))
                      .sink(new Tarpit.Lump("sticky")),
              task -> Thread.ofPlatform().daemon().start(task)));
    }
    assertThat(done(TarpitClient.of(host, "u").sunkAsync())).isZero();
    hold("read sticky");
    CompletableFuture<Tarpit.Lump> late =
        TarpitClient.of(cluster.node(), "v").withTimeout(SHORT).fetchAsync("sticky");
    await().until(late::isDone);
    assertThat(late.exceptionNow()).isInstanceOf(CallTimeoutException.class);
    released.countDown();
    senders.forEach(CompletableFuture::join);
  }
}
