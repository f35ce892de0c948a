package io.dgen.tests.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.EntityAdmin;
import io.dgen.FailurePolicy;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.CallbackException;
import io.dgen.error.DeadLetterException;
import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Landlord;
import io.dgen.tests.servers.LessonsClient;
import io.dgen.tests.servers.OldLessons.Level;
import io.dgen.tests.servers.OldLessonsClient;
import io.dgen.tests.servers.OldLessonsServer;
import io.dgen.tests.servers.TenantClient;
import io.dgen.tests.servers.TenantServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** An operator deletes an entity: a message in its place in the queue. */
class AdminDeleteTest extends OnEveryStore {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Landlord landlord = new Landlord();

  private Dgen host() {
    return cluster.node(
        options ->
            options.toBuilder()
                .failurePolicy(FailurePolicy.builder().deadLetterThreshold(3).build())
                .build());
  }

  private Dgen hostTenants() {
    return host().host(TenantServer.of(landlord));
  }

  private void awaitGone() {
    StoredKeys.awaitIdle(cluster::keys);
    StoredKeys keys = cluster.keys();
    Arrays.stream(KeyKind.values())
        .filter(kind -> kind.isOfEntity() || kind == KeyKind.DUE)
        .forEach(kind -> assertThat(keys.of(kind)).as(kind.name()).isEmpty());
  }

  @Test
  void fromAnyNodeWithAndWithoutTheServersClasses() {
    Dgen host = hostTenants();
    Dgen other = cluster.node();
    TenantClient tenant = TenantClient.of(host, "t");
    for (EntityAdmin<?> admin :
        List.of(
            tenant.entity(),
            TenantClient.of(other, "t").entity(),
            host.admin().entity("Tenant", "t"),
            other.admin().entity("Tenant", "t"))) {
      landlord.ended().clear();
      landlord.ran().clear();
      tenant.note("a");
      tenant.after(HOUR).note("delayed");
      assertThat(admin.delete()).isTrue();
      assertThat(landlord.ended()).containsExactly(List.of("init", "a"));
      awaitGone();
      // There is nothing to delete, and nothing is made for that.
      tenant.after(HOUR).note("delayed");
      assertThat(admin.deleteAsync().join()).isFalse();
      assertThat(landlord.ran()).containsExactly("init", "a");
      assertThat(landlord.ended()).hasSize(1);
      awaitGone();
    }
    tenant.note("b");
    assertThat(other.admin().delete("Tenant", "t")).isTrue();
    assertThat(other.admin().delete("Tenant", "t")).isFalse();
    assertThatThrownBy(() -> other.admin().delete("Tenant", "\ud800"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itKeepsItsPlaceAmongTheMessagesOfItsSender() {
    Dgen host = hostTenants();
    for (Dgen sender : List.of(host, cluster.node())) {
      TenantClient tenant = TenantClient.of(sender, "t");
      List<CompletableFuture<?>> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sent.add(tenant.noteAsync("before " + i));
      }
      sent.add(tenant.entity().deleteAsync());
      sent.add(tenant.noteAsync("behind"));
      sent.forEach(CompletableFuture::join);
      assertThat(tenant.log()).containsExactly("init", "behind");
      assertThat(landlord.ended().getLast()).endsWith("before 18", "before 19");
    }
  }

  @Test
  void itWaitsForAPauseAndIsSeenInTheQueue() {
    Dgen host = hostTenants();
    Dgen other = cluster.node();
    TenantClient tenant = TenantClient.of(host, "t");
    tenant.note("a");
    EntityAdmin<String> admin = other.admin().entity("Tenant", "t");
    assertThat(admin.pause("look at it")).isTrue();
    assertThatThrownBy(() -> admin.withTimeout(Duration.ofMillis(50)).delete())
        .isInstanceOf(CallTimeoutException.class)
        .hasMessageStartingWith("no reply to delete() to Tenant(\"t\") within 50 ms")
        .hasMessageEndingWith("It is not withdrawn and may still be executed");
    assertThat(admin.queue(9))
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.message()).isEqualTo("delete()");
              assertThat(message.json()).isEqualTo("null");
            });
    for (Dgen node : List.of(host, other)) {
      assertThat(node.admin().entity("Tenant", "t").status().first().orElseThrow())
          .satisfies(
              first -> {
                assertThat(first.message()).isEqualTo("delete()");
                assertThat(first.decodable()).isTrue();
              });
      assertThatThrownBy(() -> TenantClient.of(node, "t").entity().setAside())
          .hasMessageContaining("its first message, delete(), needs no decoding");
    }
    assertThat(tenant.look()).containsExactly("init", "a");
    assertThat(admin.resume()).isTrue();
    awaitGone();
    assertThat(landlord.ended()).hasSize(1);
  }

  @Test
  void itWaitsForALockAndForMessagesThatAreTriedAgain() {
    TenantClient tenant = TenantClient.of(hostTenants(), "t");
    landlord.doorman().hold("work");
    CompletableFuture<String> working = tenant.workAsync("work");
    landlord.doorman().awaitArrival("work");
    CompletableFuture<Void> doomed = tenant.noteAsync("bad");
    CompletableFuture<Boolean> deleted = tenant.entity().deleteAsync();
    landlord.on(
        "bad",
        context -> {
          if (context.attempt() == 1) {
            throw new IllegalStateException("as asked");
          }
        });
    landlord.doorman().letIn("work");
    assertThat(working.join()).isEqualTo("done: work");
    doomed.join();
    assertThat(deleted.join()).isTrue();
    assertThat(landlord.ended()).containsExactly(List.of("init", "work", "bad"));
  }

  @Test
  void anEntityWhoseInitFailsDoesNotExist() {
    landlord.on(
        "init",
        context -> {
          throw new IllegalStateException("as asked");
        });
    Dgen host = hostTenants();
    assertThatThrownBy(() -> TenantClient.of(host, "t").note("a"))
        .isInstanceOf(CallbackException.class);
    assertThat(host.admin().delete("Tenant", "t")).isFalse();
    assertThat(cluster.node().admin().delete("Tenant", "t")).isFalse();
    awaitGone();
  }

  @Test
  void handleDeleteMayRefuse() {
    Dgen host = hostTenants();
    landlord.onDelete(
        (state, context) -> {
          throw new RefusedException("in-use", "pay first");
        });
    TenantClient tenant = TenantClient.of(host, "t");
    tenant.note("a");
    for (Dgen node : List.of(host, cluster.node())) {
      assertThatThrownBy(() -> node.admin().delete("Tenant", "t"))
          .isInstanceOf(RefusedException.class)
          .hasMessage("in-use: pay first");
    }
    assertThat(tenant.log()).containsExactly("init", "a");
  }

  /** It never becomes a dead letter: whoever requeues all letters does not mean to delete. */
  @Test
  void ifHandleDeleteFailsItIsGivenUpAndLeavesNoLetter() {
    Dgen host = hostTenants();
    landlord.onDelete(
        (state, context) -> {
          throw new IllegalStateException("as asked");
        });
    TenantClient tenant = TenantClient.of(host, "t");
    tenant.note("a");
    for (Dgen node : List.of(host, cluster.node())) {
      assertThatThrownBy(() -> node.admin().entity("Tenant", "t").deleteAsync().join())
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              CallbackException.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE))
          .hasMessageContaining(
              "Tenant(\"t\") was not deleted: delete() was given up after 3 attempts, the last of"
                  + " which failed with java.lang.IllegalStateException: as asked");
    }
    assertThat(tenant.log()).containsExactly("init", "a");
    assertThat(tenant.entity().deadLetters().length()).isZero();
    assertThat(landlord.ended()).hasSize(6);
    tenant.entity().kill();
    awaitGone();
  }

  @Test
  void itWaitsBehindAMessageThatCannotBeDecoded() {
    Dgen host = host().host(OldLessonsServer.of());
    Dgen other = cluster.node();
    OldLessonsClient lessons = OldLessonsClient.of(other, "a");
    lessons.learn("letters", Level.EASY);
    CompletableFuture<Integer> exam = LessonsClient.of(other, "a").examAsync("runes");
    await().until(() -> lessons.entity().queueLength() == 1);
    CompletableFuture<Boolean> deleted = lessons.entity().deleteAsync();
    await().until(() -> lessons.entity().queueLength() == 2);
    String letter = OldLessonsClient.of(host, "a").entity().setAside();
    assertThatThrownBy(exam::join).hasCauseInstanceOf(DeadLetterException.class);
    assertThat(deleted.join()).isTrue();
    assertThat(lessons.entity().deadLetters().discard(letter)).isTrue();
    awaitGone();
  }
}
