package io.dgen.tests.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.DeadLetters;
import io.dgen.Dgen;
import io.dgen.EntityAdmin;
import io.dgen.error.DeadLetterException;
import io.dgen.error.NotHostedException;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.Lives;
import io.dgen.tests.servers.MortalClient;
import io.dgen.tests.servers.MortalServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What {@code dgen.admin()} does to an entity without its server's classes, on another node. */
class AdminTest extends OnEveryStore {

  private static final int FOR_EVER = 1_000_000;

  private MortalClient hosted() {
    Dgen host =
        cluster
            .node(options -> options.toBuilder().failures(it -> it.deadLetterThreshold(2)).build())
            .host(MortalServer.of(new Lives()));
    return MortalClient.of(host, "m");
  }

  private EntityAdmin<String> admin() {
    return cluster.node().admin().entity("Mortal", "m");
  }

  @Test
  void showsDeadLettersAsJson() {
    MortalClient mortal = hosted();
    assertThatThrownBy(() -> mortal.task("bad", FOR_EVER)).isInstanceOf(DeadLetterException.class);
    DeadLetters<String> dead = admin().deadLetters();
    assertThat(dead.length()).isEqualTo(1);
    assertThat(dead.list(10).items())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.name()).isEqualTo("Task");
              assertThat(letter.message().orElseThrow())
                  .startsWith("{")
                  .contains("\"name\": \"bad\"");
              assertThat(letter.problem()).isEmpty();
              assertThat(letter.attempts()).isEqualTo(2);
            });
    String key = dead.list(1).items().getFirst().key();
    assertThat(dead.requeue(key)).isTrue();
    await().until(() -> dead.length() == 1);
    assertThat(dead.purge()).isEqualTo(1);
    assertThat(mortal.entity().deadLetters().length()).isZero();
  }

  @Test
  void pausesAndResumes() {
    MortalClient mortal = hosted();
    EntityAdmin<String> admin = admin();
    assertThat(admin.pause("for the test")).isTrue();
    mortal.workAsync("later", 0).join();
    assertThat(admin.queueLength()).isEqualTo(1);
    assertThat(admin.queue(10))
        .singleElement()
        .satisfies(it -> assertThat(it.message()).isEqualTo("Work"));
    assertThat(admin.status()).isEqualTo(mortal.entity().status());
    assertThat(admin.resume()).isTrue();
    assertThat(mortal.read().done()).containsExactly("later");
    assertThat(admin.stateAsJson()).contains("later").isEqualTo(mortal.entity().stateAsJson());
    assertThat(admin.breakLock()).isFalse();
  }

  @Test
  void killsFromAnyNodeAndResetsWhereTheServerIsHosted() {
    MortalClient mortal = hosted();
    mortal.work("a", 0);
    EntityAdmin<String> admin = admin();
    assertThatThrownBy(admin::reset).isInstanceOf(NotHostedException.class);
    assertThat(admin.resetAsync()).isCompletedExceptionally();
    assertThat(admin.status().exists()).isTrue();
    admin.kill();
    assertThat(admin.status().exists()).isFalse();
    mortal.work("b", 0);
    admin.killAsync().join();
    mortal.entity().reset();
    assertThat(mortal.read().done()).isEmpty();
  }

  @Test
  void namesItsEntity() {
    EntityAdmin<String> admin = admin();
    assertThat(admin.server()).isEqualTo("Mortal");
    assertThat(admin.id()).isEqualTo("m");
    assertThatThrownBy(() -> admin.withTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
