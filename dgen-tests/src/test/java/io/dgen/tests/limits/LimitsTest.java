package io.dgen.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.Bounds;
import io.dgen.Dgen;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.OverloadedException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.Doorman;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.LargeValuesClient;
import io.dgen.tests.servers.LargeValuesServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Messages and replies of up to 10 MB less overhead, larger ones refused before anything is
 * written, and bounds on lane and queue past which senders are pushed back.
 */
class LimitsTest extends OnEveryStore {

  /** What a message or a reply may have: bytes, with the heads of the record around them. */
  private static final int MAX = 9_800_000;

  private static final int LARGEST = MAX - 50;

  // Sizes.

  @Test
  void theLargestMessageAndReplyThroughTheLane() {
    theLargestMessageAndReply(cluster.host(LargeValuesServer.of()));
  }

  @Test
  void theLargestMessageAndReplyThroughTheQueue() {
    cluster.host(LargeValuesServer.of());
    theLargestMessageAndReply(cluster.node());
  }

  private void theLargestMessageAndReply(Dgen node) {
    LargeValuesClient large = LargeValuesClient.of(node, "a");
    assertThat(large.echo(new byte[LARGEST])).hasSize(LARGEST);
    assertClean();
  }

  @Test
  void aMessageThatIsTooLargeIsRefusedOnTheOwner() {
    aMessageThatIsTooLargeIsRefused(cluster.host(LargeValuesServer.of()));
  }

  @Test
  void aMessageThatIsTooLargeIsRefusedElsewhere() {
    cluster.host(LargeValuesServer.of());
    aMessageThatIsTooLargeIsRefused(cluster.node());
  }

  /** Whether a message goes through the lane or the queue makes no difference to its sender. */
  private void aMessageThatIsTooLargeIsRefused(Dgen node) {
    LargeValuesClient large = LargeValuesClient.of(node, "a");
    large.paste("before", new byte[1]);
    CompletableFuture<Void> refused = large.pasteAsync("big", new byte[MAX]);
    CompletableFuture<Void> next = large.pasteAsync("after", new byte[1]);
    assertThatThrownBy(refused::join)
        .cause()
        .isInstanceOf(MessageTooLargeException.class)
        .hasMessageContaining("Paste to LargeValues(\"a\") has 98")
        .hasMessageContaining("more than the " + MAX)
        .hasMessageContaining("it was not sent");
    assertThatThrownBy(() -> large.echo(new byte[MAX]))
        .isInstanceOf(MessageTooLargeException.class);
    assertThatThrownBy(() -> large.stick("big", new byte[MAX]))
        .isInstanceOf(MessageTooLargeException.class);
    next.join();
    assertThat(large.weight()).isEqualTo(2);
    assertClean();
  }

  @Test
  void aReplyThatIsTooLargeIsAnErrorAtTheCallerOnTheOwner() {
    aReplyThatIsTooLarge(cluster.host(LargeValuesServer.of()));
  }

  @Test
  void aReplyThatIsTooLargeIsAnErrorAtTheCallerElsewhere() {
    cluster.host(LargeValuesServer.of());
    aReplyThatIsTooLarge(cluster.node());
  }

  /** The call is done: it is not tried again, and nobody waits behind it. */
  private void aReplyThatIsTooLarge(Dgen node) {
    LargeValuesClient large = LargeValuesClient.of(node, "a");
    assertThatThrownBy(() -> large.draw(MAX))
        .isInstanceOf(MessageTooLargeException.class)
        .hasMessageContaining("the reply has 98")
        .hasMessageContaining("The call was executed");
    assertThat(large.draw(LARGEST)).hasSize(LARGEST);
    assertClean();
  }

  /** Every chunk has the id in its key, and the transaction holds keys and conflict ranges too. */
  @Test
  void theLargestMessageToAnEntityWithTheLongestId() {
    cluster.host(LargeValuesServer.of());
    LargeValuesClient large = LargeValuesClient.of(cluster.node(), "i".repeat(4096));
    assertThatThrownBy(() -> large.echo(new byte[LARGEST]))
        .isInstanceOf(MessageTooLargeException.class)
        .hasMessageContaining("more than the 86");
    assertThat(large.echo(new byte[8_600_000])).hasSize(8_600_000);
    assertClean();
  }

  // Bounds.

  @Test
  void aFullLanePushesBack() {
    Doorman doorman = new Doorman().hold("first");
    Dgen node =
        cluster.node(
            it -> it.toBuilder().bounds(Bounds.builder().laneMessages(10).build()).build());
    node.host(GateServer.of(doorman));
    GateClient gate = GateClient.of(node, "g");
    List<CompletableFuture<?>> accepted = new ArrayList<>();
    accepted.add(gate.passAsync("first"));
    doorman.awaitArrival("first");
    for (int i = 1; i < 10; i++) {
      accepted.add(gate.passAsync("p" + i));
    }
    CompletableFuture<Void> refused = gate.passAsync("refused");
    assertThatThrownBy(refused::join)
        .cause()
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("Pass to Gate(\"g\") was refused: 10 messages")
        .hasMessageContaining("Bounds.laneMessages is 10");
    assertThatThrownBy(() -> gate.ask("refused")).isInstanceOf(OverloadedException.class);
    GateClient other = GateClient.of(node, "other");
    other.pass("another entity has a lane of its own");

    doorman.letIn("first");
    accepted.forEach(CompletableFuture::join);
    gate.pass("afterwards");
    assertThat(gate.passed())
        .hasSize(11)
        .startsWith("first", "p1")
        .endsWith("p9", "afterwards")
        .doesNotContain("refused");
    assertClean();
  }

  @Test
  void bytesFillALaneToo() {
    Doorman doorman = new Doorman().hold("first");
    Dgen node =
        cluster.node(
            it -> it.toBuilder().bounds(Bounds.builder().laneBytes(10_000_000).build()).build());
    node.host(GateServer.of(doorman));
    GateClient gate = GateClient.of(node, "g");
    List<CompletableFuture<?>> accepted = new ArrayList<>();
    accepted.add(gate.passAsync("first"));
    doorman.awaitArrival("first");
    String megabyte = "m".repeat(1_000_000);
    for (int i = 0; i < 9; i++) {
      accepted.add(gate.passAsync(megabyte + i));
    }
    assertThatThrownBy(() -> gate.pass(megabyte))
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("Bounds.laneBytes is 10000000");
    accepted.add(gate.passAsync("a small one has room"));

    doorman.letIn("first");
    accepted.forEach(CompletableFuture::join);
    assertThat(gate.passed()).hasSize(11);
  }

  @Test
  void aFullQueuePushesBack() {
    Dgen sender =
        cluster.node(
            it -> it.toBuilder().bounds(Bounds.builder().queueMessages(10).build()).build());
    CountersClient counter = CountersClient.of(sender, "c");
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      counter.add(1);
    }
    for (int i = 0; i < 8; i++) {
      sent.add(counter.addAsync(1));
    }
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).exceptionally(e -> null).join();
    assertThatThrownBy(() -> counter.add(1))
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("Add to Counters(\"c\") was refused")
        .hasMessageContaining("Bounds.queueMessages is 10");
    // One sender's messages are pushed one after another, so its bound is exact.
    assertThat(counter.entity().queueLength()).isEqualTo(10);
    long accepted = sent.stream().filter(it -> !it.isCompletedExceptionally()).count();
    assertThat(accepted).isEqualTo(2);

    CountersClient owner = CountersClient.of(cluster.host(CountersServer.of()), "c");
    assertThat(owner.value()).isEqualTo(10);
    counter.add(1);
    assertThat(owner.value()).isEqualTo(11);
    assertClean();
  }

  @Test
  void boundsAreChecked() {
    assertThatThrownBy(() -> Bounds.builder().laneMessages(0).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("laneMessages must be at least 1; found 0");
    assertThatThrownBy(() -> Bounds.builder().laneBytes(9_999_999).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("laneBytes must be at least 10000000");
    assertThatThrownBy(() -> Bounds.builder().queueMessages(-1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("queueMessages must be positive, or 0 for no bound; found -1");
    assertThat(Bounds.DEFAULT.queueMessages()).isZero();
  }

  private void assertClean() {
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }
}
