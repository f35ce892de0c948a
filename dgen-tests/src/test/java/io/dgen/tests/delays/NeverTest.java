package io.dgen.tests.delays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.DelayedMessage;
import io.dgen.Dgen;
import io.dgen.EntityStatus;
import io.dgen.FailurePolicy;
import io.dgen.error.CallTimeoutException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.Foreman;
import io.dgen.tests.servers.ScriptedClient;
import io.dgen.tests.servers.ScriptedServer;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Durations that mean "never" are taken wherever there is one, and mean it. */
@Timeout(60)
class NeverTest extends OnEveryStore {

  static Stream<Duration> durations() {
    return Stream.of(
        Duration.ofSeconds(Long.MAX_VALUE),
        ChronoUnit.FOREVER.getDuration(),
        Duration.ofDays(365 * 300),
        Duration.ofNanos(Long.MAX_VALUE),
        Duration.ofDays(365 * 150));
  }

  @ParameterizedTest
  @MethodSource("durations")
  void everyOptionAtOnce(Duration never) {
    Dgen host =
        cluster.node(
            options ->
                options.toBuilder()
                    .timeout(never)
                    .maxRetryDelay(never)
                    .lockTimeout(never)
                    .idempotencyRetention(never)
                    .livenessTimeout(never)
                    .pollInterval(never)
                    .closeTimeout(never)
                    .failurePolicy(FailurePolicy.builder().restartIntensity(100, never).build())
                    .build());
    Foreman foreman = new Foreman().fail("chair", 2);
    host.host(WorkshopServer.of(foreman));
    Dgen sender = cluster.node();
    for (Dgen node : List.of(host, sender)) {
      WorkshopClient workshop = WorkshopClient.of(node, "w").withTimeout(never);
      workshop.add("x");
      assertThat(workshop.withIdempotencyKey("k").say("y")).isEqualTo("said y");
      assertThat(workshop.build("chair")).isEqualTo("made chair");
      assertThat(workshop.done()).contains("x", "y");
    }
    WorkshopClient workshop = WorkshopClient.of(host, "w");
    DelayedMessage delayed = workshop.after(never).add("never");
    assertThat(sender.cancel(delayed)).isTrue();
    workshop.entity().kill();
    assertThat(workshop.done()).isEmpty();
  }

  /** It fails once, and is not tried again; what it costs is its own. */
  @ParameterizedTest
  @MethodSource("durations")
  void aMessageThatIsNeverTriedAgain(Duration never) {
    Dgen node =
        cluster.node(
            options -> options.toBuilder().firstRetryDelay(never).maxRetryDelay(never).build());
    node.host(
        ScriptedServer.of(
            (script, context) -> {
              throw new IllegalStateException("as asked");
            }));
    ScriptedClient scripted = ScriptedClient.of(node, "a");
    scripted.act("x");
    EntityStatus.First first =
        await()
            .until(
                () -> node.admin().entity("Scripted", "a").status().first(),
                it -> it.isPresent() && it.get().attempts() > 0)
            .orElseThrow();
    assertThat(first.lastError()).contains("as asked");
    assertThatThrownBy(() -> scripted.withTimeout(Duration.ofMillis(50)).got())
        .isInstanceOf(CallTimeoutException.class);
    assertThat(node.admin().entity("Scripted", "a").status().first())
        .map(EntityStatus.First::attempts)
        .contains(1);
    assertThat(ScriptedClient.of(node, "b").got()).isEmpty();
    scripted.entity().kill();
    assertThat(scripted.got()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("durations")
  void aTransactionOfTheStore(Duration never) {
    TransactionOptions options = TransactionOptions.builder().timeout(never).build();
    byte[] value = {1};
    try (Transaction transaction = cluster.store().createTransaction(options)) {
      transaction.set(value, value);
      assertThat(transaction.get(value).join()).isEqualTo(value);
      transaction.commit().join();
    }
  }
}
