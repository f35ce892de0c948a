package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.Failure.Kind;
import io.dgen.error.DeadLetterException;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.servers.FailingLockClient;
import io.dgen.tests.servers.FailingLockServer;
import io.dgen.tests.servers.MortalClient;
import io.dgen.tests.servers.MortalServer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a failure listener hears, and when. */
class FailureListenerTest extends FailingEntity {

  @Test
  void aListenerHearsOfEverythingInOrder() {
    MortalClient mortal =
        mortal(
            policy -> policy.toBuilder().deadLetterThreshold(2).restartIntensity(1, LONG).build());
    mortal.work("a", FOR_EVER);
    await().until(() -> failures.stream().anyMatch(it -> it.kind() == Kind.PAUSE));
    mortal.entity().resume();
    await().until(() -> failures.stream().anyMatch(it -> it.kind() == Kind.DEAD_LETTER));
    awaitFailures(Kind.ATTEMPT, Kind.ATTEMPT, Kind.PAUSE, Kind.DEAD_LETTER);
    assertThat(failures)
        .allSatisfy(
            failure -> {
              assertThat(failure.server()).isEqualTo("Mortal");
              assertThat(failure.id()).isEqualTo("m");
              assertThat(failure.message()).isEqualTo("Work");
            });
    assertThat(failures.get(1).attempts()).isEqualTo(2);
    assertThat(failures.get(1).reason().orElseThrow()).hasMessage("attempt 2 of a");
    assertThat(failures.get(3).attempts()).isEqualTo(2);
  }

  /** The commit that gives a lock back wakes the next round, whose news must not come first. */
  @Test
  void aListenerHearsOfAFailedLockBeforeWhatFollows() {
    CompletableFuture<Void> overtaken = new CompletableFuture<>();
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit ->
                    commit.writes(KeyKind.LOCK) && commit.writes(KeyKind.QUEUE)
                        ? CompletableFuture.completedFuture(Fate.UNKNOWN_BUT_COMMITTED)
                        : FaultyStore.GO)
            // Time for a round that does not wait.
            .betweenCommitAndUnknownResult(
                () -> overtaken.completeOnTimeout(null, 200, TimeUnit.MILLISECONDS).join());
    cluster
        .node(
            store,
            options ->
                options.toBuilder()
                    .failurePolicy(options.failurePolicy().toBuilder().lockedThreshold(1).build())
                    .failureListener(
                        failure -> {
                          failures.add(failure);
                          if (failure.kind() == Kind.DEAD_LETTER) {
                            overtaken.complete(null);
                          }
                        })
                    .build())
        .host(FailingLockServer.of());
    FailingLockClient locks = FailingLockClient.of(cluster.node(), "v");
    assertThatThrownBy(() -> locks.open("bad", FOR_EVER)).isInstanceOf(DeadLetterException.class);
    await().until(() -> failures.size() > 1);
    awaitFailures(Kind.ATTEMPT, Kind.DEAD_LETTER);
    assertClean(1);
  }

  /** Slow or broken, it holds nothing up. */
  @Test
  void aListenerThatBlocksOrFailsHoldsNothingUp() {
    CompletableFuture<Void> held = new CompletableFuture<>();
    Dgen node =
        cluster.node(
            options ->
                options.toBuilder()
                    .failures(it -> it.deadLetterThreshold(2))
                    .failureListener(
                        failure -> {
                          failures.add(failure);
                          held.join();
                          throw new IllegalStateException("no ear for it");
                        })
                    .build());
    MortalClient mortal = MortalClient.of(node.host(MortalServer.of(lives)), "m");
    assertThatThrownBy(() -> mortal.task("a", FOR_EVER)).isInstanceOf(DeadLetterException.class);
    assertThat(failures).hasSize(1);
    held.complete(null);
    await().until(() -> failures.size() == 3);
  }
}
