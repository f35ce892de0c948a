package io.dgen.tests.delays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.DelayedMessage;
import io.dgen.Dgen;
import io.dgen.error.IdempotencyKeyException;
import io.dgen.generated.ServerDescriptor;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.ManualEnvironment;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.ScriptedClient;
import io.dgen.tests.servers.ScriptedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Delayed casts: durable, once, never early, in order, cancellable. The test owns the clock. */
@Timeout(60)
class DelaysTest extends OnEveryStore {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ManualEnvironment time = new ManualEnvironment();

  private static ServerDescriptor<?, ?> scripted() {
    return ScriptedServer.of((script, context) -> script + " " + context.now());
  }

  /** A node on the test's clock. Its timers fire only with the clock, so heartbeats need not. */
  private Dgen node(ServerDescriptor<?, ?>... servers) {
    Dgen node =
        cluster.node(
            options ->
                options.toBuilder().environment(time).livenessTimeout(Duration.ofHours(1)).build());
    for (ServerDescriptor<?, ?> server : servers) {
      node.host(server);
    }
    return node;
  }

  /** Lets time pass until an entity has got something. */
  private void awaitGot(ScriptedClient scripted, String... what) {
    await()
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .untilAsserted(
            () -> {
              time.advance(Duration.ofMillis(200));
              assertThat(got(scripted)).containsExactly(what);
            });
  }

  private List<String> got(ScriptedClient scripted) {
    return done(scripted.gotAsync());
  }

  /** Waits for a reply. Should there be a back-off before it, that is a timer too. */
  private <T> T done(CompletableFuture<T> reply) {
    await()
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              if (!reply.isDone()) {
                time.advance(Duration.ofMillis(1));
              }
              return reply.isDone();
            });
    return reply.join();
  }

  /** What is waiting for its time: one index key each. */
  private List<String> delayed() {
    return cluster.keys().of(KeyKind.DELAYED);
  }

  private void assertNoneLeft() {
    assertThat(cluster.keys().of(KeyKind.DUE)).isEmpty();
    assertThat(delayed()).isEmpty();
  }

  @Test
  void itIsCarriedOutAtItsTimeAndNotBefore() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    scripted.after(Duration.ofSeconds(10)).note("x");
    // The clock has a fraction of a millisecond: rounded down, the message would be early.
    time.advance(Duration.ofSeconds(10));
    scripted.note("at the time");
    assertThat(scripted.got()).containsExactly("at the time");
    assertThat(delayed()).hasSize(1);
    awaitGot(scripted, "at the time", "x");
    assertNoneLeft();
  }

  @Test
  void aTimeIsNeverEarlyByTheClockOfTheNode() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    Instant due = time.now().plusSeconds(20);
    scripted.at(due).act("ran at");
    await()
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              time.advance(Duration.ofMillis(500));
              return !got(scripted).isEmpty();
            });
    assertThat(Instant.parse(got(scripted).getFirst().substring("ran at ".length())))
        .isAfterOrEqualTo(due);
  }

  @Test
  void itComesFromAnyNodeAndFiresOnTheOneThatOwnsTheEntity() {
    node(scripted());
    node(scripted());
    Dgen sender = node();
    for (int i = 0; i < 20; i++) {
      ScriptedClient.of(sender, "e" + i).after(MINUTE).note("x" + i);
    }
    assertThat(delayed()).hasSize(20);
    time.advance(MINUTE);
    for (int i = 0; i < 20; i++) {
      awaitGot(ScriptedClient.of(sender, "e" + i), "x" + i);
    }
    assertNoneLeft();
  }

  @Test
  void itIsCancelledInTime() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    DelayedMessage cancelled = scripted.after(MINUTE).note("cancelled");
    DelayedMessage kept = scripted.after(MINUTE).note("kept");
    assertThat(cancelled).isNotEqualTo(kept);
    assertThat(node.cancel(cancelled)).isTrue();
    assertThat(node.cancel(cancelled)).as("a second time").isFalse();
    time.advance(MINUTE.plusSeconds(1));
    awaitGot(scripted, "kept");
    assertThat(node.cancel(kept)).as("too late").isFalse();
    assertNoneLeft();
  }

  /** Two that are sent under one key are one message, and so are their handles. */
  @Test
  void handlesUnderOneKeyAreOne() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a").withIdempotencyKey("k");
    ScriptedClient far = ScriptedClient.of(node(), "a").withIdempotencyKey("k");
    ScriptedClient plain = ScriptedClient.of(node, "a");
    DelayedMessage first = scripted.after(MINUTE).note("x");
    DelayedMessage second = far.after(MINUTE.multipliedBy(2)).note("x");
    DelayedMessage third = cluster.store().run(tx -> scripted.in(tx).after(MINUTE).note("x"));
    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
    assertThat(delayed()).hasSize(1);
    assertThatThrownBy(() -> far.after(MINUTE).note("y"))
        .isInstanceOf(IdempotencyKeyException.class)
        .hasMessageContaining("belongs to a Note that is not yet due")
        .hasMessageContaining("that says something else");
    assertThat(node.cancel(second)).isTrue();
    assertThat(node.cancel(first)).isFalse();
    assertNoneLeft();
    time.advance(MINUTE.multipliedBy(3));
    plain.note("end");
    assertThat(got(plain)).containsExactly("end");
    // What was cancelled has not been carried out: the key is free.
    DelayedMessage again = scripted.after(MINUTE).note("z");
    assertThat(again).isNotEqualTo(first);
    assertThat(scripted.after(MINUTE).note("z")).isEqualTo(again);
    time.advance(MINUTE.plusSeconds(1));
    awaitGot(plain, "end", "z");
    assertThat(node.cancel(again)).isFalse();
    assertThat(node.cancel(far.after(MINUTE).note("z"))).as("it was carried out").isFalse();
    assertThatThrownBy(() -> far.after(MINUTE).note("y"))
        .isInstanceOf(IdempotencyKeyException.class);
    assertNoneLeft();
  }

  /** The same in the transactions of callbacks, of an attempt that fails too. */
  @Test
  void handlesUnderOneKeyAreOneInCallbacks() {
    AtomicBoolean failing = new AtomicBoolean(true);
    Dgen sender = node();
    Dgen node =
        node(
            ScriptedServer.of(
                (script, context) -> {
                  var target =
                      ScriptedClient.of(sender, "b")
                          .withIdempotencyKey("k")
                          .in(context.transaction());
                  DelayedMessage first = target.after(MINUTE).note("x");
                  DelayedMessage second = target.after(MINUTE).note("x");
                  if (failing.getAndSet(false)) {
                    throw new IllegalStateException("as asked");
                  }
                  return script.equals("cancel")
                      ? "" + context.cancel(second) + context.cancel(first)
                      : "" + first.equals(second);
                }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    assertThat(ask(scripted, "send")).isEqualTo("true");
    assertThat(delayed()).hasSize(1);
    assertThat(ask(scripted, "cancel")).isEqualTo("truefalse");
    assertNoneLeft();
    assertThat(ask(scripted, "send")).isEqualTo("true");
    time.advance(MINUTE.plusSeconds(1));
    awaitGot(ScriptedClient.of(node, "b"), "x");
  }

  /** A message that was given up, or killed, has taken no effect: the key is free again. */
  @Test
  void aKeyIsFreeAfterADeadLetterAndAKill() {
    AtomicBoolean failing = new AtomicBoolean(true);
    Dgen node =
        cluster.node(
            options ->
                options.toBuilder()
                    .environment(time)
                    .livenessTimeout(Duration.ofHours(1))
                    .failures(it -> it.deadLetterThreshold(1))
                    .build());
    node.host(
        ScriptedServer.of(
            (script, context) -> {
              if (failing.get()) {
                throw new IllegalStateException("as asked");
              }
              return script;
            }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    ScriptedClient keyed = scripted.withIdempotencyKey("k");
    keyed.after(MINUTE).act("x");
    await()
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(
            () -> {
              time.advance(Duration.ofSeconds(5));
              return scripted.entity().deadLetters().length() == 1;
            });
    failing.set(false);
    keyed.after(MINUTE).act("y");
    scripted.entity().kill();
    keyed.after(MINUTE).act("z");
    time.advance(MINUTE.plusSeconds(1));
    awaitGot(scripted, "z");
    assertNoneLeft();
  }

  @Test
  void itIsCancelledByTheTextOfItsHandleFromAnyNode() {
    DelayedMessage sent = ScriptedClient.of(node(scripted()), "id \u00e4").after(MINUTE).note("x");
    assertThat(sent.text()).matches("[-_A-Za-z0-9]+").isEqualTo(sent.toString());
    Dgen other = node();
    assertThat(other.cancel(new DelayedMessage(sent.text()))).isTrue();
    assertNoneLeft();
    DelayedMessage none = new DelayedMessage("no handle");
    assertThatThrownBy(() -> other.cancel(none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the text of a delayed message: \"no handle\"");
    assertThatThrownBy(() -> cluster.store().<Boolean>run(tx -> other.cancel(none, tx)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A commit of unknown result must not turn the answer round. */
  @Test
  void cancellingAnswersRightWhateverBecomesOfTheCommit() {
    for (Fate fate :
        List.of(Fate.UNKNOWN_BUT_COMMITTED, Fate.UNKNOWN_AND_NOT_COMMITTED, Fate.CONFLICT)) {
      AtomicBoolean armed = new AtomicBoolean();
      FaultyStore store =
          new FaultyStore(cluster.store())
              .plan(
                  commit ->
                      commit.writes(KeyKind.DUE) && armed.getAndSet(false)
                          ? CompletableFuture.completedFuture(fate)
                          : FaultyStore.GO);
      Dgen node = cluster.node(store, options -> options.toBuilder().environment(time).build());
      armed.set(true);
      DelayedMessage handle = ScriptedClient.of(node, "a").after(MINUTE).note("x");
      assertThat(delayed()).hasSize(1);
      assertThat(armed).isFalse();
      armed.set(true);
      assertThat(node.cancel(handle)).as(fate.toString()).isTrue();
      assertThat(armed).isFalse();
      assertNoneLeft();
    }
  }

  @Test
  void aCallbackSendsAndCancelsInItsTransaction() {
    AtomicBoolean failing = new AtomicBoolean(true);
    Dgen node =
        node(
            ScriptedServer.of(
                (script, context) -> {
                  String[] words = script.split(" ", 2);
                  String result =
                      words[0].equals("send")
                          ? ScriptedClient.in(context, "b").after(MINUTE).note(words[1]).text()
                          : "" + context.cancel(new DelayedMessage(words[1]));
                  if (failing.getAndSet(false)) {
                    throw new IllegalStateException("as asked");
                  }
                  return result;
                }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    ScriptedClient target = ScriptedClient.of(node, "b");
    String first = ask(scripted, "send first");
    assertThat(delayed()).as("nothing of the attempt that failed").hasSize(1);
    ask(scripted, "send second");
    failing.set(true);
    assertThat(ask(scripted, "cancel " + first)).isEqualTo("true");
    assertThat(ask(scripted, "cancel " + first)).isEqualTo("false");
    time.advance(MINUTE.plusSeconds(1));
    awaitGot(target, "second");
    assertNoneLeft();
  }

  private String ask(ScriptedClient scripted, String script) {
    return done(scripted.askAsync(script));
  }

  @Test
  void anOwnTransactionSendsAndCancels() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    DelayedMessage first = cluster.store().run(tx -> scripted.in(tx).after(MINUTE).note("first"));
    DelayedMessage second =
        cluster.store().run(tx -> scripted.in(tx).at(time.now()).note("second"));
    assertThat(cluster.store().<Boolean>run(tx -> node.cancel(first, tx))).isTrue();
    time.advance(MINUTE.plusSeconds(1));
    awaitGot(scripted, "second");
    assertThat(cluster.store().<Boolean>run(tx -> node.cancel(second, tx))).isFalse();
    assertNoneLeft();
  }

  @Test
  @Durable
  void whatBecameDueWhileNobodyHostedItComesInTheOrderOfTime() {
    Dgen sender = node();
    ScriptedClient scripted = ScriptedClient.of(sender, "a");
    List<String> expected = new ArrayList<>();
    for (int second : new int[] {5, 1, 4, 2, 3}) {
      scripted.after(Duration.ofSeconds(second)).note("s" + second);
      expected.add("s" + (expected.size() + 1));
    }
    scripted.after(Duration.ofHours(2)).note("later");
    cluster.restart();
    time.advance(Duration.ofHours(1));
    ScriptedClient again = ScriptedClient.of(node(scripted()), "a");
    awaitGot(again, expected.toArray(String[]::new));
    assertThat(delayed()).hasSize(1);
  }

  @Test
  void theNextOwnerCarriesOutWhatANodeLeft() {
    Dgen first = node(scripted());
    ScriptedClient.of(first, "a").after(MINUTE).note("x");
    cluster.closeNodes();
    Dgen second = node(scripted());
    time.advance(MINUTE.plusSeconds(1));
    awaitGot(ScriptedClient.of(second, "a"), "x");
  }

  @Test
  void equalTimesKeepASendersOrder() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    Instant due = time.now().plusSeconds(5);
    String[] expected = IntStream.range(0, 100).mapToObj(i -> "n" + i).toArray(String[]::new);
    for (String each : expected) {
      scripted.at(due).note(each);
    }
    time.advance(Duration.ofSeconds(6));
    awaitGot(scripted, expected);
    assertNoneLeft();
  }

  @Test
  void noDelayAndATimeThatHasPassedMeanAtOnce() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    for (Runnable send :
        List.<Runnable>of(
            () -> scripted.after(Duration.ZERO).note("x"),
            () -> scripted.after(Duration.ofDays(-1)).note("x"),
            () -> scripted.after(Duration.ofSeconds(Long.MIN_VALUE)).note("x"),
            () -> scripted.at(Instant.EPOCH.minusSeconds(1)).note("x"),
            () -> scripted.at(Instant.MIN).note("x"))) {
      int before = got(scripted).size();
      send.run();
      // The time that is left of a millisecond may be a timer that is set a moment later.
      await()
          .pollInterval(5, TimeUnit.MILLISECONDS)
          .until(
              () -> {
                time.advance(Duration.ofMillis(1));
                return got(scripted).size() == before + 1;
              });
    }
    assertNoneLeft();
  }

  @Test
  void veryLongDelaysWait() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    DelayedMessage never = scripted.after(Duration.ofSeconds(Long.MAX_VALUE)).note("never");
    DelayedMessage end = scripted.at(Instant.MAX).note("end");
    scripted.after(Duration.ofDays(3)).note("days");
    time.advance(Duration.ofDays(2));
    scripted.note("now");
    assertThat(got(scripted)).containsExactly("now");
    time.advance(Duration.ofDays(1));
    awaitGot(scripted, "now", "days");
    assertThat(node.cancel(never)).isTrue();
    assertThat(node.cancel(end)).isTrue();
    assertNoneLeft();
  }

  @Test
  void aKilledEntityLosesItsDelayedMessages() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    ScriptedClient other = ScriptedClient.of(node, "b");
    scripted.note("x");
    DelayedMessage lost = scripted.after(MINUTE).note("lost");
    other.after(MINUTE).note("kept");
    scripted.entity().kill();
    assertThat(node.cancel(lost)).as("it is gone").isFalse();
    assertThat(delayed()).as("that of the other entity").hasSize(1);
    assertThat(cluster.keys().of(KeyKind.DUE)).hasSize(2);
    scripted.after(MINUTE).note("of the next life");
    time.advance(MINUTE.plusSeconds(1));
    awaitGot(scripted, "of the next life");
    awaitGot(other, "kept");
    assertNoneLeft();
  }

  /** More than a kill clears whole: the rest is dropped when it is due. */
  @Test
  void aKilledEntityLosesVeryManyDelayedMessages() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    cluster
        .store()
        .run(
            transaction -> {
              for (int i = 0; i < 1300; i++) {
                scripted.in(transaction).after(MINUTE).note("lost");
              }
              return true;
            });
    scripted.entity().kill();
    assertThat(delayed()).isEmpty();
    scripted.after(MINUTE).note("of the next life");
    time.advance(MINUTE.plusSeconds(1));
    awaitGot(scripted, "of the next life");
    assertNoneLeft();
  }

  /** A clock that is set ahead: no timer knows, the next look at the shard does. */
  @Test
  void aClockThatJumpsDelaysNothingByMoreThanAPoll() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    scripted.after(Duration.ofDays(1)).note("x");
    time.jump(Duration.ofDays(2));
    time.advance(Duration.ofSeconds(30));
    awaitGot(scripted, "x");
  }

  @Test
  void aLargeMessageIsDelayedToo() {
    Dgen node = node(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    scripted.after(MINUTE).carry(new byte[2_345_678]);
    scripted.after(MINUTE).carry(new byte[9_700_000]);
    scripted.after(MINUTE).note("small");
    time.advance(MINUTE.plusSeconds(1));
    awaitGot(scripted, "2345678 bytes", "9700000 bytes", "small");
    assertNoneLeft();
  }
}
