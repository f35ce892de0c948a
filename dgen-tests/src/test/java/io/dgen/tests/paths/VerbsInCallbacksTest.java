package io.dgen.tests.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Context;
import io.dgen.DelayedMessage;
import io.dgen.Dgen;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Cashier;
import io.dgen.tests.servers.TillClient;
import io.dgen.tests.servers.TillServer;
import io.dgen.tests.servers.Workshop;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * What a callback does through a client or through {@code Dgen} would stand although the callback
 * fails, and be done again with each attempt. So it fails at once, and says what to write instead.
 */
class VerbsInCallbacksTest extends OnEveryStore {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String IN_CONTEXT = "send it with the client's in(context, id)";
  private static final String OUTSIDE =
      "do it outside callbacks, for example in an action that follows the result";

  private final Cashier cashier = new Cashier();

  /** Every verb, and what its error names instead. */
  private Map<ThrowingCallable, String> verbs(Dgen dgen, DelayedMessage delayed) {
    TillClient till = TillClient.of(dgen, "other");
    Map<ThrowingCallable, String> verbs = new LinkedHashMap<>();
    String lock = "return Results.lock and call in handleLocked";
    verbs.put(() -> till.sell("x"), lock);
    verbs.put(() -> till.sellAsync("x"), lock);
    verbs.put(() -> till.priority().sell("x"), lock);
    verbs.put(() -> till.withIdempotencyKey("k").sell("x"), lock);
    verbs.put(() -> till.price("1"), "read it with the client's in(context, id)");
    verbs.put(() -> till.priceAsync("1"), "read it with the client's in(context, id)");
    verbs.put(() -> till.count("x"), IN_CONTEXT);
    verbs.put(() -> till.countAsync("x"), IN_CONTEXT);
    verbs.put(() -> till.hint("x"), IN_CONTEXT);
    verbs.put(() -> till.castAll(all -> all.count("x")), IN_CONTEXT);
    verbs.put(() -> till.castAllAsync(all -> all.count("x")), IN_CONTEXT);
    verbs.put(() -> till.after(HOUR).count("x"), IN_CONTEXT);
    verbs.put(() -> dgen.cancel(delayed), "use context.cancel(message)");
    verbs.put(
        () ->
            cluster
                .store()
                .run(
                    tx -> {
                      till.in(tx).count("x");
                      return true;
                    }),
        "send with the client's in(context, id)");
    verbs.put(
        () -> cluster.store().run(tx -> dgen.cancel(delayed, tx)), "use context.cancel(message)");
    verbs.put(() -> till.entity().kill(), "outside callbacks");
    verbs.put(() -> till.entity().killAsync(), "outside callbacks");
    verbs.put(() -> till.entity().reset(), "outside callbacks");
    verbs.put(() -> till.entity().delete(), "outside callbacks");
    verbs.put(() -> dgen.admin().delete("Till", "other"), "outside callbacks");
    verbs.put(() -> till.entity().status(), OUTSIDE);
    verbs.put(() -> till.entity().pause("p"), OUTSIDE);
    verbs.put(() -> till.entity().deadLetters().requeueAll(), OUTSIDE);
    verbs.put(() -> dgen.admin().entities("Till", 10), OUTSIDE);
    return verbs;
  }

  private void assertRefused(String who, Dgen dgen, DelayedMessage delayed) {
    verbs(dgen, delayed)
        .forEach(
            (verb, instead) ->
                assertThatThrownBy(verb)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("a callback of Till(\"" + who + "\") cannot ")
                    .hasMessageContaining(
                        ": that would not be part of its transaction, and would be done again"
                            + " with each attempt; ")
                    .hasMessageEndingWith(
                        instead.equals("outside callbacks")
                            ? "to end its own entity it returns Results.delete(); others are ended"
                                + " outside callbacks, for example in an action that follows the"
                                + " result"
                            : instead));
  }

  @Test
  void noneWorksInATransactionAndNothingIsDone() {
    Dgen dgen = cluster.host(TillServer.of(cashier));
    DelayedMessage delayed = TillClient.of(dgen, "later").after(HOUR).count("x");
    cashier.on("verbs", context -> assertRefused(context.id(), dgen, delayed));
    TillClient till = TillClient.of(dgen, "t");
    assertThat(till.sell("verbs")).isEqualTo("sold verbs");
    till.count("verbs");
    till.hint("verbs");
    assertThat(till.charge("works", "verbs")).as("the update").isEqualTo("charged");
    cashier.on("init", context -> assertRefused(context.id(), dgen, delayed));
    assertThat(TillClient.of(dgen, "u").done()).isEmpty();
    till.entity().reset();
    assertThat(till.done()).isEmpty();
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(cluster.keys().of(KeyKind.STATE)).noneMatch(key -> key.contains("other"));
    assertThat(cluster.keys().of(KeyKind.DELAYED)).hasSize(1);
  }

  @Test
  void underTheLockOthersMayBeCalledButNotTheOwnEntity() {
    Dgen dgen = cluster.host(TillServer.of(cashier));
    TillClient till = TillClient.of(dgen, "t");
    TillClient other = TillClient.of(dgen, "other");
    cashier.on(
        "others",
        context -> {
          other.count("cast");
          assertThat(other.sell("call")).isEqualTo("sold call");
          other.after(HOUR).count("later");
          assertThat(other.entity().status().exists()).isTrue();
          // Past the lock.
          assertThat(till.priority().done()).containsExactly("locked");
          till.count("behind");
          for (ThrowingCallable call :
              List.<ThrowingCallable>of(() -> till.sell("x"), () -> till.sellAsync("x"))) {
            assertThatThrownBy(call)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                    "handleLocked of Till(\"t\") cannot call its own entity with Sell: the call"
                        + " would wait for the lock that this very callback holds; use the state"
                        + " that it was given, and the update of its result");
          }
          for (ThrowingCallable end :
              List.<ThrowingCallable>of(
                  () -> till.entity().kill(),
                  () -> till.entity().resetAsync(),
                  () -> dgen.admin().entity("Till", "t").killAsync())) {
            assertThatThrownBy(end)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching(
                    "handleLocked of Till\\(\"t\"\\) cannot (kill|reset) its own entity: that"
                        + " would take its lock away, and its result would have no effect; return"
                        + " Results.delete\\(\\)");
          }
          assertThatThrownBy(() -> till.entity().delete())
              .isInstanceOf(IllegalStateException.class)
              .hasMessage(
                  "handleLocked of Till(\"t\") cannot delete its own entity: that would wait for"
                      + " the lock that this very callback holds; return Results.delete()");
          TillClient.of(dgen, "killed").entity().kill();
          assertThat(TillClient.of(dgen, "killed").entity().delete()).isFalse();
        });
    assertThat(till.charge("others", "")).isEqualTo("charged");
    assertThat(till.done()).containsExactly("locked", "others", "behind");
    assertThat(other.done()).containsExactly("cast", "call");
  }

  @Test
  void aQueryMaySendQueriesAlone() {
    Dgen dgen = cluster.host(TillServer.of(cashier));
    TillClient other = TillClient.of(dgen, "other");
    cashier.asked(
        "1",
        () -> {
          assertThat(other.price("2")).isEqualTo(2);
          for (ThrowingCallable verb :
              List.<ThrowingCallable>of(
                  () -> other.count("x"),
                  () -> other.sellAsync("x"),
                  () -> other.entity().kill(),
                  () -> other.entity().status())) {
            assertThatThrownBy(verb)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("handleQuery of Till(\"t\") cannot ")
                .hasMessageEndingWith(": a query only reads; make its message a call or a cast");
          }
        });
    for (Dgen asking : List.of(dgen, cluster.node())) {
      assertThat(TillClient.of(asking, "t").price("1")).isEqualTo(1);
    }
    assertThat(other.done()).isEmpty();
  }

  @Test
  void actionsAndContinuationsMaySend() {
    CompletableFuture<TillClient> sold = new CompletableFuture<>();
    Workshop workshop =
        new Workshop() {
          @Override
          public String make(String what, Context context) {
            return what;
          }

          @Override
          public boolean act(String action, State state) {
            return sold.join().sell(action).equals("sold " + action);
          }
        };
    Dgen dgen = cluster.host(TillServer.of(cashier), WorkshopServer.of(workshop));
    TillClient till = TillClient.of(dgen, "t");
    sold.complete(till);
    WorkshopClient.of(dgen, "w").act("x", List.of("in an action"));
    await().until(() -> till.done().equals(List.of("in an action")));
    CompletableFuture<String> chained =
        till.sellAsync("first").thenApply(first -> till.sell("second"));
    assertThat(chained.join()).isEqualTo("sold second");
  }
}
