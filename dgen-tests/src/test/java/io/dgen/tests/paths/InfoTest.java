package io.dgen.tests.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.CallbackException;
import io.dgen.error.DgenException;
import io.dgen.error.NotHostedException;
import io.dgen.tests.harness.Durable;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.Flaky.How;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.servers.LargeValuesClient;
import io.dgen.tests.servers.LargeValuesServer;
import io.dgen.tests.servers.Runs;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Info messages: at once, past the queue, on the node that sends them. */
class InfoTest extends OnEveryStore {

  private final Runs runs = new Runs();

  @Test
  void isAppliedWhenItReturns() {
    FlakyClient flaky = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    flaky.hint("a", false);
    flaky.hint("b", false);
    assertThat(flaky.done()).containsExactly("a", "b");
  }

  @Test
  @Durable
  void itsChangeIsDurableWhenItReturns() {
    FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f").hint("a", false);
    cluster.restart();
    FlakyClient again = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    assertThat(again.done()).containsExactly("a");
  }

  @Test
  void doesNothingIfItsNodeDiesBeforeTheCommit() {
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit ->
                    commit.writes(KeyKind.STATE)
                        ? CompletableFuture.completedFuture(Fate.CUT_BEFORE)
                        : FaultyStore.GO);
    Dgen dying = cluster.node(store, options -> options).host(FlakyServer.of(runs));
    assertThatThrownBy(() -> FlakyClient.of(dying, "f").hint("lost", false))
        .isInstanceOf(DgenException.class);
    assertThat(runs.attempts("lost")).isNotEmpty();
    cluster.crashed(dying);
    FlakyClient heir = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    heir.hint("kept", false);
    assertThat(heir.done()).containsExactly("kept");
  }

  @Test
  void failsAtItsSenderAndIsNotTriedAgain() {
    FlakyClient flaky = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    assertThatThrownBy(() -> flaky.hint("bad", true))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("Hint")
        .hasMessageContaining("Flaky(\"f\")")
        .cause()
        .hasMessage("as asked: bad");
    flaky.hint("good", false);
    assertThat(flaky.done()).containsExactly("good");
    assertThat(runs.attempts("bad")).containsExactly(1);
  }

  @Test
  void doesNotWaitForAMessageThatBacksOff() {
    FlakyClient flaky = FlakyClient.of(cluster.host(FlakyServer.of(runs)), "f");
    flaky.work("bad", 30, How.EXCEPTION);
    await().until(() -> runs.attempts("bad").size() > 1);
    flaky.hint("past", false);
    assertThat(flaky.done()).containsExactly("past", "bad");
  }

  @Test
  void needsAHost() {
    cluster.host(FlakyServer.of(runs));
    FlakyClient flaky = FlakyClient.of(cluster.node(), "f");
    assertThatThrownBy(() -> flaky.hint("a", false))
        .isInstanceOf(NotHostedException.class)
        .hasMessageContaining("FlakyServer.of()");
    assertThat(flaky.done()).isEmpty();
  }

  @Test
  void fromAHostThatDoesNotOwnTheEntity() {
    Dgen first = cluster.host(FlakyServer.of(runs));
    Dgen second = cluster.host(FlakyServer.of(runs));
    for (int entity = 0; entity < 10; entity++) {
      FlakyClient near = FlakyClient.of(first, "f" + entity);
      FlakyClient far = FlakyClient.of(second, "f" + entity);
      near.hint("a", false);
      far.hint("b", false);
      near.hint("c", false);
      assertThat(near.done()).containsExactly("a", "b", "c");
      assertThat(far.done()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void thatIsTooLargeFailsAlone() {
    Dgen node = cluster.host(LargeValuesServer.of());
    LargeValuesClient large = LargeValuesClient.of(node, "a");
    large.stick("small", new byte[10]);
    CompletableFuture<Void> big = large.stickAsync("big", new byte[11_000_000]);
    CompletableFuture<Void> cast = large.pasteAsync("cast", new byte[10]);
    CompletableFuture<Void> small = large.stickAsync("next", new byte[10]);
    assertThatThrownBy(big::join).hasCauseInstanceOf(DgenException.class);
    small.join();
    cast.join();
    assertThat(large.weight()).isEqualTo(30);
  }
}
