package io.dgen.tests.locks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.LockLost;
import io.dgen.error.CallbackException;
import io.dgen.error.LockLostException;
import io.dgen.generated.codec.TermCodecs;
import io.dgen.generated.codec.WaitingCaller;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.Held;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Foreman;
import io.dgen.tests.servers.Workshop;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Locks: work outside any transaction, while standard messages wait and priority ones go on. */
class LocksTest extends OnEveryStore {

  private final Foreman foreman = new Foreman();

  private Dgen host() {
    return cluster.host(WorkshopServer.of(foreman));
  }

  @Test
  void standardMessagesWaitAndPriorityOnesGoOn() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    foreman.doorman().hold("x");
    CompletableFuture<String> built = workshop.buildAsync("x");
    foreman.doorman().awaitArrival("x");
    // Durable, and behind the lock.
    workshop.add("standard");
    CompletableFuture<String> said = workshop.sayAsync("late");
    workshop.priority().add("priority");
    workshop.ping("info");
    assertThat(workshop.priority().done()).containsExactly("begin x", "priority", "info");
    assertThat(said).isNotDone();
    foreman.doorman().letIn("x");
    assertThat(built.join()).isEqualTo("made x");
    assertThat(said.join()).isEqualTo("said late");
    // What priority messages wrote meanwhile is not lost: the update applies to the state as it is.
    assertThat(workshop.done())
        .containsExactly("begin x", "priority", "info", "built x", "standard", "late");
    await().until(() -> foreman.acted().size() == 2);
    assertThat(foreman.acted().getFirst()).startsWith("after x on ");
    assertUnlocked();
  }

  @Test
  void byCastByPriorityCallAndThroughTheQueue() {
    Dgen owner = host();
    WorkshopClient near = WorkshopClient.of(owner, "w");
    near.paint("a");
    assertThat(near.say("b")).isEqualTo("said b");
    assertThat(near.priority().build("c")).isEqualTo("made c");
    WorkshopClient far = WorkshopClient.of(cluster.node(), "w");
    assertThat(far.build("d")).isEqualTo("made d");
    far.paint("e");
    assertThat(far.say("f")).isEqualTo("said f");
    assertThat(near.done())
        .containsExactly(
            "begin a", "made a", "b", "begin c", "built c", "begin d", "built d", "begin e",
            "made e", "f");
    assertUnlocked();
  }

  @Test
  void oneAfterAnother() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    List<CompletableFuture<String>> built =
        List.of(workshop.buildAsync("a"), workshop.buildAsync("b"), workshop.buildAsync("c"));
    built.forEach(CompletableFuture::join);
    assertThat(workshop.done())
        .containsExactly("begin a", "built a", "begin b", "built b", "begin c", "built c");
    assertThat(foreman.made()).containsExactly("a 1", "b 1", "c 1");
  }

  /** It comes into the queue with its lock, behind what was pushed while its round ran. */
  @Test
  void whatWasPushedBeforeTheLockingMessageIsNotLost() {
    Held lock = new Held(commit -> commit.writes(KeyKind.LOCK));
    Dgen owner = cluster.node(new FaultyStore(cluster.store()).plan(lock), options -> options);
    owner.host(WorkshopServer.of(foreman));
    WorkshopClient workshop = WorkshopClient.of(owner, "w");
    CompletableFuture<String> built = workshop.buildAsync("x");
    lock.awaitOne();
    WorkshopClient.of(cluster.node(), "w").add("a");
    lock.release();
    assertThat(built.join()).isEqualTo("made x");
    assertThat(workshop.done()).containsExactly("begin x", "built x", "a");
    assertUnlocked();
  }

  /** Its place is behind them: once the lock is lost, nothing keeps them from running. */
  @Test
  void whatWasPushedBeforeTheLockingMessageRunsFirstOnceTheLockIsLost() {
    Held lock = new Held(commit -> commit.writes(KeyKind.LOCK));
    Dgen owner = cluster.node(new FaultyStore(cluster.store()).plan(lock), options -> options);
    owner.host(WorkshopServer.of(foreman.fail("x", 1)));
    WorkshopClient workshop = WorkshopClient.of(owner, "w");
    CompletableFuture<String> built = workshop.buildAsync("x");
    lock.awaitOne();
    WorkshopClient.of(cluster.node(), "w").add("a");
    lock.release();
    assertThat(built.join()).isEqualTo("made x");
    assertThat(workshop.done()).containsExactly("begin x", "a", "begin x", "built x");
    assertUnlocked();
  }

  @Test
  void aPriorityMessageCannotLockWhatIsLocked() {
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    foreman.doorman().hold("x");
    CompletableFuture<String> built = workshop.buildAsync("x");
    foreman.doorman().awaitArrival("x");
    assertThatThrownBy(() -> workshop.priority().build("y"))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("Workshop(\"w\")")
        .hasMessageContaining("already locked");
    foreman.doorman().letIn("x");
    assertThat(built.join()).isEqualTo("made x");
    assertThat(workshop.done()).containsExactly("begin x", "built x");
  }

  @Test
  void aThrowReleasesTheLockAndCountsAsAnAttempt() {
    foreman.fail("x", 2);
    WorkshopClient workshop = WorkshopClient.of(host(), "w");
    assertThat(workshop.build("x")).isEqualTo("made x");
    assertThat(foreman.made()).containsExactly("x 1", "x 2", "x 3");
    assertThat(workshop.done()).containsExactly("begin x", "begin x", "begin x", "built x");
    assertUnlocked();
  }

  @Test
  void thereIsNoTransactionInside() {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    Workshop curious =
        new Workshop() {
          @Override
          public String make(String what, Context context) {
            try {
              context.reply(new WaitingCaller<>(new UUID(1, 2), 3, null, TermCodecs.STRING), "no");
            } catch (IllegalStateException e) {
              refused.set(e);
            }
            return context.server() + " " + context.id();
          }

          @Override
          public boolean act(String action, State state) {
            return true;
          }
        };
    WorkshopClient workshop = WorkshopClient.of(cluster.host(WorkshopServer.of(curious)), "w");
    assertThat(workshop.build("x")).isEqualTo("Workshop w");
    assertThat(refused.get()).hasMessageContaining("outside any transaction");
  }

  @Test
  void aHolderThatIsCutOffIsTakenOver() {
    takeOver(LockLost.REDELIVER);
  }

  @Test
  void orItsMessageIsDropped() {
    takeOver(LockLost.DROP);
  }

  /**
   * The holder's commits are held back, and so its renewals, from the moment that it has the lock.
   */
  private void takeOver(LockLost then) {
    foreman.doorman().hold("x");
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen holder =
        cluster.node(
            store,
            options ->
                options.toBuilder().lockTimeout(Duration.ofMillis(200)).lockLost(then).build());
    holder.host(WorkshopServer.of(foreman));
    Dgen sender = cluster.node();
    CompletableFuture<String> built = WorkshopClient.of(sender, "w").buildAsync("x");
    foreman.doorman().awaitArrival("x");
    Held held = new Held(commit -> true);
    store.plan(held);
    Foreman second = new Foreman();
    // Its own lock is not to be lost, however slow the machine is.
    Dgen heir =
        cluster.node(
            options ->
                options.toBuilder().livenessTimeout(Duration.ofMillis(500)).lockLost(then).build());
    heir.host(WorkshopServer.of(second));
    WorkshopClient workshop = WorkshopClient.of(heir, "w");
    if (then == LockLost.REDELIVER) {
      assertThat(built.join()).isEqualTo("made x");
      assertThat(second.made()).containsExactly("x 2");
    } else {
      assertThatThrownBy(built::join)
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOf(LockLostException.class)
          .hasMessageContaining("Build to Workshop(\"w\") was dropped");
      assertThat(second.made()).isEmpty();
    }
    workshop.add("next");
    List<String> done = workshop.done();
    // The first holder comes back, and its fencing token is void.
    held.release();
    foreman.doorman().letIn("x");
    assertThat(done)
        .isEqualTo(
            then == LockLost.REDELIVER
                ? List.of("begin x", "begin x", "built x", "next")
                : List.of("begin x", "next"));
    workshop.add("last");
    assertThat(workshop.done()).hasSize(done.size() + 1);
    assertThat(foreman.made()).containsExactly("x 1");
  }

  @Test
  void aHolderThatLivesIsNotTakenOverHoweverLongItTakes() {
    foreman.doorman().hold("x");
    Dgen holder =
        cluster.node(options -> options.toBuilder().lockTimeout(Duration.ofSeconds(2)).build());
    holder.host(WorkshopServer.of(foreman));
    cluster
        .node(options -> options.toBuilder().lockTimeout(Duration.ofSeconds(2)).build())
        .host(WorkshopServer.of(foreman));
    CompletableFuture<String> built = WorkshopClient.of(holder, "w").buildAsync("x");
    foreman.doorman().awaitArrival("x");
    // Four renewals are as long as the lock timeout, and more.
    for (int i = 0; i < 5; i++) {
      List<byte[]> before = leases();
      await().until(() -> !sameBytes(leases(), before));
    }
    foreman.doorman().letIn("x");
    assertThat(built.join()).isEqualTo("made x");
    assertThat(foreman.made()).containsExactly("x 1");
  }

  private List<byte[]> leases() {
    return cluster.keys().values(KeyKind.LEASE);
  }

  private static boolean sameBytes(List<byte[]> one, List<byte[]> other) {
    return Arrays.deepEquals(one.toArray(), other.toArray());
  }

  @Test
  void anOperatorBreaksIt() {
    foreman.doorman().hold("x");
    Dgen owner = host();
    WorkshopClient workshop = WorkshopClient.of(owner, "w");
    assertThat(workshop.entity().breakLock()).isFalse();
    CompletableFuture<String> built = workshop.buildAsync("x");
    foreman.doorman().awaitArrival("x");
    assertThat(WorkshopClient.of(cluster.node(), "w").entity().breakLock()).isTrue();
    await().until(() -> foreman.made().contains("x 2"));
    foreman.doorman().letIn("x");
    assertThat(built.join()).isEqualTo("made x");
    assertThat(workshop.done()).containsExactly("begin x", "begin x", "built x");
    assertUnlocked();
  }

  @Test
  void outlivesItsNode() {
    foreman.doorman().hold("x");
    Dgen first =
        cluster.node(
            options ->
                options.toBuilder()
                    .lockTimeout(Duration.ofMillis(200))
                    .closeTimeout(Duration.ofMillis(1))
                    .build());
    first.host(WorkshopServer.of(foreman));
    WorkshopClient.of(first, "w").paint("x");
    foreman.doorman().awaitArrival("x");
    first.close();
    Foreman second = new Foreman();
    // Its own lock is not to be lost, however slow the machine is.
    Dgen heir = cluster.host(WorkshopServer.of(second));
    WorkshopClient workshop = WorkshopClient.of(heir, "w");
    // Though the first still works.
    assertThat(workshop.say("y")).isEqualTo("said y");
    foreman.doorman().letIn("x");
    assertThat(second.made()).containsExactly("x 2");
    assertThat(workshop.done()).containsExactly("begin x", "begin x", "made x", "y");
  }

  private void assertUnlocked() {
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(cluster.keys().of(KeyKind.LOCK)).isEmpty();
    assertThat(cluster.keys().of(KeyKind.LEASE)).isEmpty();
  }
}
