package io.dgen.tests.locks;

import static io.dgen.Results.unlock;
import static io.dgen.Results.unlockRefused;
import static io.dgen.Results.unlockThen;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.Unlock;
import io.dgen.error.RefusedException;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Voyage;
import io.dgen.tests.servers.Voyage.State;
import io.dgen.tests.servers.VoyageClient;
import io.dgen.tests.servers.VoyageServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The update of an unlock, in the transaction that releases the lock. */
class UnlockContextTest extends OnEveryStore {

  private static final byte[] KEY = "voyages".getBytes(UTF_8);

  private VoyageClient host(Voyage voyage) {
    return VoyageClient.of(cluster.host(VoyageServer.of(voyage)), "v");
  }

  private byte[] own() {
    return cluster.store().run(transaction -> transaction.get(KEY).join());
  }

  private static void mark(Context context, String mark) {
    context.transaction().set(KEY, mark.getBytes(UTF_8));
  }

  /** What it sends to its own entity comes behind what was queued behind the lock. */
  @Test
  void whatItDoesIsPartOfTheTransaction() {
    CountDownLatch noted = new CountDownLatch(1);
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              noted.await();
              return unlock(
                  "reply",
                  (now, update) -> {
                    VoyageClient.in(update, update.id()).note("to itself");
                    VoyageClient.in(update, "other").note("to another");
                    now.waiting().forEach(from -> update.reply(from, "answered"));
                    mark(update, where + " " + update.attempt());
                    boolean cancelled = update.cancel(now.alarm().orElseThrow());
                    return new State(now.log(), Optional.empty(), List.of())
                        .with("sailed, cancelled " + cancelled);
                  });
            });
    CompletableFuture<String> answer = voyage.awaitAsync();
    voyage.remind();
    CompletableFuture<String> sailed = voyage.sailAsync("north");
    VoyageClient.of(cluster.node(), "v").note("behind");
    noted.countDown();
    assertThat(sailed.join()).isEqualTo("reply");
    assertThat(answer.join()).isEqualTo("answered");
    await()
        .untilAsserted(
            () ->
                assertThat(voyage.log())
                    .containsExactly(
                        "begin north", "sailed, cancelled true", "behind", "to itself"));
    VoyageClient other = VoyageClient.of(cluster.node(), "other");
    await().untilAsserted(() -> assertThat(other.log()).containsExactly("to another"));
    assertThat(new String(own(), UTF_8)).isEqualTo("north 1");
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(cluster.keys().of(KeyKind.DELAYED)).isEmpty();
    assertThat(cluster.keys().of(KeyKind.LOCK)).isEmpty();
  }

  /** Nothing of it stands unless its state does. */
  @Test
  void anUpdateThatThrowsOrRefusesLeavesNothing() {
    AtomicInteger runs = new AtomicInteger();
    VoyageClient voyage =
        host(
            (where, state, context) ->
                unlock(
                    "reply",
                    (now, update) -> {
                      VoyageClient.in(update, "other").note(where);
                      mark(update, where);
                      if (runs.incrementAndGet() == 1) {
                        throw new IllegalStateException("the first time");
                      }
                      if (where.equals("south")) {
                        throw new RefusedException("ice", "too cold");
                      }
                      return now.with("sailed");
                    }));
    assertThat(voyage.sail("north")).isEqualTo("reply");
    assertThatThrownBy(() -> voyage.sail("south"))
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo("ice"));
    assertThat(voyage.log()).containsExactly("begin north", "begin north", "sailed", "begin south");
    VoyageClient other = VoyageClient.of(cluster.node(), "other");
    await().untilAsserted(() -> assertThat(other.log()).containsExactly("north"));
    assertThat(new String(own(), UTF_8)).isEqualTo("north");
  }

  @Test
  void onceThoughTheOutcomeOfTheCommitIsUnknown() {
    for (Fate fate :
        List.of(Fate.UNKNOWN_BUT_COMMITTED, Fate.UNKNOWN_AND_NOT_COMMITTED, Fate.CONFLICT)) {
      AtomicInteger left = new AtomicInteger(1);
      FaultyStore store =
          new FaultyStore(cluster.store())
              .plan(
                  commit ->
                      commit.entities().contains("other") && left.getAndDecrement() > 0
                          ? CompletableFuture.completedFuture(fate)
                          : FaultyStore.GO);
      Dgen node = cluster.node(store, options -> options);
      node.host(
          VoyageServer.of(
              (where, state, context) ->
                  unlock(
                      where,
                      (now, update) -> {
                        VoyageClient.in(update, "other").note(where);
                        return now.with("sailed " + where);
                      })));
      String where = fate.name();
      VoyageClient voyage = VoyageClient.of(node, where);
      assertThat(voyage.sail(where)).isEqualTo(where);
      assertThat(voyage.log()).containsExactly("begin " + where, "sailed " + where);
      assertThat(left.get()).isNotPositive();
      StoredKeys.awaitIdle(cluster::keys);
      assertThat(VoyageClient.of(node, "other").log()).containsOnlyOnce(where);
      node.close();
    }
  }

  /** Only what is reached through the context belongs to the transaction. */
  @Test
  void aClientIsRefusedInIt() {
    VoyageClient[] client = new VoyageClient[1];
    VoyageClient voyage =
        host(
            (where, state, context) ->
                unlock(
                    "reply",
                    (now, update) -> {
                      String refused = "nothing";
                      try {
                        client[0].note("not sent");
                      } catch (IllegalStateException e) {
                        refused = String.valueOf(e.getMessage());
                      }
                      return now.with(refused);
                    }));
    client[0] = voyage;
    assertThat(voyage.sail("north")).isEqualTo("reply");
    assertThat(voyage.log().getLast()).contains("in(context, id)");
  }

  /** Each of these has to compile as it stands here. */
  @Test
  void everyFormCompiles() {
    List<Unlock<String, State>> results =
        List.of(
            unlock("reply", now -> now.with("a")),
            unlock("reply", now -> now.with("a"), done -> {}),
            unlock("reply", (now, update) -> now.with(update.id())),
            unlock("reply", (now, update) -> now.with(update.id()), done -> {}, done -> {}),
            unlock(now -> now.with("a")),
            unlock((now, update) -> now.with(update.id())),
            unlockThen(now -> now.with("a"), done -> {}),
            unlockThen((now, update) -> now.with(update.id()), done -> {}),
            unlockRefused("code", "text", now -> now.with("a")),
            unlockRefused("code", "text", (now, update) -> now.with(update.id())),
            unlockRefused(new RefusedException("code", "text"), now -> now.with("a")),
            unlockRefused(
                new RefusedException("code", "text"), (now, update) -> now.with(update.id())));
    assertThat(results.stream().map(it -> it.actions().size()))
        .containsExactly(0, 1, 0, 2, 0, 0, 1, 1, 0, 0, 0, 0);
  }
}
