package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.Failure;
import io.dgen.Failure.Kind;
import io.dgen.FailurePolicy;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Lives;
import io.dgen.tests.servers.MortalClient;
import io.dgen.tests.servers.MortalServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A node, and an entity whose messages fail as often as they say; and what its listener heard. */
abstract class FailingEntity extends OnEveryStore {

  static final int FOR_EVER = 1_000_000;

  /** So long that no failure of a test is forgotten. */
  static final Duration LONG = Duration.ofHours(1);

  final Lives lives = new Lives();
  final List<Failure> failures = new CopyOnWriteArrayList<>();

  final Dgen node(UnaryOperator<FailurePolicy> policy) {
    // Polls do not help: what must wake an entity must do so by itself.
    return cluster.node(
        options ->
            options.toBuilder()
                .pollInterval(LONG)
                .failurePolicy(policy.apply(options.failurePolicy()))
                .failureListener(failures::add)
                .build());
  }

  final MortalClient mortal(UnaryOperator<FailurePolicy> policy) {
    return MortalClient.of(node(policy).host(MortalServer.of(lives)), "m");
  }

  /** The listener is told in order, but on a thread of its own, and so maybe a little later. */
  final void awaitFailures(Kind... kinds) {
    await()
        .untilAsserted(() -> assertThat(failures).extracting(Failure::kind).containsExactly(kinds));
  }

  final void assertClean(int deadLetters) {
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    assertThat(cluster.keys().of(KeyKind.DEAD)).hasSize(deadLetters);
    assertThat(cluster.keys().of(KeyKind.DEAD_COUNT)).hasSize(deadLetters > 0 ? 1 : 0);
    cluster.keys().assertOnlyIdleEntities(KeyKind.DEAD, KeyKind.DEAD_COUNT);
  }
}
