package io.dgen.tests.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.NotHostedException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.Foreman;
import io.dgen.tests.servers.Workshop;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The ways of a message: standard, priority, info, and in batches. */
class PathsTest extends OnEveryStore {

  private final Foreman foreman = new Foreman();

  private Dgen host() {
    return cluster.host(WorkshopServer.of(foreman));
  }

  private static Consumer<WorkshopClient.Batch> adding(String... what) {
    return batch -> {
      for (String each : what) {
        batch.add(each);
      }
    };
  }

  @Test
  void aBatchIsEnqueuedWholeAndInOrder() {
    Dgen owner = host();
    for (WorkshopClient workshop :
        List.of(WorkshopClient.of(owner, "near"), WorkshopClient.of(cluster.node(), "far"))) {
      var unused = workshop.addAsync("first");
      workshop.castAll(adding("a", "b", "c"));
      workshop.add("last");
      assertThat(workshop.done()).containsExactly("first", "a", "b", "c", "last");
    }
  }

  @Test
  void aLargeBatchKeepsItsPlace() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    List<String> batch = IntStream.range(0, 2500).mapToObj(i -> "m" + i).toList();
    List<String> expected = new ArrayList<>(batch);
    expected.addFirst("before");
    expected.addLast("after");
    CompletableFuture<Void> before = workshop.addAsync("before");
    CompletableFuture<Void> all = workshop.castAllAsync(adding(batch.toArray(String[]::new)));
    CompletableFuture<Void> after = workshop.addAsync("after");
    CompletableFuture.allOf(before, all, after).join();
    assertThat(workshop.done()).isEqualTo(expected);
  }

  @Test
  void aBatchThatIsTooLargeLeavesNothing() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    String large = "x".repeat(3_000_000);
    assertThatThrownBy(() -> workshop.castAll(adding(large, large, large, large)))
        .isInstanceOf(MessageTooLargeException.class)
        .hasMessageContaining("a batch of 4 messages")
        .hasMessageContaining("Workshop(\"w\")");
    assertThatThrownBy(
            () ->
                workshop.castAll(
                    batch -> IntStream.range(0, 10_001).forEach(i -> batch.add("m" + i))))
        .isInstanceOf(MessageTooLargeException.class)
        .hasMessageContaining("10001 messages");
    workshop.castAll(adding());
    assertThat(workshop.done()).isEmpty();
  }

  @Test
  void aBatchTakesRecordsToo() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    workshop.castAll(
        batch -> {
          batch.add(new Workshop.Add("a"));
          batch.add("b");
        });
    assertThat(workshop.done()).containsExactly("a", "b");
  }

  @Test
  void nothingOfABatchIsSentIfFillingItFails() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    AtomicReference<WorkshopClient.Batch> kept = new AtomicReference<>();
    assertThatThrownBy(
            () ->
                workshop.castAll(
                    batch -> {
                      kept.set(batch);
                      batch.add("a");
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    assertThatThrownBy(() -> Objects.requireNonNull(kept.get()).add("b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the batch is closed");
    assertThat(workshop.done()).isEmpty();
  }

  @Test
  void aBatchNeitherGoesPastTheQueueNorHasAKey() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    assertThatThrownBy(() -> workshop.priority().castAll(adding("a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leave priority() out");
    assertThatThrownBy(() -> workshop.withIdempotencyKey("k").castAll(adding("a")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("each with a key of its own");
    assertThat(workshop.done()).isEmpty();
  }

  /** It waits behind a lock as one, and so do the messages around it. */
  @Test
  void aBatchRespectsTheLock() {
    Dgen owner = host();
    WorkshopClient workshop = WorkshopClient.of(owner, "w");
    foreman.doorman().hold("x");
    workshop.paint("x");
    foreman.doorman().awaitArrival("x");
    workshop.castAll(adding("a", "b"));
    assertThat(workshop.entity().queueLength()).isEqualTo(3);
    foreman.doorman().letIn("x");
    assertThat(workshop.say("c")).isEqualTo("said c");
    assertThat(workshop.done()).containsExactly("begin x", "made x", "a", "b", "c");
  }

  @Test
  void aSendersOrderHoldsWhenTheLaneGoesToTheQueue() {
    Dgen owner = host();
    WorkshopClient workshop = WorkshopClient.of(owner, "w");
    List<CompletableFuture<?>> sent = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (i % 20 == 10) {
        // From here on the lane is pushed to the queue, until the lock is given back.
        sent.add(workshop.paintAsync("p" + i));
        expected.add("begin p" + i);
        expected.add("made p" + i);
      } else if (i % 2 == 0) {
        sent.add(workshop.addAsync("m" + i));
        expected.add("m" + i);
      } else {
        sent.add(workshop.sayAsync("m" + i));
        expected.add("m" + i);
      }
    }
    sent.forEach(CompletableFuture::join);
    assertThat(workshop.say("end")).isEqualTo("said end");
    expected.add("end");
    assertThat(workshop.done()).isEqualTo(expected);
  }

  @Test
  void priorityGoesPastALongQueue() {
    Dgen owner = host();
    foreman.doorman().hold("x");
    WorkshopClient workshop = WorkshopClient.of(owner, "w");
    workshop.paint("x");
    foreman.doorman().awaitArrival("x");
    IntStream.range(0, 100).forEach(i -> workshop.add("m" + i));
    assertThat(workshop.priority().say("now")).isEqualTo("said now");
    assertThat(workshop.priority().sayAsync("and now").join()).isEqualTo("said and now");
    workshop.priority().addAsync("too").join();
    assertThat(workshop.priority().done()).containsExactly("begin x", "now", "and now", "too");
    foreman.doorman().letIn("x");
    await().until(() -> workshop.entity().queueLength() == 0);
  }

  @Test
  void priorityNeedsTheServerInThisProcess() {
    host();
    WorkshopClient workshop = WorkshopClient.of(cluster.node(), "w").priority();
    assertThatThrownBy(() -> workshop.say("a"))
        .isInstanceOf(NotHostedException.class)
        .hasMessageContaining("WorkshopServer.of()");
    assertThatThrownBy(() -> workshop.add("a")).isInstanceOf(NotHostedException.class);
    assertThat(WorkshopClient.of(cluster.node(), "w").done()).isEmpty();
  }
}
