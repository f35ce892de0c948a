package io.dgen.tests.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.EntityStatus;
import io.dgen.Failure;
import io.dgen.Failure.Kind;
import io.dgen.codec.UnreadableException;
import io.dgen.error.CallbackException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.Canvas;
import io.dgen.tests.servers.CanvasClient;
import io.dgen.tests.servers.CanvasCodec;
import io.dgen.tests.servers.CanvasServer;
import io.dgen.tests.servers.OldCanvas;
import io.dgen.tests.servers.OldCanvasClient;
import io.dgen.tests.servers.OldCanvasCodec;
import io.dgen.tests.servers.OldCanvasServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a newer version of a server wrote, and an older one cannot read. */
class NewerVersionTest extends OnEveryStore {

  private static final String VERSIONS =
      "; "
          + CanvasCodec.STATES.version()
          + " wrote it, and this program has "
          + OldCanvasCodec.STATES.version();

  private static final String NO_COLOR =
      "enum OldCanvas.Color has no constant BLUE; is this node older than the writer?";

  private static final String NO_FIGURE =
      "sealed OldCanvas.Figure has no variant Star; is this node older than the writer?";

  private final List<Failure> failures = new CopyOnWriteArrayList<>();

  /** A node that would give up a message at its first failure, if it counted one. */
  private Dgen oldNode() {
    Dgen node =
        cluster.node(
            options ->
                options.toBuilder()
                    .failurePolicy(
                        options.failurePolicy().toBuilder().deadLetterThreshold(1).build())
                    .failureListener(failures::add)
                    .build());
    return node.host(OldCanvasServer.of());
  }

  private void awaitFailures(Kind kind) {
    await().until(() -> failures.size() > 2);
    assertThat(failures).extracting(Failure::kind).containsOnly(kind);
  }

  @Test
  void aConstantInTheStateIsNamedWithBothVersions() {
    assertStateIsNamed(canvas -> canvas.fill(Canvas.Color.BLUE), NO_COLOR, "BLUE []");
  }

  @Test
  void aVariantInTheStateIsNamedWithBothVersions() {
    assertStateIsNamed(
        canvas -> canvas.draw(new Canvas.Star(5)), NO_FIGURE, "RED [Star[points=5]]");
  }

  private void assertStateIsNamed(Consumer<CanvasClient> change, String problem, String shown) {
    CanvasClient first = CanvasClient.of(cluster.host(CanvasServer.of()), "c");
    change.accept(first);
    assertThat(first.show()).isEqualTo(shown);
    cluster.closeNodes();

    OldCanvasClient local = OldCanvasClient.of(oldNode(), "c");
    assertThatThrownBy(local::show)
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("Canvas(\"c\")")
        .hasMessageContaining(problem)
        .hasMessageContaining(VERSIONS)
        .hasCauseInstanceOf(UnreadableException.class);

    OldCanvasClient remote = OldCanvasClient.of(cluster.node(), "c");
    remote.draw(new OldCanvas.Circle(1));
    CompletableFuture<String> waiting = remote.showAsync();
    awaitFailures(Kind.STATE);
    assertThat(failures)
        .allSatisfy(
            it -> assertThat(it.reason().orElseThrow()).hasMessageContainingAll(problem, VERSIONS));
    assertThat(waiting).isNotDone();
    assertThat(remote.entity().queueLength()).isEqualTo(2);
    assertThat(remote.entity().deadLetters().length()).isZero();

    cluster.closeNodes();
    CanvasClient canvas = CanvasClient.of(cluster.host(CanvasServer.of()), "c");
    assertThat(canvas.show()).startsWith(shown.substring(0, 5)).contains("Circle[radius=1]");
    assertThat(canvas.entity().queueLength()).isZero();
    assertThat(canvas.entity().deadLetters().length()).isZero();
  }

  @Test
  void aConstantInAQueuedMessageIsLeftForTheNewerNode() {
    assertMessageIsLeft(
        canvas -> canvas.fill(Canvas.Color.BLUE), "Fill", NO_COLOR, "BLUE [Circle[radius=1]]");
  }

  @Test
  void aVariantInAQueuedMessageIsLeftForTheNewerNode() {
    assertMessageIsLeft(
        canvas -> canvas.draw(new Canvas.Star(5)),
        "Draw",
        NO_FIGURE,
        "RED [Star[points=5], Circle[radius=1]]");
  }

  private void assertMessageIsLeft(
      Consumer<CanvasClient> send, String message, String problem, String shown) {
    Dgen old = oldNode();
    assertThat(OldCanvasClient.of(old, "c").show()).isEqualTo("RED []");
    send.accept(CanvasClient.of(cluster.node(), "c"));
    OldCanvasClient behind = OldCanvasClient.of(cluster.node(), "c");
    behind.draw(new OldCanvas.Circle(1));
    awaitFailures(Kind.UNDECODABLE);
    assertThat(failures)
        .allSatisfy(
            it -> assertThat(it.reason().orElseThrow()).hasMessageContainingAll(problem, VERSIONS));

    EntityStatus status = old.admin().entity("Canvas", "c").status();
    assertThat(status.queueLength()).isEqualTo(2);
    assertThat(status.deadLetters()).isZero();
    assertThat(status.pause()).isEmpty();
    EntityStatus.First first = status.first().orElseThrow();
    assertThat(first.message()).isEqualTo(message);
    assertThat(first.attempts()).isZero();
    assertThat(first.decodable()).isFalse();
    assertThat(first.lastError()).contains(problem).contains(VERSIONS);

    cluster.closeNodes();
    CanvasClient canvas = CanvasClient.of(cluster.host(CanvasServer.of()), "c");
    assertThat(canvas.show()).isEqualTo(shown);
    assertThat(canvas.entity().queueLength()).isZero();
    assertThat(canvas.entity().deadLetters().length()).isZero();
  }
}
