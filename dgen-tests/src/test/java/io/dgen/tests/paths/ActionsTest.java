package io.dgen.tests.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.Failure;
import io.dgen.Metrics;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.Foreman;
import io.dgen.tests.servers.Workshop;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Actions: after the commit, in order, on the committed state. */
class ActionsTest extends OnEveryStore {

  private final Foreman foreman = new Foreman();

  private WorkshopClient hosted() {
    return WorkshopClient.of(cluster.host(WorkshopServer.of(foreman)), "w");
  }

  /** Here update and actions are lambdas side by side. */
  @Test
  void ofAResultThatUnlocksRunInOrderOnTheStateThatItsUpdateMade() {
    WorkshopClient workshop = hosted();
    assertThat(workshop.build("x")).isEqualTo("made x");
    workshop.paint("y");
    await().until(() -> foreman.acted().size() == 3);
    assertThat(foreman.acted())
        .containsExactly("after x on built x", "at last x on built x", "dried y on made y");
  }

  @Test
  void runInOrderOnTheCommittedState() {
    WorkshopClient workshop = hosted();
    workshop.act("a", List.of("one", "two"));
    await().until(() -> foreman.acted().size() == 2);
    assertThat(workshop.report("b", List.of("three"))).isEqualTo("b");
    await().until(() -> foreman.acted().size() == 3);
    assertThat(foreman.acted()).containsExactly("one on a", "two on a", "three on b");
  }

  @Test
  void mayHaltTheRestOfTheirMessage() {
    WorkshopClient workshop = hosted();
    workshop.act("a", List.of("one", "halt", "two"));
    workshop.act("b", List.of("three"));
    await().until(() -> foreman.acted().contains("three on b"));
    assertThat(foreman.acted()).containsExactly("one on a", "halt on a", "three on b");
  }

  @Test
  void thatFailKeepTheRestFromRunningAndTheStateStands() {
    AtomicInteger counted = new AtomicInteger();
    BlockingQueue<Failure> failures = new LinkedBlockingQueue<>();
    Metrics counting =
        new Metrics() {
          @Override
          public void actionFailed(String server) {
            counted.incrementAndGet();
          }
        };
    Dgen host =
        cluster
            .node(
                options ->
                    options.toBuilder().metrics(counting).failureListener(failures::add).build())
            .host(WorkshopServer.of(foreman));
    WorkshopClient workshop = WorkshopClient.of(host, "w");
    workshop.act("a", List.of("one", "fail", "two"));
    workshop.act("b", List.of("three"));
    await().until(() -> foreman.acted().contains("three on b"));
    assertThat(foreman.acted()).containsExactly("one on a", "fail on a", "three on b");
    assertThat(workshop.done()).containsExactly("a", "b");
    await().until(() -> counted.get() == 1 && failures.size() == 1);
    Failure failure = failures.element();
    assertThat(failure.kind()).isEqualTo(Failure.Kind.ACTION);
    assertThat(failure.message()).isEqualTo("Act");
    assertThat(failure.reason().orElseThrow()).hasMessage("as asked: fail");
  }

  /** Those of a run that did not commit never do, and no commit makes them run twice. */
  @ParameterizedTest
  @EnumSource(names = {"CONFLICT", "UNKNOWN_BUT_COMMITTED", "UNKNOWN_AND_NOT_COMMITTED"})
  void runOnceWhateverBecomesOfTheCommit(Fate fate) {
    AtomicBoolean armed = new AtomicBoolean(true);
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit ->
                    commit.writes(KeyKind.STATE) && armed.getAndSet(false)
                        ? CompletableFuture.completedFuture(fate)
                        : FaultyStore.GO);
    Dgen host = cluster.node(store, options -> options).host(WorkshopServer.of(foreman));
    WorkshopClient workshop = WorkshopClient.of(host, "w");
    workshop.act("a", List.of("one"));
    assertThat(armed).isFalse();
    // Behind all that was to run for the first.
    workshop.act("b", List.of("two"));
    await().until(() -> foreman.acted().contains("two on b"));
    assertThat(foreman.acted()).containsExactly("one on a", "two on b");
  }

  @Test
  void thatHaveNotRunAreLostWithTheirNode() {
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen dying =
        cluster
            .node(store, options -> options.toBuilder().closeTimeout(Duration.ofMillis(1)).build())
            .host(WorkshopServer.of(foreman));
    foreman.doorman().hold("slow");
    WorkshopClient.of(dying, "w").act("a", List.of("slow", "behind it"));
    foreman.doorman().awaitArrival("slow");
    store.cut();
    cluster.crashed(dying);

    Foreman second = new Foreman();
    Dgen heir =
        cluster
            .node(options -> options.toBuilder().livenessTimeout(Duration.ofMillis(100)).build())
            .host(WorkshopServer.of(second));
    WorkshopClient workshop = WorkshopClient.of(heir, "w");
    workshop.act("b", List.of("own"));
    await().until(() -> !second.acted().isEmpty());
    assertThat(second.acted()).containsExactly("own on b");
    assertThat(workshop.done()).containsExactly("a", "b");
    foreman.doorman().letIn("slow");
  }

  @Test
  void doNotHoldUpTheCallerOrTheEntity() {
    WorkshopClient workshop = hosted();
    foreman.doorman().hold("slow");
    assertThat(workshop.report("a", List.of("slow"))).isEqualTo("a");
    foreman.doorman().awaitArrival("slow");
    assertThat(workshop.say("b")).isEqualTo("said b");
    foreman.doorman().letIn("slow");
    await().until(() -> foreman.acted().size() == 1);
  }

  @Test
  void mayCallTheirOwnEntity() {
    CompletableFuture<List<String>> seen = new CompletableFuture<>();
    CompletableFuture<WorkshopClient> self = new CompletableFuture<>();
    Workshop calling =
        new Workshop() {
          @Override
          public String make(String what, Context context) {
            return what;
          }

          @Override
          public boolean act(String action, State state) {
            seen.complete(self.join().done());
            return true;
          }
        };
    WorkshopClient workshop = WorkshopClient.of(cluster.host(WorkshopServer.of(calling)), "w");
    self.complete(workshop);
    workshop.act("a", List.of("ask"));
    assertThat(seen.join()).containsExactly("a");
  }

  @Test
  void runForMessagesOfTheQueueAndPriorityOnesToo() {
    Dgen owner = cluster.host(WorkshopServer.of(foreman));
    WorkshopClient far = WorkshopClient.of(cluster.node(), "w");
    far.act("a", List.of("one"));
    assertThat(far.report("b", List.of("two"))).isEqualTo("b");
    await().until(() -> foreman.acted().size() == 2);
    WorkshopClient near = WorkshopClient.of(owner, "w").priority();
    near.act("c", List.of("three"));
    assertThat(near.report("d", List.of("four"))).isEqualTo("d");
    await().until(() -> foreman.acted().size() == 4);
    assertThat(foreman.acted().subList(2, 4)).containsExactly("three on c", "four on d");
    assertThat(foreman.acted().subList(0, 2))
        .satisfiesExactly(
            it -> assertThat(it).startsWith("one on "), it -> assertThat(it).isEqualTo("two on b"));
  }

  @Test
  void keepTheOrderOfTheirMessages() {
    WorkshopClient workshop = hosted();
    List<CompletableFuture<Void>> sent =
        IntStream.range(0, 100)
            .mapToObj(i -> workshop.actAsync("m" + i, List.of("a" + i)))
            .toList();
    sent.forEach(CompletableFuture::join);
    await().until(() -> foreman.acted().size() == 100);
    for (int i = 0; i < 100; i++) {
      assertThat(foreman.acted().get(i)).startsWith("a" + i + " on m");
    }
  }
}
