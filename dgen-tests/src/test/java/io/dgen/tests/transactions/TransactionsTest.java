package io.dgen.tests.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Context;
import io.dgen.DelayedMessage;
import io.dgen.Dgen;
import io.dgen.error.CallbackException;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.Transaction;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import io.dgen.tests.servers.ScriptedClient;
import io.dgen.tests.servers.ScriptedServer;
import io.dgen.tests.servers.SlowCallsClient;
import io.dgen.tests.servers.SlowCallsServer;
import io.dgen.tests.servers.TestSlowCalls;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Callbacks read, write and send in their transaction; senders send in their own. */
public class TransactionsTest extends OnEveryStore {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private @Nullable String stored(String key) {
    return text(cluster.store().run(transaction -> transaction.get(bytes(key)).join()));
  }

  private static void awaitGot(ScriptedClient scripted, String... what) {
    await().untilAsserted(() -> assertThat(scripted.got()).containsExactly(what));
  }

  @Test
  void aCastFromACallbackArrivesOnTheSameNode() {
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  ScriptedClient.in(context, "b").note("from " + context.id());
                  return "sent";
                }));
    assertThat(ScriptedClient.of(node, "a").ask("send")).isEqualTo("sent");
    awaitGot(ScriptedClient.of(node, "b"), "from a");
  }

  @Test
  void aCastArrivesAtAServerOfAnotherNode() {
    cluster.host(JournalServer.of());
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  JournalClient.in(context, "j").note("relay", 1);
                  return "sent";
                }));
    ScriptedClient.of(node, "a").act("send");
    JournalClient journal = JournalClient.of(node, "j");
    await().until(() -> journal.report().position() == 1);
    assertThat(journal.report().faults()).isEmpty();
  }

  @Test
  void everyKindOfCallbackSends() {
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  ScriptedClient.in(context, "b").note(script);
                  return script;
                }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    scripted.act("cast");
    scripted.ask("call");
    scripted.look("read-only call");
    scripted.poke("info");
    awaitGot(ScriptedClient.of(node, "b"), "cast", "call", "read-only call", "info");
  }

  @Test
  void anEntitySendsToItself() {
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  ScriptedClient.in(context, context.id()).note("later");
                  return "now";
                }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    scripted.act("send");
    awaitGot(scripted, "now", "later");
  }

  @Test
  void whatOneCallbackSendsKeepsItsOrderThroughAnyClient() {
    String[] expected = IntStream.range(0, 40).mapToObj(i -> "n" + i).toArray(String[]::new);
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  ScriptedClient.InTransaction kept = ScriptedClient.in(context, "b");
                  for (int i = 0; i < expected.length; i++) {
                    (i % 3 == 0 ? kept : ScriptedClient.in(context, "b")).note(expected[i]);
                    ScriptedClient.in(context, "c").note("between");
                  }
                  return "sent";
                }));
    ScriptedClient.of(node, "a").act("send");
    awaitGot(ScriptedClient.of(node, "b"), expected);
  }

  @Test
  void aCallbackThatThrowsLeavesNothingAlsoInTheMiddleOfABatch() {
    CountDownLatch gathered = new CountDownLatch(1);
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  if (script.equals("first")) {
                    Threads.waitFor(gathered, script);
                  }
                  Transaction transaction = context.transaction();
                  transaction.mutate(
                      MutationType.ADD, bytes("own/" + script), new byte[] {1, 0, 0, 0});
                  ScriptedClient.in(context, "b").note(script + " " + context.attempt());
                  ScriptedClient.in(context, "b").after(Duration.ZERO).note(script + " delayed");
                  if (script.equals("bad") && context.attempt() < 3) {
                    throw new IllegalStateException("as asked");
                  }
                  return script;
                }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    sent.add(scripted.actAsync("first"));
    for (String script : List.of("x", "bad", "y")) {
      sent.add(scripted.actAsync(script));
    }
    gathered.countDown();
    sent.forEach(CompletableFuture::join);
    ScriptedClient target = ScriptedClient.of(node, "b");
    await()
        .untilAsserted(
            () ->
                assertThat(target.got())
                    .containsExactlyInAnyOrder(
                        "first 1",
                        "x 1",
                        "bad 3",
                        "y 1",
                        "first delayed",
                        "x delayed",
                        "bad delayed",
                        "y delayed"));
    assertThat(scripted.got()).containsExactly("first", "x", "bad", "y");
    for (String script : List.of("first", "x", "bad", "y")) {
      byte[] count = cluster.store().run(tx -> tx.get(bytes("own/" + script)).join());
      assertThat(count).as(script).containsExactly(1, 0, 0, 0);
    }
  }

  @Test
  void aCallbackReadsAndWritesKeysOfTheUsersOwn() {
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  Transaction transaction = context.transaction();
                  String before = text(transaction.get(bytes("own/1")).join());
                  transaction.set(bytes("own/1"), bytes(script));
                  transaction.set(bytes("own/2"), bytes("gone"));
                  transaction.clear(bytes("own/2"));
                  List<KeyValue> rows =
                      transaction.getRange(bytes("own/"), bytes("own0"), 0).join();
                  return before + " " + rows.size();
                }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    assertThat(scripted.ask("x")).isEqualTo("null 1");
    assertThat(stored("own/1")).isEqualTo("x");
    cluster.store().run(transaction -> set(transaction, "own/1", "outside"));
    assertThat(scripted.look("y")).as("a call that changes no state").isEqualTo("outside 1");
    assertThat(stored("own/1")).isEqualTo("y");
    assertThat(stored("own/2")).isNull();
  }

  private static boolean set(Transaction transaction, String key, String value) {
    transaction.set(bytes(key), bytes(value));
    return true;
  }

  @Test
  void whatDoesNotBelongInACallbackIsRefused() {
    List<Attempt> attempts =
        List.of(
            new Attempt("commit", Transaction::commit),
            Attempt.of("close", Transaction::close),
            Attempt.of("cancel", Transaction::cancel),
            new Attempt("watch", transaction -> transaction.watch(bytes("own"))),
            new Attempt("onError", transaction -> transaction.onError(new RuntimeException())),
            new Attempt("getVersionstamp", Transaction::getVersionstamp),
            new Attempt("dgen", transaction -> transaction.get(bytes("dgen/x"))),
            Attempt.of("dgen", transaction -> transaction.set(bytes("dgen"), bytes("x"))),
            Attempt.of("dgen", transaction -> transaction.clear(bytes("dgen\u0001"))),
            Attempt.of("dgen", transaction -> transaction.clear(bytes("a"), bytes("z"))),
            new Attempt(
                "dgen", transaction -> transaction.snapshot().getRange(bytes("a"), bytes("z"), 1)),
            Attempt.of(
                "dgen", transaction -> transaction.addReadConflictRange(bytes("d"), bytes("e"))),
            Attempt.of("dgen", transaction -> transaction.addWriteConflictKey(bytes("dgenx"))),
            Attempt.of(
                "dgen",
                transaction ->
                    transaction.mutate(
                        MutationType.SET_VERSIONSTAMPED_KEY,
                        "dg0123456789\u0002\0\0\0".getBytes(StandardCharsets.ISO_8859_1),
                        bytes("x"))));
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  try {
                    Attempt attempt = attempts.get(Integer.parseInt(script));
                    return "allowed " + attempt.what.apply(context.transaction());
                  } catch (UnsupportedOperationException | IllegalArgumentException e) {
                    return String.valueOf(e.getMessage());
                  }
                }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    for (int i = 0; i < attempts.size(); i++) {
      assertThat(scripted.look("" + i)).contains(attempts.get(i).name).contains("callback");
    }
  }

  private record Attempt(String name, Function<Transaction, CompletableFuture<?>> what) {

    static Attempt of(String name, Consumer<Transaction> what) {
      return new Attempt(
          name,
          transaction -> {
            what.accept(transaction);
            return CompletableFuture.completedFuture("done");
          });
    }
  }

  /** The store's fault, so the round is repeated; no attempt of the message is counted. */
  @Test
  void aReadThatTheStoreFailsRepeatsTheRoundEvenIfTheCallbackSwallowsIt() {
    FaultyStore store = new FaultyStore(cluster.store());
    List<String> runs = new CopyOnWriteArrayList<>();
    Dgen node =
        cluster
            .node(store, options -> options)
            .host(
                ScriptedServer.of(
                    (script, context) -> {
                      ScriptedClient.in(context, "b").note(script);
                      try {
                        return "read "
                            + text(context.transaction().get(bytes("own")).join())
                            + " at attempt "
                            + context.attempt();
                      } catch (CompletionException e) {
                        runs.add("failed");
                        return "swallowed";
                      }
                    }));
    store.failReadOf(bytes("own"));
    assertThat(ScriptedClient.of(node, "a").ask("x")).isEqualTo("read null at attempt 1");
    assertThat(runs).containsExactly("failed");
    awaitGot(ScriptedClient.of(node, "b"), "x");
  }

  @Test
  void aContextIsForItsCallbackAlone() {
    AtomicReference<Context> kept = new AtomicReference<>();
    AtomicReference<Transaction> keptTransaction = new AtomicReference<>();
    AtomicReference<ScriptedClient.InTransaction> keptClient = new AtomicReference<>();
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  kept.set(context);
                  keptTransaction.set(context.transaction());
                  keptClient.set(ScriptedClient.in(context, "b"));
                  try {
                    CompletableFuture.runAsync(
                            () -> ScriptedClient.in(context, "b").note("other thread"))
                        .join();
                    return "allowed";
                  } catch (CompletionException e) {
                    return String.valueOf(e.getCause());
                  }
                }));
    assertThat(ScriptedClient.of(node, "a").ask("x")).contains("another thread");
    Context context = Objects.requireNonNull(kept.get());
    Transaction transaction = Objects.requireNonNull(keptTransaction.get());
    ScriptedClient.InTransaction client = Objects.requireNonNull(keptClient.get());
    assertThatThrownBy(context::transaction)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after the callback had returned")
        .hasMessageContaining("Scripted(\"a\")");
    assertThatThrownBy(() -> transaction.set(bytes("own"), bytes("x")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> client.note("late")).isInstanceOf(IllegalStateException.class);
    assertThat(ScriptedClient.of(node, "b").got()).isEmpty();
  }

  @Test
  void theOutboxOfAnOwnTransactionSendsIfItCommits() {
    Dgen node = cluster.host(ScriptedServer.of((script, context) -> script));
    ScriptedClient b = ScriptedClient.of(node, "b");
    ScriptedClient sameB = ScriptedClient.of(node, "b").withTimeout(Duration.ofSeconds(30));
    ScriptedClient c = ScriptedClient.of(node, "c");
    cluster
        .store()
        .run(
            transaction -> {
              transaction.set(bytes("own/row"), bytes("written"));
              b.in(transaction).note("1");
              sameB.in(transaction).note("2");
              c.in(transaction).note("1");
              b.in(transaction).note("3");
              return true;
            });
    assertThatThrownBy(
            () ->
                cluster
                    .store()
                    .run(
                        transaction -> {
                          b.in(transaction).note("never");
                          throw new IllegalStateException("given up");
                        }))
        .hasMessage("given up");
    awaitGot(b, "1", "2", "3");
    awaitGot(c, "1");
    assertThat(stored("own/row")).isEqualTo("written");
  }

  @Test
  void theTransactionOfACallbackTakesTheOutboxToo() {
    CompletableFuture<ScriptedClient> target = new CompletableFuture<>();
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  target.join().in(context.transaction()).note(script);
                  return "sent";
                }));
    target.complete(ScriptedClient.of(node, "b"));
    ScriptedClient.of(node, "a").act("x");
    awaitGot(target.join(), "x");
  }

  /** Together they are far above what one transaction holds. */
  @Test
  void aRoundIsCutByWhatItsCallbacksSend() {
    byte[] load = new byte[400_000];
    CountDownLatch gathered = new CountDownLatch(1);
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  if (script.equals("first")) {
                    return Threads.waitFor(gathered, script);
                  }
                  // Twice 10 loads in one round would be refused, were it not cut.
                  for (int i = 0; i < 5; i++) {
                    ScriptedClient.in(context, "b").carry(load);
                  }
                  context.transaction().set(bytes("own/" + script), new byte[90_000]);
                  return script + " " + context.attempt();
                }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    sent.add(scripted.actAsync("first"));
    for (int i = 0; i < 8; i++) {
      sent.add(scripted.actAsync("s" + i));
    }
    gathered.countDown();
    sent.forEach(CompletableFuture::join);
    assertThat(scripted.got())
        .containsExactlyElementsOf(
            Stream.concat(Stream.of("first"), IntStream.range(0, 8).mapToObj(i -> "s" + i + " 1"))
                .toList());
    ScriptedClient target = ScriptedClient.of(node, "b");
    await().untilAsserted(() -> assertThat(target.got()).hasSize(40));
  }

  /** What does not fit by itself gives its message up, and no other. */
  @Test
  void sendingMoreThanATransactionHoldsGivesTheMessageUp() {
    byte[] load = new byte[1_000_000];
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  for (int i = 0; script.equals("x") && i < 11; i++) {
                    ScriptedClient.in(context, "b").carry(load);
                  }
                  return script + " " + context.attempt();
                }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    scripted.act("x");
    scripted.act("y");
    awaitGot(scripted, "y 1");
    assertThat(scripted.entity().deadLetters().list(10).items()).hasSize(1);
    assertThat(ScriptedClient.of(node, "b").got()).isEmpty();
  }

  @Test
  void aMessageThatNoTransactionHoldsIsRefusedAtOnce() {
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  ScriptedClient.in(context, "b").carry(new byte[9_900_000]);
                  return "sent";
                }));
    assertThatThrownBy(() -> ScriptedClient.of(node, "a").poke("x"))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("Carry to Scripted(\"b\") has 99");
  }

  /** The watch of the shard is deaf, and the next poll is far away. */
  @Test
  void anOwnedTargetIsWokenAtOnce() {
    FaultyStore store = new FaultyStore(cluster.store()).deaf();
    Dgen node =
        cluster
            .node(store, options -> options.toBuilder().pollInterval(Duration.ofHours(1)).build())
            .host(
                ScriptedServer.of(
                    (script, context) -> {
                      ScriptedClient.in(context, "b").note(script);
                      return "sent";
                    }));
    ScriptedClient.of(node, "a").act("x");
    await().until(() -> ScriptedClient.of(node, "b").entity().queueLength() == 0);
    assertThat(ScriptedClient.of(node, "b").got()).containsExactly("x");
  }

  /** Each fate of the commit of the round that sends, once. */
  @Test
  void aSendIsExactlyOnceWhateverBecomesOfTheCommit() {
    List<Fate> fates =
        List.of(Fate.CONFLICT, Fate.UNKNOWN_BUT_COMMITTED, Fate.UNKNOWN_AND_NOT_COMMITTED);
    AtomicInteger next = new AtomicInteger();
    FaultyStore store = new FaultyStore(cluster.store());
    store.plan(
        commit ->
            commit.entities().contains("b") && commit.entities().contains("a")
                ? CompletableFuture.completedFuture(
                    next.get() < fates.size() ? fates.get(next.getAndIncrement()) : Fate.COMMIT)
                : FaultyStore.GO);
    Dgen node =
        cluster
            .node(store, options -> options)
            .host(
                ScriptedServer.of(
                    (script, context) -> {
                      ScriptedClient.in(context, "b").note(script);
                      return script;
                    }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    for (String script : List.of("1", "2", "3", "4")) {
      scripted.act(script);
    }
    awaitGot(ScriptedClient.of(node, "b"), "1", "2", "3", "4");
    assertThat(scripted.got()).containsExactly("1", "2", "3", "4");
    assertThat(next).hasValue(fates.size());
  }

  /** What handleLocked does is outside any transaction, and says so. */
  @Test
  public void thereIsNoTransactionInHandleLocked() {
    List<Function<Context, Object>> uses =
        List.of(
            Context::transaction,
            context -> ScriptedClient.in(context, "b"),
            context -> context.cancel(new DelayedMessage("x")));
    Dgen node =
        cluster.host(
            SlowCallsServer.of(
                new TestSlowCalls() {
                  @Override
                  public String work(String what, Context context) {
                    try {
                      return "allowed " + uses.get(Integer.parseInt(what)).apply(context);
                    } catch (IllegalStateException e) {
                      return String.valueOf(e.getMessage());
                    }
                  }
                }));
    for (int i = 0; i < uses.size(); i++) {
      assertThat(SlowCallsClient.of(node, "d").work("" + i))
          .contains("handleLocked of SlowCalls(\"d\") runs outside any transaction");
    }
  }

  @Test
  void anIdThatIsTooLongIsRefusedWhereItIsGiven() {
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  assertThatIllegalArgumentException()
                      .isThrownBy(() -> ScriptedClient.in(context, "x".repeat(4097)));
                  return "refused";
                }));
    assertThat(ScriptedClient.of(node, "a").ask("x")).isEqualTo("refused");
  }
}
