package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.EntityStatus;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.DgenClosedException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.StuckCodecs;
import io.dgen.tests.servers.StuckCodecsClient;
import io.dgen.tests.servers.StuckCodecsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    StuckCodecs.HELD.put(what, released);
  }

  @AfterEach
  void release() {
    released.countDown();
    StuckCodecs.HELD.clear();
    StuckCodecs.STUCK.clear();
  }

  private static <T> T done(CompletableFuture<T> future) {
    await().until(future::isDone);
    return future.join();
  }

  @Test
  void aReplyHoldsUpNoOtherReply() {
    Dgen host = cluster.host(StuckCodecsServer.of());
    Dgen sender = cluster.node();
    hold("read sticky");
    StuckCodecsClient stuckCodecs = StuckCodecsClient.of(sender, "t");
    CompletableFuture<StuckCodecs.Lump> asynchronous = stuckCodecs.fetchAsync("sticky");
    CompletableFuture<StuckCodecs.Lump> blocking =
        CompletableFuture.supplyAsync(
            () -> stuckCodecs.fetch("sticky"), task -> Thread.ofPlatform().daemon().start(task));
    // Both replies have been made, and their readers are stuck.
    await().until(() -> StuckCodecsClient.of(host, "t").entity().queueLength() == 0);
    assertThat(done(stuckCodecs.fetchAsync("firm")).name()).isEqualTo("firm");
    assertThat(done(CompletableFuture.supplyAsync(stuckCodecs::sunk))).isZero();
    assertThat(asynchronous).isNotDone();
    assertThat(blocking).isNotDone();
    released.countDown();
    assertThat(done(asynchronous).name()).isEqualTo("sticky");
    assertThat(done(blocking).name()).isEqualTo("sticky");
  }

  @Test
  void aReplyThatIsReadForEverKeepsItsTimeout() {
    var unused = cluster.host(StuckCodecsServer.of());
    hold("read sticky");
    CompletableFuture<StuckCodecs.Lump> late =
        StuckCodecsClient.of(cluster.node(), "t").withTimeout(SHORT).fetchAsync("sticky");
    await().until(late::isDone);
    assertThat(late.exceptionNow()).isInstanceOf(CallTimeoutException.class);
  }

  @Test
  void aNodeThatClosesDoesNotSayThatAReplyIsMissingWhichHasCome() {
    var unused = cluster.host(StuckCodecsServer.of());
    Dgen sender = cluster.node(options -> options.toBuilder().closeTimeout(SHORT).build());
    hold("read sticky");
    CompletableFuture<StuckCodecs.Lump> fetched =
        StuckCodecsClient.of(sender, "t").fetchAsync("sticky");
    await().until(() -> StuckCodecs.STUCK.contains("read sticky"));
    sender.close();
    await().until(fetched::isDone);
    assertThat(fetched.exceptionNow())
        .isInstanceOf(DgenClosedException.class)
        .hasMessageContaining("the message was executed");
  }

  @Test
  void aMessageThatIsReadForEverHoldsUpNoLookAtItsEntity() {
    Dgen sender = cluster.node();
    hold("read sticky");
    StuckCodecsClient.of(sender, "t").sink(new StuckCodecs.Lump("sticky"));
    StuckCodecsClient.of(sender, "u").sink(new StuckCodecs.Lump("firm"));
    Dgen host =
        cluster
            .node(options -> options.toBuilder().timeout(Duration.ofSeconds(8)).build())
            .host(StuckCodecsServer.of());
    EntityStatus.First first =
        host.admin().entity("StuckCodecs", "t").status().first().orElseThrow();
    assertThat(first.message()).isEqualTo("Sink");
    assertThat(first.decodable()).isFalse();
    assertThat(first.lastError()).contains("does not return");
    assertThat(host.admin().entities("StuckCodecs", 10).items())
        .extracting(EntityStatus::id)
        .contains("t");
    assertThat(done(StuckCodecsClient.of(host, "u").sunkAsync())).isOne();
    released.countDown();
    assertThat(done(StuckCodecsClient.of(host, "t").sunkAsync())).isOne();
  }

  @Test
  void aKeyOfADelayedMessageIsMadeByItsSender() {
    Dgen host = cluster.host(StuckCodecsServer.of());
    StuckCodecsClient stuckCodecs = StuckCodecsClient.of(host, "t");
    hold("write sticky");
    List<CompletableFuture<?>> senders = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      String key = "k" + i;
      senders.add(
          CompletableFuture.runAsync(
              () ->
                  stuckCodecs
                      .withIdempotencyKey(key)
                      .after(Duration.ofHours(1))
                      .sink(new StuckCodecs.Lump("sticky")),
              task -> Thread.ofPlatform().daemon().start(task)));
    }
    assertThat(done(StuckCodecsClient.of(host, "u").sunkAsync())).isZero();
    hold("read sticky");
    CompletableFuture<StuckCodecs.Lump> late =
        StuckCodecsClient.of(cluster.node(), "v").withTimeout(SHORT).fetchAsync("sticky");
    await().until(late::isDone);
    assertThat(late.exceptionNow()).isInstanceOf(CallTimeoutException.class);
    released.countDown();
    senders.forEach(CompletableFuture::join);
  }
}
