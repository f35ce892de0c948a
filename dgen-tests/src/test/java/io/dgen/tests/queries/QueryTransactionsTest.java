package io.dgen.tests.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.Dgen;
import io.dgen.error.NotHostedException;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.BoardClient;
import io.dgen.tests.servers.BoardServer;
import io.dgen.tests.servers.Posts;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Queries within a transaction: a callback's, or a user's own. */
class QueryTransactionsTest extends OnEveryStore {

  private final Posts posts = new Posts();

  @Test
  void aCallbackReadsAnotherEntity() {
    Dgen node = cluster.host(BoardServer.of(posts));
    BoardClient other = BoardClient.of(node, "other");
    BoardClient board = BoardClient.of(node, "b");
    assertThat(board.copy("other")).isEqualTo(-1);
    other.post("one");
    other.post("two");
    assertThat(board.copy("other")).isEqualTo(2);
    assertThat(board.lines()).containsExactly("other", "other");
  }

  /** What it has read still holds when it commits: it runs again if the other entity changed. */
  @Test
  void whatACallbackHasReadHoldsWhenItCommits() {
    Dgen node = cluster.host(BoardServer.of(posts));
    BoardClient other = BoardClient.of(node, "other");
    BoardClient board = BoardClient.of(node, "b");
    other.post("one");
    posts.doorman().hold("Copy");
    CompletableFuture<Integer> copied = board.copyAsync("other");
    posts.doorman().awaitArrival("Copy");
    other.post("two");
    posts.doorman().letIn("Copy");
    assertThat(copied.join()).isEqualTo(2);
    assertThat(board.lines()).containsExactly("other", "other");
  }

  @Test
  void aCallbackDoesNotQueryItsOwnEntity() {
    Dgen node =
        cluster
            .node(
                options ->
                    options.toBuilder()
                        .failurePolicy(
                            options.failurePolicy().toBuilder().deadLetterThreshold(1).build())
                        .build())
            .host(BoardServer.of(posts));
    BoardClient board = BoardClient.of(node, "b");
    assertThatThrownBy(() -> board.copy("b"))
        .hasMessageContaining("Count to Board(\"b\") is a query to the entity whose callback runs")
        .hasMessageContaining("use the state that the callback takes");
  }

  @Test
  void aTransactionOfOnesOwnReadsAnEntity() {
    Dgen node = cluster.host(BoardServer.of(posts));
    BoardClient board = BoardClient.of(node, "b");
    board.post("one");
    int count =
        cluster
            .store()
            .run(
                transaction -> {
                  int found = board.in(transaction).count();
                  transaction.set(new byte[] {1}, new byte[] {(byte) found});
                  return found;
                });
    assertThat(count).isEqualTo(1);
  }

  /** It does not commit if the entity has changed since. */
  @Test
  void aTransactionOfOnesOwnConflictsWithAChangeOfTheEntity() {
    Dgen node = cluster.host(BoardServer.of(posts));
    BoardClient board = BoardClient.of(node, "b");
    board.post("one");
    try (Transaction transaction = cluster.store().createTransaction()) {
      assertThat(board.in(transaction).count()).isEqualTo(1);
      transaction.set(new byte[] {1}, new byte[] {1});
      board.post("two");
      assertThatThrownBy(() -> transaction.commit().join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.is(StoreError.NOT_COMMITTED)).isTrue());
    }
  }

  @Test
  void needsTheServerInThisProcess() {
    BoardClient.of(cluster.host(BoardServer.of(posts)), "b").post("one");
    BoardClient elsewhere = BoardClient.of(cluster.node(), "b");
    assertThatThrownBy(
            () ->
                cluster
                    .store()
                    .run(
                        transaction -> {
                          elsewhere.in(transaction).count();
                          return true;
                        }))
        .isInstanceOf(NotHostedException.class)
        .hasMessageContaining("Count to Board(\"b\")")
        .hasMessageContaining("BoardServer.of()");
  }

  @Test
  void hasNoIdempotencyKeyThereEither() {
    BoardClient board = BoardClient.of(cluster.host(BoardServer.of(posts)), "b");
    try (Transaction transaction = cluster.store().createTransaction()) {
      assertThatThrownBy(() -> board.withIdempotencyKey("k").in(transaction).count())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("leave withIdempotencyKey(...) out");
      assertThatThrownBy(() -> board.priority().in(transaction).count())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("leave priority() out");
    }
  }
}
