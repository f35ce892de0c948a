package io.dgen.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.Dgen;
import io.dgen.MessageTooLargeException;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.AlbumClient;
import io.dgen.tests.servers.AlbumServer;
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
    bigMessagesAndReplies(AlbumClient.of(cluster.host(AlbumServer.of()), "a"));
  }

  @Test
  void bigMessagesAndRepliesThroughTheQueue() {
    cluster.host(AlbumServer.of());
    bigMessagesAndReplies(AlbumClient.of(cluster.node(), "a"));
  }

  @Test
  void bigMessagesAndRepliesPastTheQueue() {
    bigMessagesAndReplies(AlbumClient.of(cluster.host(AlbumServer.of()), "a").priority());
  }

  private void bigMessagesAndReplies(AlbumClient album) {
    byte[] picture = bytes(1, QUARTER_MEGABYTE);
    album.paste("p", picture);
    assertThat(album.turn("p")).hasValueSatisfying(page -> assertThat(page).isEqualTo(picture));
    assertThat(album.turn("q")).isEmpty();
    List<CompletableFuture<byte[]>> echoes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      echoes.add(album.echoAsync(bytes(i, QUARTER_MEGABYTE + i)));
    }
    for (int i = 0; i < 8; i++) {
      assertThat(echoes.get(i).join()).isEqualTo(bytes(i, QUARTER_MEGABYTE + i));
    }
    assertClean();
  }

  @Test
  void sizesAroundTheChunks() {
    cluster.host(AlbumServer.of());
    AlbumClient album = AlbumClient.of(cluster.node(), "a");
    for (int length = 99_900; length <= 100_010; length += 5) {
      assertThat(album.echo(bytes(length, length))).hasSize(length);
    }
    assertThat(album.echo(new byte[0])).isEmpty();
  }

  @Test
  @Durable
  void aStateOfAMegabyteIsThereAfterARestart() {
    AlbumClient album = AlbumClient.of(cluster.host(AlbumServer.of()), "a");
    byte[] picture = bytes(1, 1_000_000);
    album.paste("p", picture);
    assertThat(album.weight()).isEqualTo(1_000_000);
    cluster.restart();
    AlbumClient again = AlbumClient.of(cluster.host(AlbumServer.of()), "a");
    assertThat(again.turn("p")).hasValueSatisfying(page -> assertThat(page).isEqualTo(picture));
    again.paste("p", new byte[1]);
    assertThat(again.weight()).isEqualTo(1);
    assertClean();
  }

  @Test
  void moreThanATransactionHoldsAtOnceThroughTheLane() {
    moreThanATransactionHolds(cluster.host(AlbumServer.of()));
  }

  @Test
  void moreThanATransactionHoldsAtOnceThroughTheQueue() {
    cluster.host(AlbumServer.of());
    moreThanATransactionHolds(cluster.node());
  }

  /** 15 MB of casts, whose last state is small, and 15 MB of replies. */
  private void moreThanATransactionHolds(Dgen node) {
    AlbumClient album = AlbumClient.of(node, "a");
    List<CompletableFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(album.pasteAsync("p" + i % 3, bytes(i, QUARTER_MEGABYTE)));
      all.add(album.drawAsync(QUARTER_MEGABYTE));
    }
    all.forEach(CompletableFuture::join);
    for (int i = 57; i < 60; i++) {
      byte[] last = bytes(i, QUARTER_MEGABYTE);
      assertThat(album.turn("p" + i % 3))
          .hasValueSatisfying(page -> assertThat(page).isEqualTo(last));
    }
    assertClean();
  }

  @Test
  void aMessageThatNoTransactionHoldsIsRefused() {
    cluster.host(AlbumServer.of());
    AlbumClient album = AlbumClient.of(cluster.node(), "a");
    album.paste("before", new byte[1]);
    CompletableFuture<Void> refused = album.pasteAsync("big", new byte[10_000_001]);
    CompletableFuture<Void> next = album.pasteAsync("after", new byte[1]);
    assertThatThrownBy(refused::join)
        .cause()
        .isInstanceOf(MessageTooLargeException.class)
        .hasMessageContaining("Paste to Album(\"a\")");
    next.join();
    assertThatThrownBy(() -> album.echo(new byte[10_000_001]))
        .isInstanceOf(MessageTooLargeException.class);
    assertThat(album.weight()).isEqualTo(2);
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
