package io.dgen.tests.queries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.Dgen;
import io.dgen.codec.CodecException;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.CallbackException;
import io.dgen.error.DgenClosedException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.EntityNotFoundException;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.OverloadedException;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.RecordingStore;
import io.dgen.tests.harness.RecordingStore.Use;
import io.dgen.tests.harness.TestLogging;
import io.dgen.tests.servers.BoardClient;
import io.dgen.tests.servers.BoardServer;
import io.dgen.tests.servers.Posts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Queries on a node that hosts the server. */
class QueriesTest extends OnEveryStore {

  private final Posts posts = new Posts();

  private BoardClient board() {
    return BoardClient.of(cluster.host(BoardServer.of(posts)), "b");
  }

  // What it sees.

  @Test
  void seesTheEffectOfEachCallThatHasReturned() {
    BoardClient board = board();
    for (int i = 0; i < 20; i++) {
      board.post("line " + i);
      assertThat(board.count()).isEqualTo(i + 1);
      assertThat(board.lines()).hasSize(i + 1).last().isEqualTo("line " + i);
    }
  }

  /** The state in memory is checked against the store. */
  @Test
  void seesWhatAnotherNodeHasCommitted() {
    Dgen one = cluster.host(BoardServer.of(posts));
    Dgen other = cluster.host(BoardServer.of(new Posts()));
    for (int i = 0; i < 10; i++) {
      BoardClient.of(i % 2 == 0 ? one : other, "b").priority().post("line " + i);
      assertThat(BoardClient.of(one, "b").count()).isEqualTo(i + 1);
      assertThat(BoardClient.of(other, "b").count()).isEqualTo(i + 1);
    }
  }

  @Test
  void readsTheStateWhetherItIsInMemoryOrNot() {
    Dgen node =
        cluster
            .node(options -> options.toBuilder().cache(false).build())
            .host(BoardServer.of(posts));
    BoardClient.of(node, "b").post("one");
    assertThat(BoardClient.of(node, "b").lines()).containsExactly("one");
    assertThat(BoardClient.of(cluster.host(BoardServer.of(posts)), "b").lines())
        .containsExactly("one");
  }

  /** One read of one key, if the state is in memory; and nothing is written. */
  @Test
  void readsTheMetaKeyAloneIfTheStateIsInMemory() {
    RecordingStore store = new RecordingStore(cluster.store());
    BoardClient board =
        BoardClient.of(cluster.node(store, options -> options).host(BoardServer.of(posts)), "b");
    board.post("one");
    await().untilAsserted(() -> assertThat(board.count()).isEqualTo(1));
    store.forget();
    assertThat(board.lines()).containsExactly("one");
    assertThat(store.keys(Use.READ, KeyKind.META)).hasSize(1);
    assertThat(store.keys(Use.READ_RANGE, KeyKind.STATE)).isEmpty();
    assertThat(store.keys(Use.WRITE, KeyKind.META)).isEmpty();
  }

  @Test
  void anArrayThatACallbackChangesStaysInTheStateAsItWas() {
    BoardClient board = board();
    board.post("one");
    assertThat(board.stamp()).containsExactly(1, 2, 3);
    assertThat(board.stamp()).containsExactly(1, 2, 3);
  }

  @Test
  void knowsItsEntity() {
    assertThat(board().where()).isEqualTo("Board b true");
  }

  @Test
  void mayReplyNothing() {
    BoardClient board = board();
    board.post("one");
    assertThat(board.nothing()).isNull();
    assertThat(board.nothingAsync().join()).isNull();
  }

  // What it never does.

  @Test
  void createsNoEntity() {
    BoardClient board = board();
    assertThatThrownBy(board::lines)
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageStartingWith("Lines to Board(\"b\") found no entity")
        .asInstanceOf(type(DgenException.class))
        .extracting(DgenException::effect)
        .isEqualTo(Effect.NONE);
    assertThat(board.count()).isEqualTo(-1);
    assertThat(board.entity().status().exists()).isFalse();
  }

  @Test
  void aKilledEntityIsGone() {
    BoardClient board = board();
    board.post("one");
    assertThat(board.count()).isEqualTo(1);
    board.entity().kill();
    assertThat(board.count()).isEqualTo(-1);
    board.post("anew");
    assertThat(board.lines()).containsExactly("anew");
  }

  @Test
  void aResetEntityIsAsNew() {
    BoardClient board = board();
    board.post("one");
    assertThat(board.count()).isEqualTo(1);
    board.entity().reset();
    assertThat(board.count()).isLessThanOrEqualTo(0);
    board.post("anew");
    assertThat(board.lines()).containsExactly("anew");
  }

  // What it does not wait for.

  @Test
  void doesNotWaitForACallbackThatIsRunning() {
    BoardClient board = board();
    board.post("one");
    posts.doorman().hold("two");
    CompletableFuture<Integer> second = board.postAsync("two");
    posts.doorman().awaitArrival("two");
    assertThat(board.lines()).containsExactly("one");
    posts.doorman().letIn("two");
    assertThat(second.join()).isEqualTo(2);
    assertThat(board.lines()).containsExactly("one", "two");
  }

  @Test
  void goesPastALock() {
    BoardClient board = board();
    board.post("one");
    posts.doorman().hold("work");
    CompletableFuture<Integer> work = board.workAsync("work");
    posts.doorman().awaitArrival("work");
    assertThat(board.lines()).containsExactly("one", "locked");
    posts.doorman().letIn("work");
    work.join();
    assertThat(board.lines()).containsExactly("one", "locked", "work");
  }

  @Test
  void goesPastAPause() {
    BoardClient board = board();
    board.post("one");
    board.entity().pause("for the test");
    board.note("waits");
    assertThat(board.lines()).containsExactly("one");
    board.entity().resume();
    await().untilAsserted(() -> assertThat(board.lines()).containsExactly("one", "waits"));
  }

  @Test
  void goesPastABackOff() {
    Dgen node =
        cluster
            .node(
                options ->
                    options.toBuilder()
                        .firstRetryDelay(Duration.ofMinutes(1))
                        .maxRetryDelay(Duration.ofMinutes(1))
                        .build())
            .host(BoardServer.of(posts));
    BoardClient board = BoardClient.of(node, "b");
    board.post("one");
    board.fail();
    await().until(() -> posts.doorman().entered().contains("Fail"));
    assertThat(board.lines()).containsExactly("one");
  }

  @Test
  void manyRunAtTheSameTime() {
    BoardClient board = board();
    board.post("one");
    posts.doorman().hold("Lines");
    List<CompletableFuture<List<String>>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(board.linesAsync());
    }
    await().until(() -> posts.doorman().entered().stream().filter("Lines"::equals).count() == 20);
    assertThat(board.count()).isEqualTo(1);
    assertThat(board.post("two")).isEqualTo(2);
    posts.doorman().letIn("Lines");
    all.forEach(each -> assertThat(each.join()).containsExactly("one"));
  }

  @Test
  void isRefusedBeyondTheBound() {
    Dgen node =
        cluster
            .node(options -> options.toBuilder().maxConcurrentQueries(2).build())
            .host(BoardServer.of(posts));
    BoardClient board = BoardClient.of(node, "b");
    board.post("one");
    posts.doorman().hold("Lines");
    CompletableFuture<List<String>> one = board.linesAsync();
    CompletableFuture<List<String>> two = board.linesAsync();
    assertThatThrownBy(board::count)
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("Count to Board(\"b\")")
        .hasMessageContaining("2 queries run on this node")
        .hasMessageContaining("maxConcurrentQueries");
    assertThat(board.post("two")).isEqualTo(2);
    posts.doorman().letIn("Lines");
    one.join();
    two.join();
    await().untilAsserted(() -> assertThat(board.count()).isEqualTo(2));
  }

  // How it fails.

  @Test
  void anExceptionReachesItsCallerAtOnceAndIsNotRetried() {
    BoardClient board = board();
    board.post("one");
    assertThatThrownBy(() -> board.throwException("as asked"))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("Throw to Board(\"b\") failed")
        .hasMessageContaining("a query is not retried")
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("as asked");
    assertThat(posts.doorman().entered()).containsExactly("one", "Throw");
    assertThatThrownBy(() -> board.throwExceptionAsync("later").join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(CallbackException.class)
        .hasRootCauseMessage("later");
  }

  @Test
  void aReplyThatIsTooLargeIsAnError() {
    BoardClient board = board();
    board.post("one");
    assertThat(board.large(1_000_000)).hasSize(1_000_000);
    assertThatThrownBy(() -> board.large(9_900_000))
        .isInstanceOf(MessageTooLargeException.class)
        .hasMessageContaining("the reply to Large to Board(\"b\")")
        .asInstanceOf(throwable(MessageTooLargeException.class))
        .extracting(DgenException::effect)
        .isEqualTo(Effect.NONE);
  }

  @Test
  void aStateThatCannotBeReadIsAnError() {
    Dgen first = cluster.host(BoardServer.of(posts));
    BoardClient.of(first, "b").post("one");
    cluster.closeNodes();
    byte[] state = Tuple.from(0, "Board", "b", 16, "lines").pack("dgen".getBytes(UTF_8));
    cluster.set(state, new byte[] {0x61, 'x'});
    assertThatThrownBy(() -> board().lines())
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Board(\"b\")");
  }

  @Test
  void timesOutWithoutAnEffect() {
    BoardClient board = board();
    board.post("one");
    posts.doorman().hold("Lines");
    assertThatThrownBy(() -> board.withTimeout(Duration.ofMillis(50)).lines())
        .isInstanceOf(CallTimeoutException.class)
        .hasMessageContaining("Lines to Board(\"b\")")
        .hasMessageContaining("it runs on this node, and has not returned")
        .asInstanceOf(throwable(CallTimeoutException.class))
        .extracting(DgenException::effect)
        .isEqualTo(Effect.NONE);
    posts.doorman().letIn("Lines");
  }

  /** One that never returns takes a place for ever: somebody should know. */
  @Test
  void isLoggedWhileItTakesLong() {
    Dgen node =
        cluster
            .node(options -> options.toBuilder().slowCallback(Duration.ofMillis(20)).build())
            .host(BoardServer.of(posts));
    BoardClient board = BoardClient.of(node, "b");
    board.post("one");
    posts.doorman().hold("Lines");
    try (TestLogging.Heard heard = TestLogging.hear()) {
      CompletableFuture<List<String>> lines = board.linesAsync();
      await()
          .until(
              () ->
                  heard.lines().stream()
                          .map(TestLogging.Line::text)
                          .filter(it -> it.startsWith("the query Lines to Board(\"b\") has been"))
                          .count()
                      > 1);
      posts.doorman().letIn("Lines");
      assertThat(lines.join()).containsExactly("one");
    }
  }

  @Test
  void isFailedWhenItsNodeCloses() {
    Dgen node =
        cluster
            .node(
                options ->
                    options.toBuilder()
                        .closeStore(false)
                        .closeTimeout(Duration.ofMillis(50))
                        .build())
            .host(BoardServer.of(posts));
    BoardClient board = BoardClient.of(node, "b");
    board.post("one");
    posts.doorman().hold("Lines");
    CompletableFuture<List<String>> lines = board.linesAsync();
    posts.doorman().awaitArrival("Lines");
    cluster.forget(node);
    node.close();
    assertThatThrownBy(lines::join)
        .cause()
        .isInstanceOf(DgenClosedException.class)
        .hasMessageContaining("Lines to Board(\"b\")");
    posts.doorman().letIn("Lines");
    assertThatThrownBy(board::count).isInstanceOf(DgenClosedException.class);
  }

  // What makes no sense.

  @Test
  void hasNoIdempotencyKey() {
    BoardClient board = board().withIdempotencyKey("k");
    assertThatThrownBy(board::count)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Count to Board(\"b\") is a query")
        .hasMessageContaining("leave withIdempotencyKey(...) out");
    assertThatThrownBy(board::countAsync).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void hasNoPriority() {
    BoardClient board = board().priority();
    assertThatThrownBy(board::count)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Count to Board(\"b\") is a query")
        .hasMessageContaining("leave priority() out");
  }
}
