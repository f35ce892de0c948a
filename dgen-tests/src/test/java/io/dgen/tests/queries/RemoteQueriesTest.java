package io.dgen.tests.queries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;
import static org.awaitility.Awaitility.await;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.codec.CodecException;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.CallbackException;
import io.dgen.error.DgenClosedException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.EntityNotFoundException;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.OverloadedException;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.RecordingStore;
import io.dgen.tests.harness.RecordingStore.Use;
import io.dgen.tests.servers.BoardClient;
import io.dgen.tests.servers.BoardServer;
import io.dgen.tests.servers.Posts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Queries on a node that does not host the server: it asks one that does. */
class RemoteQueriesTest extends OnEveryStore {

  private final Posts posts = new Posts();

  /** The node that hosts the server, and a client elsewhere. */
  private BoardClient elsewhere() {
    cluster.host(BoardServer.of(posts));
    return BoardClient.of(cluster.node(), "b");
  }

  @Test
  void seesTheEffectOfEachCallThatHasReturned() {
    BoardClient board = elsewhere();
    for (int i = 0; i < 10; i++) {
      board.post("line " + i);
      assertThat(board.count()).isEqualTo(i + 1);
      assertThat(board.linesAsync().join()).hasSize(i + 1).last().isEqualTo("line " + i);
    }
    assertThat(board.where()).isEqualTo("Board b true");
    assertThat(board.stamp()).containsExactly(1, 2, 3);
    assertThat(board.nothing()).isNull();
  }

  @Test
  void manyAreAskedTogether() {
    BoardClient board = elsewhere();
    board.post("one");
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(board.countAsync());
    }
    all.forEach(each -> assertThat(each.join()).isEqualTo(1));
  }

  @Test
  void largeQueriesAndRepliesArriveWhole() {
    BoardClient board = elsewhere();
    board.post("one");
    List<CompletableFuture<Integer>> measured = new ArrayList<>();
    for (int size : List.of(0, 99_999, 350_000, 5_000_000, 1)) {
      measured.add(board.measureAsync(new byte[size]));
    }
    assertThat(measured.stream().map(CompletableFuture::join))
        .containsExactly(0, 99_999, 350_000, 5_000_000, 1);
    assertThat(board.large(4_000_000)).hasSize(4_000_000);
    assertThatThrownBy(() -> board.measure(new byte[9_900_000]))
        .isInstanceOf(MessageTooLargeException.class);
    assertThatThrownBy(() -> board.large(9_900_000))
        .isInstanceOf(MessageTooLargeException.class)
        .hasMessageContaining("the reply to Large to Board(\"b\")")
        .asInstanceOf(throwable(DgenException.class))
        .extracting(DgenException::effect)
        .isEqualTo(Effect.NONE);
  }

  /** Neither the queue of the entity, nor what marks it, nor its state. */
  @Test
  void touchesNothingOfTheEntity() {
    RecordingStore asking = new RecordingStore(cluster.store());
    RecordingStore asked = new RecordingStore(cluster.store());
    cluster.node(asked, options -> options).host(BoardServer.of(posts));
    BoardClient board = BoardClient.of(cluster.node(asking, options -> options), "b");
    board.post("one");
    assertThat(board.count()).isEqualTo(1);
    // The round that finds the queue empty comes after the reply.
    await().until(() -> cluster.keys().of(KeyKind.READY).isEmpty());
    asking.forget();
    asked.forget();
    for (int i = 0; i < 5; i++) {
      assertThat(board.lines()).containsExactly("one");
    }
    assertThat(asking.kinds(Use.WRITE))
        .contains(KeyKind.QUERY, KeyKind.QUERY_BELL)
        .doesNotContain(KeyKind.QUEUE, KeyKind.PUSHED, KeyKind.READY, KeyKind.BUMP, KeyKind.META);
    assertThat(asked.kinds(Use.WRITE))
        .contains(KeyKind.QUERY, KeyKind.REPLY, KeyKind.MAIL)
        .doesNotContain(KeyKind.META, KeyKind.STATE, KeyKind.READY);
  }

  // How it fails.

  @Test
  void errorsComeBackAsTheyAre() {
    BoardClient board = elsewhere();
    assertThatThrownBy(board::lines)
        .isInstanceOf(EntityNotFoundException.class)
        .hasMessageStartingWith("Lines to Board(\"b\") found no entity");
    assertThat(board.count()).isEqualTo(-1);
    board.post("one");
    assertThatThrownBy(() -> board.throwException("as asked"))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("Throw to Board(\"b\") failed")
        .hasMessageContaining("as asked")
        .hasMessageContaining("a query is not retried")
        .asInstanceOf(throwable(DgenException.class))
        .extracting(DgenException::effect)
        .isEqualTo(Effect.NONE);
    assertThat(posts.doorman().entered()).containsExactly("Count", "one", "Throw");
    byte[] meta = Tuple.from(0, "Board", "b", 1).pack("dgen".getBytes(UTF_8));
    cluster.set(meta, new byte[] {7});
    assertThatThrownBy(board::lines)
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("Board(\"b\")");
  }

  @Test
  void theAskedNodeRefusesThoseBeyondItsBound() {
    cluster
        .node(options -> options.toBuilder().maxConcurrentQueries(2).build())
        .host(BoardServer.of(posts));
    BoardClient board = BoardClient.of(cluster.node(), "b");
    board.post("one");
    posts.doorman().hold("Lines");
    CompletableFuture<List<String>> one = board.linesAsync();
    CompletableFuture<List<String>> two = board.linesAsync();
    await().until(() -> posts.doorman().entered().stream().filter("Lines"::equals).count() == 2);
    assertThatThrownBy(board::count)
        .isInstanceOf(OverloadedException.class)
        .hasMessageContaining("2 queries run on this node");
    posts.doorman().letIn("Lines");
    assertThat(one.join()).containsExactly("one");
    assertThat(two.join()).containsExactly("one");
    await().untilAsserted(() -> assertThat(board.count()).isEqualTo(1));
  }

  @Test
  void theAskingNodeRefusesThoseBeyondItsBound() {
    cluster.host(BoardServer.of(posts));
    BoardClient board =
        BoardClient.of(
            cluster.node(options -> options.toBuilder().maxConcurrentQueries(1).build()), "b");
    board.post("one");
    posts.doorman().hold("Lines");
    CompletableFuture<List<String>> one = board.linesAsync();
    assertThatThrownBy(board::count).isInstanceOf(OverloadedException.class);
    posts.doorman().letIn("Lines");
    one.join();
    await().untilAsserted(() -> assertThat(board.count()).isEqualTo(1));
  }

  /** Whatever becomes of the first commits of requests and answers, each query gets its answer. */
  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"CONFLICT", "UNKNOWN_BUT_COMMITTED", "UNKNOWN_AND_NOT_COMMITTED"})
  void isAnsweredWhateverBecomesOfACommit(Fate fate) {
    FaultyStore asked = new FaultyStore(cluster.store());
    FaultyStore asking = new FaultyStore(cluster.store());
    cluster.node(asked, options -> options).host(BoardServer.of(posts));
    BoardClient board = BoardClient.of(cluster.node(asking, options -> options), "b");
    board.post("one");
    AtomicInteger met = new AtomicInteger();
    FaultyStore.Plan everySecond =
        commit ->
            (commit.writes(KeyKind.QUERY) || commit.writes(KeyKind.REPLY))
                    && met.getAndIncrement() % 2 == 0
                ? CompletableFuture.completedFuture(fate)
                : FaultyStore.GO;
    asked.plan(everySecond);
    asking.plan(everySecond);
    for (int i = 0; i < 5; i++) {
      assertThat(board.lines()).containsExactly("one");
      assertThat(board.countAsync().join()).isEqualTo(1);
    }
    assertThat(met.get()).isGreaterThan(10);
  }

  // Nodes that come and go.

  @Test
  void waitsForANodeThatHostsTheServer() {
    Dgen sender = cluster.node(RemoteQueriesTest::quick);
    CompletableFuture<Integer> count = BoardClient.of(sender, "b").countAsync();
    cluster.node(RemoteQueriesTest::quick).host(BoardServer.of(posts));
    assertThat(count.join()).isEqualTo(-1);
  }

  @Test
  void runsHereOnceThisNodeHostsTheServer() {
    Dgen node = cluster.node();
    CompletableFuture<Integer> count = BoardClient.of(node, "b").countAsync();
    node.host(BoardServer.of(posts));
    assertThat(count.join()).isEqualTo(-1);
  }

  @Test
  void timesOutIfNobodyHosts() {
    BoardClient board = BoardClient.of(cluster.node(), "b");
    assertThatThrownBy(() -> board.withTimeout(Duration.ofMillis(50)).count())
        .isInstanceOf(CallTimeoutException.class)
        .hasMessageContaining("no live node hosts Board(\"b\")")
        .asInstanceOf(throwable(DgenException.class))
        .extracting(DgenException::effect)
        .isEqualTo(Effect.NONE);
  }

  @Test
  void asksAnotherNodeIfTheAskedOneDies() {
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen dying = cluster.node(store, RemoteQueriesTest::quick);
    dying.host(BoardServer.of(posts), it -> it.only("b"));
    Dgen sender = cluster.node(RemoteQueriesTest::quick);
    BoardClient board = BoardClient.of(sender, "b");
    board.post("one");
    posts.doorman().hold("Lines");
    CompletableFuture<List<String>> lines = board.withTimeout(Duration.ofHours(1)).linesAsync();
    posts.doorman().awaitArrival("Lines");
    store.cut();
    posts.doorman().letIn("Lines");
    cluster.crashed(dying);
    cluster.node(RemoteQueriesTest::quick).host(BoardServer.of(new Posts()));
    assertThat(lines.join()).containsExactly("one");
  }

  @Test
  void asksAnotherNodeIfTheAskedOneIsSilent() {
    Dgen silent = cluster.node();
    silent.host(BoardServer.of(posts), it -> it.only("b"));
    BoardClient.of(silent, "b").post("one");
    cluster.host(BoardServer.of(new Posts()));
    posts.doorman().hold("Lines");
    BoardClient board = BoardClient.of(cluster.node(), "b");
    assertThat(board.withTimeout(Duration.ofSeconds(8)).lines()).containsExactly("one");
    assertThat(posts.doorman().entered()).contains("Lines");
    posts.doorman().letIn("Lines");
  }

  @Test
  void aClosingNodeAnswersWhatItHasBegun() {
    Dgen host = cluster.host(BoardServer.of(posts));
    BoardClient board = BoardClient.of(cluster.node(), "b");
    board.post("one");
    posts.doorman().hold("Lines");
    CompletableFuture<List<String>> lines = board.linesAsync();
    posts.doorman().awaitArrival("Lines");
    cluster.forget(host);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(host::close);
    await().until(() -> !host.isOpen());
    posts.doorman().letIn("Lines");
    assertThat(lines.join()).containsExactly("one");
    closed.join();
  }

  @Test
  void isFailedWhenItsNodeCloses() {
    cluster.host(BoardServer.of(posts));
    Dgen sender = cluster.node();
    BoardClient board = BoardClient.of(sender, "b");
    board.post("one");
    posts.doorman().hold("Lines");
    CompletableFuture<List<String>> lines = board.linesAsync();
    posts.doorman().awaitArrival("Lines");
    cluster.forget(sender);
    sender.close();
    assertThatThrownBy(lines::join)
        .cause()
        .isInstanceOf(DgenClosedException.class)
        .asInstanceOf(throwable(DgenException.class))
        .extracting(DgenException::effect)
        .isEqualTo(Effect.NONE);
    posts.doorman().letIn("Lines");
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }

  @Test
  void leavesNoKeys() {
    BoardClient board = elsewhere();
    board.post("one");
    for (int i = 0; i < 20; i++) {
      board.count();
    }
    await().untilAsserted(() -> assertThat(cluster.keys().of(KeyKind.QUERY)).isEmpty());
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }

  private static DgenOptions quick(DgenOptions options) {
    return options.toBuilder().livenessTimeout(Duration.ofSeconds(1)).build();
  }
}
