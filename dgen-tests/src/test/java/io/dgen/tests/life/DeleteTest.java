package io.dgen.tests.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.DelayedMessage;
import io.dgen.Dgen;
import io.dgen.FailurePolicy;
import io.dgen.From;
import io.dgen.error.CallbackException;
import io.dgen.error.DeadLetterException;
import io.dgen.error.Effect;
import io.dgen.error.EntityDeletedException;
import io.dgen.error.EntityKilledException;
import io.dgen.error.EntityNotFoundException;
import io.dgen.error.EntityStoppedException;
import io.dgen.error.RefusedException;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.Held;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Landlord;
import io.dgen.tests.servers.TenantClient;
import io.dgen.tests.servers.TenantServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A callback deletes its entity: what goes, what stays, and what meets the next one. */
class DeleteTest extends OnEveryStore {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Landlord landlord = new Landlord();

  private Dgen host() {
    return cluster.host(TenantServer.of(landlord));
  }

  private Dgen host(FaultyStore.Plan plan) {
    Dgen node = cluster.node(new FaultyStore(cluster.store()).plan(plan), options -> options);
    node.host(TenantServer.of(landlord));
    return node;
  }

  /** Nothing of any entity is left but what is said, once its owner has looked. */
  private void awaitGone(KeyKind... but) {
    StoredKeys.awaitIdle(cluster::keys);
    StoredKeys keys = cluster.keys();
    Arrays.stream(KeyKind.values())
        .filter(kind -> kind.isOfEntity() || kind == KeyKind.DUE)
        .filter(kind -> !List.of(but).contains(kind))
        .forEach(kind -> assertThat(keys.of(kind)).as(kind.name()).isEmpty());
  }

  private static boolean isOfDelete(FaultyStore.Commit commit) {
    return commit.writes(KeyKind.FAILURES) && commit.writes(KeyKind.STATE);
  }

  @Test
  void nothingIsLeftAndTheNextMessageMeetsANewEntity() {
    Dgen host = host();
    for (Dgen sender : List.of(host, cluster.node())) {
      TenantClient tenant = TenantClient.of(sender, "t");
      tenant.note("a");
      assertThat(tenant.take("take")).containsExactly("init", "a");
      awaitGone();
      assertThat(tenant.entity().status().exists()).isFalse();
      assertThatThrownBy(tenant::look).isInstanceOf(EntityNotFoundException.class);
      tenant.note("b");
      assertThat(tenant.log()).containsExactly("init", "b");
      assertThatThrownBy(() -> tenant.quit("quit"))
          .isInstanceOf(EntityDeletedException.class)
          .hasMessage("Quit deleted Tenant(\"t\"), and gave no reply")
          .satisfies(
              error ->
                  assertThat(((EntityDeletedException) error).effect()).isEqualTo(Effect.APPLIED));
      awaitGone();
    }
    assertThat(landlord.ended().getFirst()).containsExactly("init", "a");
    await().until(() -> landlord.acted().size() == 2);
    assertThat(landlord.acted()).containsOnly(List.of("init", "a"));
  }

  @Test
  void anEntityThatDoesNotExistIsMadeAndDeleted() {
    TenantClient tenant = TenantClient.of(host(), "t");
    assertThat(tenant.take("take")).containsExactly("init");
    awaitGone();
    assertThat(landlord.ran()).containsExactly("init", "take");
  }

  @Test
  void whatIsInFrontOfItGoesAndWhatIsBehindItMeetsANewEntity() {
    Dgen host = host();
    TenantClient near = TenantClient.of(host, "t");
    TenantClient far = TenantClient.of(cluster.node(), "t");
    CountDownLatch free = new CountDownLatch(1);
    landlord.on("first", context -> awaitQuietly(free));
    CompletableFuture<Void> first = near.noteAsync("first");
    await().until(() -> landlord.ran().contains("first"));
    List<CompletableFuture<?>> queued = new ArrayList<>();
    for (TenantClient sender : List.of(far, near)) {
      queued.add(sender.noteAsync("lost"));
      queued.add(sender.leaveAsync("leave"));
      queued.add(sender.noteAsync("kept"));
    }
    await().until(() -> far.entity().queueLength() == 3);
    free.countDown();
    first.join();
    queued.forEach(CompletableFuture::join);
    assertThat(near.log()).containsExactly("init", "kept");
    assertThat(landlord.ended()).hasSize(2);
  }

  /** All messages of a batch are durable, although one of them ends its round. */
  @Test
  void aBatchOfWhichOneDeletes() {
    Dgen host = host();
    for (Dgen sender : List.of(host, cluster.node())) {
      TenantClient tenant = TenantClient.of(sender, "t");
      tenant.castAll(
          all -> {
            all.note("lost");
            all.leave("leave");
            all.note("kept");
            all.leave("leave");
            all.note("kept too");
          });
      assertThat(tenant.log()).containsExactly("init", "kept too");
      tenant.leave("leave");
    }
    awaitGone();
    assertThat(landlord.ended().subList(0, 2))
        .containsExactly(List.of("init", "lost"), List.of("init", "kept"));
  }

  @Test
  void delayedMessagesGoAndTheirKeysAreFreeAgain() {
    Dgen host = host();
    TenantClient tenant = TenantClient.of(host, "t");
    DelayedMessage early = tenant.after(HOUR).note("delayed");
    tenant.withIdempotencyKey("scheduled").after(HOUR).note("x");
    tenant.withIdempotencyKey("done").after(HOUR).note("y");
    tenant.withIdempotencyKey("done").note("y");
    landlord.on(
        "leave", context -> TenantClient.in(context, "t").after(HOUR).note("of the callback"));
    TenantClient.of(host, "other").after(HOUR).note("of another");
    tenant.leave("leave");
    assertThat(cluster.keys().of(KeyKind.DELAYED)).hasSize(1).allMatch(it -> it.contains("other"));
    assertThat(cluster.keys().of(KeyKind.DUE)).hasSize(2).allMatch(it -> !it.contains("\"t\""));
    assertThat(host.cancel(early)).isFalse();
    // What had run under its key has run; what was still to come is another message now.
    assertThat(cluster.keys().of(KeyKind.DONE)).hasSize(1).allMatch(it -> it.contains("done"));
    tenant.withIdempotencyKey("done").note("y");
    tenant.withIdempotencyKey("scheduled").after(HOUR).note("x");
    assertThat(tenant.log()).containsExactly("init");
    assertThat(cluster.keys().of(KeyKind.DELAYED)).hasSize(2);
  }

  @Test
  void whatHandleDeleteSendsToItsOwnIdMeetsTheNewEntity() {
    Dgen host = host();
    TenantClient tenant = TenantClient.of(host, "t");
    landlord.onDelete(
        (state, context) -> {
          TenantClient own = TenantClient.of(host, "t");
          assertThatThrownBy(() -> own.note("no")).isInstanceOf(IllegalStateException.class);
          TenantClient.in(context, "t").note("heir of " + state.log());
          TenantClient.in(context, "t").after(HOUR).note("later");
          TenantClient.in(context, "other").note("t is gone");
        });
    tenant.note("a");
    tenant.leave("leave");
    await()
        .untilAsserted(() -> assertThat(tenant.log()).containsExactly("init", "heir of [init, a]"));
    await()
        .untilAsserted(
            () ->
                assertThat(TenantClient.of(host, "other").log())
                    .containsExactly("init", "t is gone"));
    assertThat(cluster.keys().of(KeyKind.DELAYED)).hasSize(1);
  }

  @Test
  void handleDeleteAnswersThoseThatWait() {
    Dgen host = host();
    landlord.onDelete(
        (state, context) -> {
          for (From<String> caller : state.waiting()) {
            context.reply(caller, "too late");
          }
        });
    TenantClient near = TenantClient.of(host, "t");
    TenantClient far = TenantClient.of(cluster.node(), "t");
    List<CompletableFuture<String>> waiting = List.of(near.awaitAsync(), far.awaitAsync());
    await().until(() -> landlord.ran().equals(List.of("init", "await", "await")));
    near.leave("not yet");
    near.note("a");
    near.leave("leave");
    assertThat(waiting).allSatisfy(each -> assertThat(each.join()).isEqualTo("too late"));
  }

  @Test
  void ifHandleDeleteRefusesNothingIsDeleted() {
    Dgen host = host();
    landlord
        .onDelete(
            (state, context) -> {
              TenantClient.in(context, "other").note("never");
              throw new RefusedException("in-use", "pay first");
            })
        .on("quit", context -> TenantClient.in(context, "other").note("never"));
    for (Dgen sender : List.of(host, cluster.node())) {
      TenantClient tenant = TenantClient.of(sender, "t");
      tenant.note("a");
      tenant.after(HOUR).note("delayed");
      assertThat(catchThrowableOfType(RefusedException.class, () -> tenant.quit("quit")))
          .satisfies(
              error -> {
                assertThat(error.code()).isEqualTo("in-use");
                assertThat(error.effect()).isEqualTo(Effect.NONE);
              });
      tenant.note("b");
    }
    assertThat(TenantClient.of(host, "t").log()).containsExactly("init", "a", "b", "a", "b");
    assertThat(cluster.keys().of(KeyKind.DELAYED)).hasSize(2);
    assertThat(TenantClient.of(host, "other").log()).containsExactly("init");
  }

  @Test
  void ifHandleDeleteFailsTheMessageIsTriedAgainAndGivenUp() {
    Dgen host =
        cluster.node(
            options ->
                options.toBuilder()
                    .failurePolicy(FailurePolicy.builder().deadLetterThreshold(3).build())
                    .build());
    host.host(TenantServer.of(landlord));
    AtomicInteger failures = new AtomicInteger(2);
    landlord.onDelete(
        (state, context) -> {
          if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("as asked");
          }
        });
    TenantClient tenant = TenantClient.of(host, "t");
    tenant.note("a");
    assertThat(tenant.take("take")).containsExactly("init", "a");
    awaitGone();
    assertThat(landlord.ran()).containsExactly("init", "a", "take", "take", "take");
    failures.set(Integer.MAX_VALUE);
    tenant.note("b");
    assertThatThrownBy(() -> tenant.take("take")).isInstanceOf(DeadLetterException.class);
    assertThat(tenant.log()).containsExactly("init", "b");
  }

  @Test
  void deadLettersStayAndHandleDeadLetterMayDelete() {
    Dgen host =
        cluster.node(
            options ->
                options.toBuilder()
                    .failurePolicy(FailurePolicy.builder().deadLetterThreshold(1).build())
                    .build());
    host.host(TenantServer.of(landlord));
    TenantClient tenant = TenantClient.of(host, "t");
    tenant.note("a");
    tenant.doom();
    await().until(() -> tenant.entity().deadLetters().length() == 1);
    awaitGone(KeyKind.DEAD, KeyKind.DEAD_COUNT);
    assertThat(landlord.ended()).containsExactly(List.of("init", "a"));
    assertThat(tenant.log()).containsExactly("init");
  }

  @Test
  void aMessageThatDeletesCountsOnceForItsKey() {
    Dgen host = host();
    for (Dgen sender : List.of(host, cluster.node())) {
      TenantClient tenant = TenantClient.of(sender, "t");
      TenantClient keyed = tenant.withIdempotencyKey("k" + sender.hashCode());
      tenant.note("a");
      assertThat(keyed.take("take")).containsExactly("init", "a");
      tenant.note("b");
      assertThat(keyed.take("take")).containsExactly("init", "a");
      TenantClient quitting = tenant.withIdempotencyKey("q" + sender.hashCode());
      assertThatThrownBy(() -> quitting.quit("quit")).isInstanceOf(EntityDeletedException.class);
      tenant.note("c");
      assertThatThrownBy(() -> quitting.quit("quit")).isInstanceOf(EntityDeletedException.class);
      assertThat(tenant.log()).containsExactly("init", "c");
      assertThatThrownBy(() -> tenant.quit("quit")).isInstanceOf(EntityDeletedException.class);
    }
  }

  @Test
  void anInfoDeletesAPausedEntityWhichStaysPaused() {
    Dgen host = host();
    TenantClient tenant = TenantClient.of(host, "t");
    tenant.note("a");
    assertThat(tenant.entity().pause("look at it")).isTrue();
    tenant.vanish("vanish");
    await().until(() -> landlord.acted().contains(List.of("init", "a")));
    assertThat(tenant.entity().status().exists()).isFalse();
    assertThat(tenant.entity().status().pause()).isPresent();
    assertThat(cluster.keys().of(KeyKind.READY)).isEmpty();
    assertThat(tenant.entity().resume()).isTrue();
    awaitGone();
    tenant.note("a");
    assertThat(tenant.entity().pause("once more")).isTrue();
    tenant.vanish("vanish");
    await().until(() -> landlord.acted().size() == 2);
    CompletableFuture<Void> next = tenant.noteAsync("b");
    assertThat(tenant.entity().resume()).isTrue();
    next.join();
    assertThat(tenant.log()).containsExactly("init", "b");
  }

  /** Whatever the store says of the commit, handleDelete takes effect once. */
  @Test
  void itHappensOnceWhateverItsCommitSays() {
    for (Fate fate :
        List.of(Fate.UNKNOWN_BUT_COMMITTED, Fate.UNKNOWN_AND_NOT_COMMITTED, Fate.CONFLICT)) {
      AtomicInteger commits = new AtomicInteger();
      Dgen host =
          host(
              commit ->
                  isOfDelete(commit) && commits.getAndIncrement() == 0
                      ? CompletableFuture.completedFuture(fate)
                      : FaultyStore.GO);
      landlord.onDelete((state, context) -> TenantClient.in(context, "register").note("gone"));
      TenantClient tenant = TenantClient.of(host, "t");
      TenantClient register = TenantClient.of(host, "register");
      tenant.note("a");
      assertThat(tenant.take("take")).containsExactly("init", "a");
      tenant.note("b");
      assertThat(tenant.log()).containsExactly("init", "b");
      commits.set(0);
      assertThat(tenant.work("take")).isEqualTo("done: take");
      assertThat(tenant.log()).containsExactly("init");
      await()
          .untilAsserted(() -> assertThat(register.log()).containsExactly("init", "gone", "gone"));
      register.entity().kill();
      tenant.entity().kill();
      host.close();
    }
  }

  /** The node dies at the commit: the next one finds the entity as it was, or gone. */
  @Test
  void itHappensOrNotIfItsNodeDies() {
    for (Fate fate : List.of(Fate.CUT_BEFORE, Fate.CUT_AFTER)) {
      Dgen doomed =
          host(
              commit ->
                  isOfDelete(commit) ? CompletableFuture.completedFuture(fate) : FaultyStore.GO);
      TenantClient tenant = TenantClient.of(doomed, "t");
      tenant.note("a");
      tenant.after(HOUR).note("delayed");
      assertThatThrownBy(() -> tenant.take("take"));
      cluster.crashed(doomed);
      TenantClient next = TenantClient.of(host(), "t");
      assertThat(next.log())
          .isEqualTo(fate == Fate.CUT_AFTER ? List.of("init") : List.of("init", "a"));
      assertThat(cluster.keys().of(KeyKind.DELAYED)).hasSize(fate == Fate.CUT_AFTER ? 0 : 1);
      next.entity().kill();
      cluster.closeNodes();
    }
  }

  /** A message is sent with a delay while the delete is about to commit. */
  @Test
  void aDelayedMessageThatComesInBetweenGoesWithItsKey() {
    Held hold = new Held(DeleteTest::isOfDelete);
    Dgen host = host(hold);
    TenantClient tenant = TenantClient.of(host, "t");
    tenant.note("a");
    CompletableFuture<List<String>> taken = tenant.takeAsync("take");
    hold.awaitOne();
    TenantClient far = TenantClient.of(cluster.node(), "t");
    far.withIdempotencyKey("k").after(HOUR).note("x");
    hold.release();
    assertThat(taken.join()).containsExactly("init", "a");
    awaitGone();
    far.withIdempotencyKey("k").note("x");
    assertThat(far.log()).containsExactly("init", "x");
    // The delete was tried again, since the message had come.
    assertThat(landlord.ended()).hasSize(2);
  }

  /** Two nodes run the entity; that which did not delete it does not know the new one. */
  @Test
  void otherNodesDoNotRememberIt() {
    TenantClient one = TenantClient.of(host(), "t");
    TenantClient two = TenantClient.of(host(), "t");
    for (int i = 0; i < 3; i++) {
      one.priority().note("a");
      assertThat(two.priority().log()).containsExactly("init", "a");
      assertThat(two.look()).containsExactly("init", "a");
      assertThat((i % 2 == 0 ? one : two).priority().take("take")).containsExactly("init", "a");
      for (TenantClient each : List.of(one, two)) {
        assertThatThrownBy(each::look).isInstanceOf(EntityNotFoundException.class);
      }
    }
    awaitGone();
  }

  @Test
  void tooManyDelayedMessagesForOneTransaction() {
    Dgen host = host();
    TenantClient tenant = TenantClient.of(host, "t");
    tenant.note("a");
    byte[] root = Cluster.OPTIONS.root().getBytes(StandardCharsets.UTF_8);
    UUID node = UUID.randomUUID();
    cluster
        .store()
        .run(
            transaction -> {
              for (long i = 0; i <= 10_000; i++) {
                transaction.set(
                    Tuple.from(0, "Tenant", "t", 26, 4_000_000_000_000L, node, i).pack(root),
                    new byte[0]);
              }
              return true;
            });
    assertThatThrownBy(() -> tenant.take("take"))
        .isInstanceOf(DeadLetterException.class)
        .hasMessageContaining("Tenant(\"t\") has more than 10,000 delayed messages");
    assertThat(landlord.ended()).isEmpty();
    assertThat(tenant.log()).containsExactly("init", "a");
    byte[] one = Tuple.from(0, "Tenant", "t", 26, 4_000_000_000_000L, node, 0L).pack(root);
    cluster
        .store()
        .run(
            transaction -> {
              transaction.clear(one);
              return true;
            });
    assertThat(tenant.take("take")).containsExactly("init", "a");
    awaitGone(KeyKind.DEAD, KeyKind.DEAD_COUNT);
  }

  /** Failures count against the entity that had them. */
  @Test
  void failuresGoWithTheEntity() {
    AtomicInteger failures = new AtomicInteger(2);
    landlord.on(
        "bad",
        context -> {
          if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("as asked");
          }
        });
    Dgen host =
        cluster.node(
            options ->
                options.toBuilder()
                    .failurePolicy(FailurePolicy.builder().restartIntensity(2, HOUR).build())
                    .build());
    host.host(TenantServer.of(landlord));
    TenantClient tenant = TenantClient.of(host, "t");
    tenant.note("bad");
    assertThat(cluster.keys().of(KeyKind.FAILURES)).hasSize(1);
    tenant.leave("leave");
    awaitGone();
    failures.set(2);
    tenant.note("bad");
    assertThat(tenant.log()).containsExactly("init", "bad");
  }

  @Test
  void aPriorityMessageCannotDeleteUnderALock() {
    TenantClient tenant = TenantClient.of(host(), "t");
    landlord.doorman().hold("work");
    CompletableFuture<String> working = tenant.workAsync("work");
    landlord.doorman().awaitArrival("work");
    assertThatThrownBy(() -> tenant.priority().quit("quit"))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("Tenant(\"t\") is locked: Quit, which goes past the lock, cannot");
    assertThatThrownBy(() -> tenant.vanish("vanish")).isInstanceOf(CallbackException.class);
    CompletableFuture<List<String>> waiting = tenant.takeAsync("take");
    landlord.doorman().letIn("work");
    assertThat(working.join()).isEqualTo("done: work");
    assertThat(waiting.join()).containsExactly("init", "work");
    assertThat(landlord.ended()).containsExactly(List.of("init", "work"));
  }

  /** Its node loses the lock, or keeps it; what waited behind it meets the new entity. */
  @Test
  void handleLockedDeletes() {
    Dgen host = host();
    TenantClient near = TenantClient.of(host, "t");
    TenantClient far = TenantClient.of(cluster.node(), "t");
    for (String key : List.of("near", "far")) {
      TenantClient sender = key.equals("near") ? near : far;
      landlord.ended().clear();
      landlord.acted().clear();
      sender.note("a");
      sender.after(HOUR).note("delayed");
      landlord.doorman().hold("take");
      CompletableFuture<String> working = sender.workAsync("take");
      landlord.doorman().awaitArrival("take");
      CompletableFuture<Void> behind = sender.noteAsync("behind");
      near.priority().note("past it");
      landlord.doorman().letIn("take");
      assertThat(working.join()).isEqualTo("done: take");
      behind.join();
      assertThat(sender.log()).containsExactly("init", "behind");
      assertThat(landlord.ended()).containsExactly(List.of("init", "a", "past it"));
      await().until(() -> landlord.acted().contains(List.of("init", "a", "past it")));
      assertThat(cluster.keys().of(KeyKind.DELAYED)).isEmpty();
      TenantClient keyed = sender.withIdempotencyKey(key);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> keyed.work("quit"))
            .isInstanceOf(EntityDeletedException.class)
            .hasMessage("Work deleted Tenant(\"t\"), and gave no reply");
        awaitGone(KeyKind.DONE);
      }
      assertThat(landlord.ended()).hasSize(2);
    }
  }

  @Test
  void ifHandleDeleteRefusesOrFailsUnderALockNothingIsDeleted() {
    Dgen host =
        cluster.node(
            options ->
                options.toBuilder()
                    .failurePolicy(FailurePolicy.builder().lockedThreshold(3).build())
                    .build());
    host.host(TenantServer.of(landlord));
    TenantClient tenant = TenantClient.of(host, "t");
    tenant.note("a");
    tenant.after(HOUR).note("delayed");
    landlord.onDelete(
        (state, context) -> {
          TenantClient.in(context, "other").note("never");
          throw new RefusedException("in-use", "pay first");
        });
    assertThatThrownBy(() -> tenant.work("quit")).hasMessage("in-use: pay first");
    AtomicInteger failures = new AtomicInteger(3);
    landlord.onDelete(
        (state, context) -> {
          TenantClient.in(context, "other").note("never");
          if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("as asked");
          }
        });
    assertThatThrownBy(() -> tenant.work("quit"))
        .isInstanceOf(DeadLetterException.class)
        .hasMessageContaining("as asked");
    assertThat(tenant.log()).containsExactly("init", "a");
    assertThat(cluster.keys().of(KeyKind.DELAYED)).hasSize(1);
    assertThat(cluster.keys().of(KeyKind.LOCK)).isEmpty();
    assertThat(TenantClient.of(host, "other").log()).containsExactly("init");
  }

  @Test
  void aLockThatWasLostDeletesNothing() {
    Dgen host = host();
    TenantClient tenant = TenantClient.of(host, "t");
    landlord.doorman().hold("take");
    tenant.note("a");
    CompletableFuture<String> working = tenant.workAsync("take");
    landlord.doorman().awaitArrival("take");
    tenant.entity().kill();
    assertThatThrownBy(working::join).hasCauseInstanceOf(EntityKilledException.class);
    tenant.note("b");
    landlord.doorman().letIn("take");
    assertThat(tenant.work("work")).isEqualTo("done: work");
    assertThat(tenant.log()).containsExactly("init", "b", "work");
    assertThat(landlord.ended()).isEmpty();
  }

  @Test
  void handleLockedStops() {
    Dgen host =
        cluster.node(
            options ->
                options.toBuilder()
                    .failurePolicy(FailurePolicy.builder().restartIntensity(2, HOUR).build())
                    .build());
    host.host(TenantServer.of(landlord));
    TenantClient tenant = TenantClient.of(host, "t");
    assertThat(tenant.work("stop")).isEqualTo("done: stop");
    assertThat(tenant.log()).containsExactly("init", "stop");
    await().until(() -> landlord.acted().contains(List.of("init", "stop")));
    TenantClient keyed = tenant.withIdempotencyKey("k");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> keyed.work("break"))
          .isInstanceOf(EntityStoppedException.class)
          .hasMessage("Work stopped Tenant(\"t\"): broken");
    }
    assertThat(tenant.log()).containsExactly("init", "stop", "break");
    assertThat(tenant.entity().status().pause()).isEmpty();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> tenant.work("break")).isInstanceOf(EntityStoppedException.class);
    }
    assertThat(tenant.entity().status().pause()).isPresent();
  }

  @Test
  void aPriorityMessageThatFailsDeletesNothing() {
    landlord.onDelete(
        (state, context) -> {
          throw new IllegalStateException("as asked");
        });
    TenantClient tenant = TenantClient.of(host(), "t");
    tenant.note("a");
    assertThatThrownBy(() -> tenant.priority().quit("quit")).isInstanceOf(CallbackException.class);
    assertThat(tenant.log()).containsExactly("init", "a");
    assertThat(Set.copyOf(landlord.ended())).hasSize(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
