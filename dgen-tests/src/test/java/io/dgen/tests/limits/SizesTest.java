package io.dgen.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.Dgen;
import io.dgen.error.MessageTooLargeException;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.LargeValuesClient;
import io.dgen.tests.servers.LargeValuesServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Messages, replies and states that do not fit into one value, or into one transaction. */
class SizesTest extends OnEveryStore {

  private static final int QUARTER_MEGABYTE = 250_000;

  @Test
  void bigMessagesAndRepliesThroughTheLane() {
    bigMessagesAndReplies(LargeValuesClient.of(cluster.host(LargeValuesServer.of()), "a"));
  }

  @Test
  void bigMessagesAndRepliesThroughTheQueue() {
    cluster.host(LargeValuesServer.of());
    bigMessagesAndReplies(LargeValuesClient.of(cluster.node(), "a"));
  }

  @Test
  void bigMessagesAndRepliesPastTheQueue() {
    bigMessagesAndReplies(
        LargeValuesClient.of(cluster.host(LargeValuesServer.of()), "a").priority());
  }

  private void bigMessagesAndReplies(LargeValuesClient large) {
    byte[] picture = bytes(1, QUARTER_MEGABYTE);
    large.paste("p", picture);
    assertThat(large.turn("p")).hasValueSatisfying(page -> assertThat(page).isEqualTo(picture));
    assertThat(large.turn("q")).isEmpty();
    List<CompletableFuture<byte[]>> echoes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      echoes.add(large.echoAsync(bytes(i, QUARTER_MEGABYTE + i)));
    }
    for (int i = 0; i < 8; i++) {
      assertThat(echoes.get(i).join()).isEqualTo(bytes(i, QUARTER_MEGABYTE + i));
    }
    assertClean();
  }

  @Test
  void sizesAroundTheChunks() {
    cluster.host(LargeValuesServer.of());
    LargeValuesClient large = LargeValuesClient.of(cluster.node(), "a");
    for (int length = 99_900; length <= 100_010; length += 5) {
      assertThat(large.echo(bytes(length, length))).hasSize(length);
    }
    assertThat(large.echo(new byte[0])).isEmpty();
  }

  @Test
  @Durable
  void aStateOfAMegabyteIsThereAfterARestart() {
    LargeValuesClient large = LargeValuesClient.of(cluster.host(LargeValuesServer.of()), "a");
    byte[] picture = bytes(1, 1_000_000);
    large.paste("p", picture);
    assertThat(large.weight()).isEqualTo(1_000_000);
    cluster.restart();
    LargeValuesClient again = LargeValuesClient.of(cluster.host(LargeValuesServer.of()), "a");
    assertThat(again.turn("p")).hasValueSatisfying(page -> assertThat(page).isEqualTo(picture));
    again.paste("p", new byte[1]);
    assertThat(again.weight()).isEqualTo(1);
    assertClean();
  }

  @Test
  void moreThanATransactionHoldsAtOnceThroughTheLane() {
    moreThanATransactionHolds(cluster.host(LargeValuesServer.of()));
  }

  @Test
  void moreThanATransactionHoldsAtOnceThroughTheQueue() {
    cluster.host(LargeValuesServer.of());
    moreThanATransactionHolds(cluster.node());
  }

  /** 15 MB of casts, whose last state is small, and 15 MB of replies. */
  private void moreThanATransactionHolds(Dgen node) {
    LargeValuesClient large = LargeValuesClient.of(node, "a");
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(large.pasteAsync("p" + i % 3, bytes(i, QUARTER_MEGABYTE)));
      all.add(large.drawAsync(QUARTER_MEGABYTE));
    }
    all.forEach(CompletableFuture::join);
    for (int i = 57; i < 60; i++) {
      byte[] last = bytes(i, QUARTER_MEGABYTE);
      assertThat(large.turn("p" + i % 3))
          .hasValueSatisfying(page -> assertThat(page).isEqualTo(last));
    }
    assertClean();
  }

  @Test
  void aMessageThatNoTransactionHoldsIsRefused() {
    cluster.host(LargeValuesServer.of());
    LargeValuesClient large = LargeValuesClient.of(cluster.node(), "a");
    large.paste("before", new byte[1]);
    CompletableFuture<Void> refused = large.pasteAsync("big", new byte[10_000_001]);
    CompletableFuture<Void> next = large.pasteAsync("after", new byte[1]);
    assertThatThrownBy(refused::join)
        .cause()
        .isInstanceOf(MessageTooLargeException.class)
        .hasMessageContaining("Paste to LargeValues(\"a\")");
    next.join();
    assertThatThrownBy(() -> large.echo(new byte[10_000_001]))
        .isInstanceOf(MessageTooLargeException.class);
    assertThat(large.weight()).isEqualTo(2);
    assertClean();
  }

  private void assertClean() {
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
