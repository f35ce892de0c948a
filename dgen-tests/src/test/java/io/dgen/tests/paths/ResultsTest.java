package io.dgen.tests.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.CallTimeoutException;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.Held;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.ManualEnvironment;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Foreman;
import io.dgen.tests.servers.LateAnswers;
import io.dgen.tests.servers.LateAnswersClient;
import io.dgen.tests.servers.LateAnswersServer;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Replies now and later, plain results, and timeouts that say where the message was. */
class ResultsTest extends OnEveryStore {

  private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

  private final Foreman foreman = new Foreman();

  @Test
  void aReplyIsGivenLaterByAnotherEntityWhereverTheCallerIs() {
    Dgen owner = cluster.host(LateAnswersServer.of());
    Dgen second = cluster.host(LateAnswersServer.of());
    Dgen outside = cluster.node();
    for (Dgen asking : List.of(owner, second, outside)) {
      LateAnswersClient lateAnswers = LateAnswersClient.of(asking, "b");
      CompletableFuture<String> one = lateAnswers.askAsync("one");
      CompletableFuture<String> two = lateAnswers.askAsync("two");
      await().until(() -> lateAnswers.waiting() == 2);
      assertThat(one).isNotDone();
      // The callers move on, inside a reply, a message and the state of another entity.
      LateAnswersClient desk = LateAnswersClient.of(outside, "desk");
      lateAnswers.handOver().forEach(desk::take);
      desk.press("done");
      assertThat(one.join()).isEqualTo("one: done");
      assertThat(two.join()).isEqualTo("two: done");
      assertThat(desk.waiting()).isZero();
    }
    StoredKeys.awaitIdle(cluster::keys);
  }

  @Test
  void theFirstOfTwoRepliesCountsAlsoIfItIsTheLongerOne() {
    Dgen owner = cluster.host(LateAnswersServer.of());
    String large = "x".repeat(250_000);
    for (Dgen asking : List.of(owner, cluster.node())) {
      LateAnswersClient lateAnswers = LateAnswersClient.of(asking, "b");
      CompletableFuture<String> asked = lateAnswers.askAsync("one");
      await().until(() -> lateAnswers.waiting() == 1);
      lateAnswers.pressTwice(large, "short");
      assertThat(asked.join()).isEqualTo(large);
    }
    StoredKeys.awaitIdle(cluster::keys);
  }

  /** The first one waits, in several chunks, since its node does not look yet. */
  @Test
  void theFirstOfTwoRepliesCountsAlsoIfItWasNotFetched() {
    Dgen owner = cluster.host(LateAnswersServer.of());
    ManualEnvironment time = new ManualEnvironment();
    Duration poll = Duration.ofMinutes(1);
    Dgen asking =
        cluster.node(
            new FaultyStore(cluster.store()).deaf(),
            options -> options.toBuilder().environment(time).pollInterval(poll).build());
    String large = "x".repeat(250_000);
    CompletableFuture<String> asked =
        LateAnswersClient.of(asking, "b").withTimeout(FOREVER).askAsync("one");
    LateAnswersClient lateAnswers = LateAnswersClient.of(owner, "b");
    await().until(() -> lateAnswers.waiting() == 1);
    LateAnswers.Caller caller = lateAnswers.handOver().getFirst();
    for (String reply : List.of(large, "short")) {
      lateAnswers.take(caller);
      lateAnswers.press(reply);
      assertThat(lateAnswers.waiting()).isZero();
    }
    await()
        .until(
            () -> {
              time.advance(poll);
              return asked.isDone();
            });
    assertThat(asked.join()).isEqualTo("one: " + large);
    StoredKeys.awaitIdle(cluster::keys);
  }

  @Test
  void aReplyThatIsGivenLaterSurvivesARestartOfItsHost() {
    Dgen outside = cluster.node();
    Dgen first = cluster.host(LateAnswersServer.of());
    LateAnswersClient lateAnswers = LateAnswersClient.of(outside, "b");
    CompletableFuture<String> asked = lateAnswers.askAsync("one");
    await().until(() -> lateAnswers.waiting() == 1);
    first.close();
    cluster.host(LateAnswersServer.of());
    lateAnswers.press("done");
    assertThat(asked.join()).isEqualTo("one: done");
  }

  @Test
  void anAbandonedCallTimesOutAndItsLateReplyLeavesNoKey() {
    Dgen owner = cluster.host(LateAnswersServer.of());
    for (Dgen asking : List.of(owner, cluster.node())) {
      LateAnswersClient lateAnswers = LateAnswersClient.of(asking, "b");
      CompletableFuture<String> asked =
          lateAnswers.withTimeout(Duration.ofMillis(300)).askAsync("one");
      await().until(() -> lateAnswers.waiting() == 1);
      assertThatThrownBy(asked::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(CallTimeoutException.class)
          .hasMessageContaining("Ask to LateAnswers(\"b\")");
      lateAnswers.press("too late");
      assertThat(lateAnswers.waiting()).isZero();
      StoredKeys.awaitIdle(cluster::keys);
    }
  }

  @Test
  void aReadOnlyCallWritesNothing() {
    Dgen owner = cluster.host(WorkshopServer.of(foreman));
    FaultyStore store = new FaultyStore(cluster.store());
    WorkshopClient.of(owner, "w").add("a");
    owner.close();
    Dgen reader = cluster.node(store, options -> options);
    reader.host(WorkshopServer.of(foreman));
    WorkshopClient workshop = WorkshopClient.of(reader, "w");
    assertThat(workshop.done()).containsExactly("a");
    List<byte[]> meta = cluster.keys().values(KeyKind.META);
    Held commits = new Held(commit -> commit.entities().contains("w"));
    store.plan(commits);
    // No commit of this entity goes through any more, and none is needed.
    assertThat(workshop.done()).containsExactly("a");
    assertThat(workshop.priority().done()).containsExactly("a");
    assertThat(cluster.keys().values(KeyKind.META).getFirst()).isEqualTo(meta.getFirst());
    commits.release();
  }

  @Test
  void aTimedOutCallStillRunsAndSaysWhereItWas() {
    cluster.host(WorkshopServer.of(foreman));
    ManualEnvironment time = new ManualEnvironment();
    Dgen sender = cluster.node(options -> options.toBuilder().environment(time).build());
    WorkshopClient workshop = WorkshopClient.of(sender, "w");
    foreman.doorman().hold("x");
    workshop.paint("x");
    foreman.doorman().awaitArrival("x");
    workshop.add("a");
    workshop.add("b");
    Duration timeout = Duration.ofMillis(300);
    CompletableFuture<String> said = workshop.withTimeout(timeout).sayAsync("c");
    WorkshopClient elsewhere = WorkshopClient.of(cluster.node(), "w");
    await().until(() -> elsewhere.entity().queueLength() == 4);
    time.advance(timeout, said);
    assertThatThrownBy(said::join)
        .hasCauseInstanceOf(CallTimeoutException.class)
        .hasMessageContaining("no reply to Say to Workshop(\"w\") within 300 ms")
        .hasMessageContaining("it is in the entity's queue behind 3 other messages")
        .hasMessageContaining("locked by Paint since 2")
        .hasMessageContaining("may still be executed");
    foreman.doorman().letIn("x");
    assertThat(workshop.done()).containsExactly("begin x", "made x", "a", "b", "c");
    StoredKeys.awaitIdle(cluster::keys);
  }

  @Test
  void aTimeoutMayBeInfinite() {
    Dgen owner = cluster.host(WorkshopServer.of(foreman));
    assertThat(WorkshopClient.of(owner, "w").withTimeout(FOREVER).say("a")).isEqualTo("said a");
    WorkshopClient far = WorkshopClient.of(cluster.node(), "w").withTimeout(FOREVER);
    assertThat(far.say("b")).isEqualTo("said b");
    far.add("c");
    assertThat(far.done()).containsExactly("a", "b", "c");
  }
}
