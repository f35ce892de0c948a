package io.dgen.tests.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.error.DeadLetterException;
import io.dgen.error.DgenException;
import io.dgen.error.IdempotencyKeyException;
import io.dgen.error.MessageTooLargeException;
import io.dgen.generated.ServerDescriptor;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.Held;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.LateAnswersClient;
import io.dgen.tests.servers.LateAnswersServer;
import io.dgen.tests.servers.ScriptedClient;
import io.dgen.tests.servers.ScriptedServer;
import io.dgen.tests.servers.SlowCallsClient;
import io.dgen.tests.servers.SlowCallsServer;
import io.dgen.tests.servers.TestSlowCalls;
import io.dgen.tests.servers.UnorderedValuesClient;
import io.dgen.tests.servers.UnorderedValuesServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A message counts once for each idempotency key, and a repeated call gets the first reply. */
public class IdempotencyTest extends OnEveryStore {

  private final AtomicInteger runs = new AtomicInteger();

  /** Replies with the number of the run, so that a second run would show. */
  private ServerDescriptor<?, ?> scripted() {
    return ScriptedServer.of((script, context) -> script + " " + runs.incrementAndGet());
  }

  @Test
  void aRepeatedCallGetsTheStoredReply() {
    Dgen node = cluster.host(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a").withIdempotencyKey("k");
    assertThat(scripted.ask("x")).isEqualTo("x 1");
    assertThat(scripted.ask("x")).isEqualTo("x 1");
    assertThat(scripted.askAsync("x").join()).isEqualTo("x 1");
    assertThat(scripted.withIdempotencyKey("other").ask("x")).isEqualTo("x 2");
    assertThat(ScriptedClient.of(node, "b").withIdempotencyKey("k").ask("x")).isEqualTo("x 3");
    assertThat(ScriptedClient.of(node, "a").got()).containsExactly("x 1", "x 2");
  }

  @Test
  void aCallThatChangesNothingIsNotRunAgainEither() {
    ScriptedClient scripted =
        ScriptedClient.of(cluster.host(scripted()), "a").withIdempotencyKey("k");
    assertThat(scripted.look("x")).isEqualTo("x 1");
    assertThat(scripted.look("x")).isEqualTo("x 1");
  }

  /** What it says is compared, and not how: a reply to another question would be a lie. */
  @Test
  void aKeyIsForOneContent() {
    Dgen host = cluster.host(scripted());
    Dgen sender = cluster.node();
    for (String id : List.of("near first", "far first")) {
      ScriptedClient near = ScriptedClient.of(host, id).withIdempotencyKey("k");
      ScriptedClient far = ScriptedClient.of(sender, id).withIdempotencyKey("k");
      String first = (id.equals("near first") ? near : far).ask("one");
      for (ScriptedClient client : List.of(near, far)) {
        assertThatThrownBy(() -> client.ask("two"))
            .isInstanceOf(IdempotencyKeyException.class)
            .hasMessageContaining("belongs to a Ask that has already run")
            .hasMessageContaining("that says something else");
        assertThat(client.ask("one")).isEqualTo(first);
      }
      assertThatThrownBy(() -> near.note("one")).isInstanceOf(IdempotencyKeyException.class);
      assertThat(ScriptedClient.of(host, id).got()).containsExactly(first);
    }
  }

  /** Two equal messages may be written in different orders. */
  @Test
  void theOrderOfSetsAndMapsIsNoContent() {
    Dgen host = cluster.host(UnorderedValuesServer.of());
    for (Dgen node : List.of(host, cluster.node())) {
      UnorderedValuesClient unordered =
          UnorderedValuesClient.of(node, node.equals(host) ? "near" : "far")
              .withIdempotencyKey("k");
      Set<String> names = new LinkedHashSet<>(List.of("a", "b", "c"));
      Map<String, Integer> counts = new LinkedHashMap<>(Map.of("x", 1));
      counts.put("y", 2);
      LinkedHashMap<List<String>, Integer> odd = new LinkedHashMap<>();
      odd.put(List.of("p"), 1);
      odd.put(List.of("q"), 2);
      assertThat(unordered.fill(names, counts, odd, List.of("1", "2"))).isEqualTo(1);
      Set<String> reversed = new LinkedHashSet<>(List.of("c", "b", "a"));
      Map<String, Integer> counted = new LinkedHashMap<>(Map.of("y", 2));
      counted.put("x", 1);
      assertThat(unordered.fill(reversed, counted, odd.reversed(), List.of("1", "2"))).isEqualTo(1);
      assertThatThrownBy(() -> unordered.fill(names, counts, odd, List.of("2", "1")))
          .isInstanceOf(IdempotencyKeyException.class);
      assertThatThrownBy(
              () -> unordered.fill(names, Map.of("x", 2, "y", 1), odd, List.of("1", "2")))
          .isInstanceOf(IdempotencyKeyException.class);
      assertThatThrownBy(() -> unordered.fill(Set.of("a", "b"), counts, odd, List.of("1", "2")))
          .isInstanceOf(IdempotencyKeyException.class);
    }
  }

  @Test
  void itHoldsBetweenNodesAndThroughTheQueue() {
    Dgen host = cluster.host(scripted());
    Dgen sender = cluster.node();
    for (String id : List.of("a", "b")) {
      ScriptedClient near = ScriptedClient.of(host, id).withIdempotencyKey("k");
      ScriptedClient far = ScriptedClient.of(sender, id).withIdempotencyKey("k");
      String first = id.equals("a") ? near.ask("x") : far.ask("x");
      assertThat(far.ask("x")).isEqualTo(first);
      assertThat(near.ask("x")).isEqualTo(first);
    }
    assertThat(runs).hasValue(2);
  }

  @Test
  void aRepeatedCastIsNotCarriedOutAgain() {
    Dgen host = cluster.host(scripted());
    ScriptedClient near = ScriptedClient.of(host, "a");
    ScriptedClient far = ScriptedClient.of(cluster.node(), "a");
    near.withIdempotencyKey("k").note("x");
    far.withIdempotencyKey("k").note("x");
    far.withIdempotencyKey("l").note("y");
    near.withIdempotencyKey("l").note("y");
    far.withIdempotencyKey("l").note("y");
    assertThat(far.ask("end")).isEqualTo("end 1");
    assertThat(near.got()).containsExactly("x", "y", "end 1");
  }

  @Test
  void twoOfOneRoundCountOnce() {
    CountDownLatch gathered = new CountDownLatch(1);
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) ->
                    script.equals("first")
                        ? Threads.waitFor(gathered, "first")
                        : script + " " + runs.incrementAndGet()));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    CompletableFuture<Void> first = scripted.actAsync("first");
    List<CompletableFuture<String>> replies = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      replies.add(scripted.withIdempotencyKey("k").askAsync("x"));
    }
    gathered.countDown();
    first.join();
    assertThat(replies).allSatisfy(reply -> assertThat(reply.join()).isEqualTo("x 1"));
    assertThat(scripted.got()).containsExactly("first", "x 1");
  }

  /** The second comes from another node, through the queue, while the first still runs. */
  @Test
  void aSecondOneWaitsForTheFirstThatRuns() {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Dgen host =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  running.countDown();
                  return Threads.waitFor(go, script + " " + runs.incrementAndGet());
                }));
    ScriptedClient near = ScriptedClient.of(host, "a").withIdempotencyKey("k");
    ScriptedClient far = ScriptedClient.of(cluster.node(), "a").withIdempotencyKey("k");
    CompletableFuture<String> first = near.askAsync("x");
    Threads.waitFor(running, "");
    CompletableFuture<String> second = far.askAsync("x");
    CompletableFuture<String> third = near.askAsync("x");
    await().until(() -> far.entity().queueLength() == 1);
    assertThat(first).isNotDone();
    go.countDown();
    // The round that ran may have conflicted with nobody: the number is that of its last run.
    String reply = first.join();
    assertThat(second.join()).isEqualTo(reply);
    assertThat(third.join()).isEqualTo(reply);
    assertThat(ScriptedClient.of(host, "a").got()).containsExactly(reply);
  }

  /** Neither changes the state nor pops: nothing but the record makes them conflict. */
  @Test
  void ofTwoNodesAtOnceOneCounts() {
    Held commits = new Held(commit -> commit.writes(KeyKind.DONE));
    FaultyStore store = new FaultyStore(cluster.store()).plan(commits);
    ScriptedClient.of(cluster.host(scripted()), "a").note("exists");
    Dgen slow = cluster.node(store, options -> options).host(scripted());
    Dgen fast = cluster.host(scripted());
    CompletableFuture<String> first =
        ScriptedClient.of(slow, "a").priority().withIdempotencyKey("k").lookAsync("x");
    commits.awaitOne();
    String second = ScriptedClient.of(fast, "a").priority().withIdempotencyKey("k").look("x");
    commits.release();
    assertThat(first.join()).isEqualTo(second);
  }

  /** The first holds the lock; the second comes from another node and from the same one. */
  @Test
  public void aSecondOneWaitsForTheFirstThatHoldsTheLock() {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Dgen host =
        cluster.host(
            SlowCallsServer.of(
                new TestSlowCalls() {
                  @Override
                  public String work(String what, Context context) {
                    working.countDown();
                    return Threads.waitFor(go, what + " " + runs.incrementAndGet());
                  }
                }));
    SlowCallsClient near = SlowCallsClient.of(host, "d").withIdempotencyKey("k");
    SlowCallsClient far = SlowCallsClient.of(cluster.node(), "d").withIdempotencyKey("k");
    CompletableFuture<String> first = far.workAsync("x");
    Threads.waitFor(working, "");
    CompletableFuture<String> second = far.workAsync("x");
    CompletableFuture<String> third = near.workAsync("x");
    await().until(() -> far.entity().queueLength() == 3);
    assertThatThrownBy(() -> near.priority().work("x"))
        .as("a priority message does not wait")
        .isInstanceOf(IdempotencyKeyException.class)
        .hasMessageContaining("holds the lock of SlowCalls(\"d\")");
    assertThat(first).isNotDone();
    go.countDown();
    assertThat(List.of(first.join(), second.join(), third.join())).containsOnly("x 1");
    assertThat(SlowCallsClient.of(host, "d").done()).containsExactly("x 1");
    assertThat(near.work("x")).isEqualTo("x 1");
  }

  /** The record of the call is made after its answer. */
  @Test
  void aReplyThatIsPutOffAndGivenAtOnceIsKept() {
    Dgen host = cluster.host(LateAnswersServer.of());
    for (Dgen asking : List.of(host, cluster.node())) {
      LateAnswersClient late = LateAnswersClient.of(asking, "b").withIdempotencyKey("k");
      assertThat(late.buzz()).isEqualTo("buzz 0");
      assertThat(late.buzz()).isEqualTo("buzz 0");
    }
    assertThat(LateAnswersClient.of(host, "b").waiting()).isEqualTo(1);
  }

  /** The callback has put the reply off; the second waits for it too, wherever it came from. */
  @Test
  void aSecondOneWaitsForTheLateReplyToTheFirst() {
    TestSlowCalls desk = new TestSlowCalls();
    Dgen host = cluster.host(SlowCallsServer.of(desk));
    SlowCallsClient near = SlowCallsClient.of(host, "d").withIdempotencyKey("k");
    SlowCallsClient far = SlowCallsClient.of(cluster.node(), "d").withIdempotencyKey("k");
    CompletableFuture<String> first = near.laterAsync("x");
    await().until(() -> !desk.kept().isEmpty());
    CompletableFuture<String> second = far.laterAsync("x");
    CompletableFuture<String> third = near.laterAsync("x");
    assertThat(SlowCallsClient.of(host, "d").done()).containsExactly("x");
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(List.of(first, second, third)).noneMatch(CompletableFuture::isDone);
    SlowCallsClient.of(host, "other").answer("answered");
    assertThat(List.of(first.join(), second.join(), third.join())).containsOnly("answered");
    SlowCallsClient.of(host, "other").answer("answered again");
    assertThat(far.later("x")).as("after the answer").isEqualTo("answered");
    assertThat(near.later("x")).isEqualTo("answered");
    assertThat(SlowCallsClient.of(host, "d").done()).containsExactly("x");
  }

  @Test
  void anAttemptThatFailsLeavesNoRecord() {
    Dgen node =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  runs.incrementAndGet();
                  if (context.attempt() < 3) {
                    throw new IllegalStateException("as asked");
                  }
                  return script + " " + context.attempt();
                }));
    ScriptedClient scripted = ScriptedClient.of(node, "a").withIdempotencyKey("k");
    CompletableFuture<String> first = scripted.askAsync("x");
    CompletableFuture<String> second = scripted.askAsync("x");
    assertThat(first.join()).isEqualTo("x 3");
    assertThat(second.join()).isEqualTo("x 3");
    assertThat(ScriptedClient.of(node, "a").got()).containsExactly("x 3");
  }

  /** And when it is, the dead letter itself is not carried out a second time. */
  @Test
  void aDeadLetterMayBeSentAgain() {
    AtomicBoolean failing = new AtomicBoolean(true);
    Dgen node =
        cluster
            .node(options -> options.toBuilder().failures(it -> it.deadLetterThreshold(2)).build())
            .host(
                ScriptedServer.of(
                    (script, context) -> {
                      if (failing.get()) {
                        throw new IllegalStateException("as asked");
                      }
                      return script + " " + runs.incrementAndGet();
                    }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    ScriptedClient keyed = scripted.withIdempotencyKey("k");
    assertThatThrownBy(() -> keyed.ask("x")).isInstanceOf(DeadLetterException.class);
    failing.set(false);
    assertThat(keyed.ask("x")).isEqualTo("x 1");
    assertThat(scripted.entity().deadLetters().requeueAll()).isEqualTo(1);
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(scripted.got()).containsExactly("x 1");
    assertThat(scripted.entity().deadLetters().length()).isZero();
  }

  @Test
  void aKeyIsForOneMessage() {
    Dgen host = cluster.host(scripted());
    for (Dgen sender : List.of(host, cluster.node())) {
      ScriptedClient scripted = ScriptedClient.of(sender, "a").withIdempotencyKey("k");
      assertThat(scripted.ask("x")).isEqualTo("x 1");
      assertThatThrownBy(() -> scripted.look("x"))
          .isInstanceOf(DgenException.class)
          .hasMessageContaining("\"k\"")
          .hasMessageContaining("Scripted(\"a\")")
          .hasMessageContaining("Ask")
          .hasMessageContaining("Look");
    }
    ScriptedClient near = ScriptedClient.of(host, "a").withIdempotencyKey("k");
    assertThatThrownBy(() -> near.note("x")).isInstanceOf(DgenException.class);
    assertThat(ScriptedClient.of(host, "a").got()).containsExactly("x 1");
  }

  @Test
  void aReplyAboveTheSizeOfAValueIsStoredInChunks() {
    Dgen host =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> script.repeat(350_000) + runs.incrementAndGet()));
    ScriptedClient near = ScriptedClient.of(host, "a").withIdempotencyKey("k");
    String first = near.look("x");
    assertThat(first).hasSize(350_001);
    assertThat(near.look("x")).isEqualTo(first);
    ScriptedClient far = ScriptedClient.of(cluster.node(), "a").withIdempotencyKey("k");
    assertThat(far.look("x")).isEqualTo(first);
  }

  /** Kept beside the reply to another node it would not fit, and the call would fail for ever. */
  @Test
  void aReplyThatIsTooLargeToBeKeptIsSentOnce() {
    Dgen host =
        cluster.host(
            ScriptedServer.of(
                (script, context) -> {
                  runs.incrementAndGet();
                  return script.repeat(6_000_000);
                }));
    for (Dgen sender : List.of(host, cluster.node())) {
      ScriptedClient scripted =
          ScriptedClient.of(sender, "a").withIdempotencyKey(sender.equals(host) ? "near" : "far");
      assertThat(scripted.look("x")).hasSize(6_000_000);
      assertThatThrownBy(() -> scripted.look("x"))
          .isInstanceOf(MessageTooLargeException.class)
          .hasMessageContaining("already ran");
    }
    assertThat(runs).hasValue(2);
  }

  @Test
  @Durable
  void aRecordSurvivesARestart() {
    ScriptedClient before =
        ScriptedClient.of(cluster.host(scripted()), "a").withIdempotencyKey("k");
    assertThat(before.ask("x")).isEqualTo("x 1");
    cluster.restart();
    ScriptedClient after = ScriptedClient.of(cluster.host(scripted()), "a").withIdempotencyKey("k");
    assertThat(after.ask("x")).isEqualTo("x 1");
  }

  /** In the tuple layer "k\0" begins with all the bytes of "k". */
  @Test
  void aKeyThatGoesOnWithAZeroIsAKeyOfItsOwn() {
    ScriptedClient scripted = ScriptedClient.of(cluster.host(scripted()), "a");
    String inChunks = "x".repeat(150_000);
    String first = scripted.withIdempotencyKey("k").ask(inChunks);
    assertThat(scripted.withIdempotencyKey("k\0x").ask("y")).isEqualTo("y 2");
    assertThat(scripted.withIdempotencyKey("k").ask(inChunks)).isEqualTo(first);
    assertThat(scripted.withIdempotencyKey("k\0x").ask("y")).isEqualTo("y 2");
  }

  @Test
  void aRecordExpiresAndIsCleared() {
    Dgen node =
        cluster
            .node(
                options ->
                    options.toBuilder()
                        .idempotencyRetention(Duration.ofMillis(30))
                        .pollInterval(Duration.ofMillis(20))
                        .build())
            .host(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a").withIdempotencyKey("k");
    String first = scripted.ask("x");
    await().until(() -> !scripted.ask("x").equals(first));
    assertThat(cluster.keys().of(KeyKind.EXPIRY)).hasSizeLessThanOrEqualTo(1);
    await()
        .untilAsserted(
            () -> {
              assertThat(cluster.keys().of(KeyKind.DONE)).isEmpty();
              assertThat(cluster.keys().of(KeyKind.EXPIRY)).isEmpty();
            });
  }

  /** Long before the poll looks: what has expired counts no more though it is still stored. */
  @Test
  void anExpiredRecordCountsNoMoreBeforeItIsCleared() {
    Dgen node =
        cluster
            .node(
                options -> options.toBuilder().idempotencyRetention(Duration.ofMillis(20)).build())
            .host(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a").withIdempotencyKey("k");
    String first = scripted.ask("x");
    await().until(() -> !scripted.ask("x").equals(first));
    assertThat(cluster.keys().of(KeyKind.DONE)).hasSize(1);
    assertThat(cluster.keys().of(KeyKind.EXPIRY)).as("the old one is replaced").hasSize(1);
  }

  /**
   * A kill clears the record and not the key that says when it expires: it is another one's then.
   */
  @Test
  void theExpiryOfAKilledRecordDoesNotClearItsSuccessor() {
    Dgen brief =
        cluster
            .node(
                options -> options.toBuilder().idempotencyRetention(Duration.ofMillis(300)).build())
            .host(scripted());
    ScriptedClient.of(brief, "a").withIdempotencyKey("k").ask("x");
    ScriptedClient.of(brief, "a").entity().kill();
    brief.close();
    Dgen node =
        cluster
            .node(options -> options.toBuilder().pollInterval(Duration.ofMillis(20)).build())
            .host(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a").withIdempotencyKey("k");
    String first = scripted.ask("x");
    await().untilAsserted(() -> assertThat(cluster.keys().of(KeyKind.EXPIRY)).hasSizeLessThan(2));
    assertThat(cluster.keys().of(KeyKind.DONE)).hasSize(1);
    assertThat(scripted.ask("x")).isEqualTo(first);
  }

  @Test
  void delayedAndTransactionalSendsCountOnceToo() {
    Dgen node = cluster.host(scripted());
    ScriptedClient scripted = ScriptedClient.of(node, "a").withIdempotencyKey("k");
    for (int i = 0; i < 3; i++) {
      scripted.after(Duration.ZERO).note("x");
      cluster
          .store()
          .run(
              transaction -> {
                scripted.in(transaction).note("x");
                return true;
              });
    }
    StoredKeys.awaitIdle(cluster::keys);
    await().until(() -> cluster.keys().of(KeyKind.DUE).isEmpty());
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(ScriptedClient.of(node, "a").got()).containsExactly("x");
  }

  @Test
  void aKeyHasABoundedLength() {
    ScriptedClient scripted = ScriptedClient.of(cluster.node(), "a");
    assertThatThrownBy(() -> scripted.withIdempotencyKey(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> scripted.withIdempotencyKey("\u00e4".repeat(257)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("512 bytes");
    assertThatThrownBy(() -> scripted.withIdempotencyKey("\uD800"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("surrogate");
    String longest = "\u00e4".repeat(256);
    Dgen host = cluster.host(scripted());
    ScriptedClient other = ScriptedClient.of(host, "i".repeat(4096)).withIdempotencyKey(longest);
    assertThat(other.ask("x")).isEqualTo(other.ask("x"));
  }
}
