package io.dgen.tests.delays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.internal.engine.work.SystemEnvironment;
import io.dgen.spi.Environment;
import io.dgen.tests.harness.ManualEnvironment;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.SkewedEnvironment;
import io.dgen.tests.harness.Threads;
import io.dgen.tests.servers.Journal;
import io.dgen.tests.servers.JournalClient;
import io.dgen.tests.servers.JournalServer;
import io.dgen.tests.servers.ScriptedClient;
import io.dgen.tests.servers.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clocks of nodes differ by minutes: that changes how long a delay lasts, and nothing else. */
@Timeout(120)
class ClockSkewTest extends OnEveryStore {

  private static final Duration MINUTES = Duration.ofMinutes(10);

  private Dgen node(Environment environment, Duration ahead) {
    return cluster.node(
        options ->
            options.toBuilder()
                .environment(new SkewedEnvironment(environment, ahead))
                .livenessTimeout(Duration.ofSeconds(1))
                .build());
  }

  @Test
  void nodesShareEntitiesAndCountEachMessageOnce() throws Exception {
    try (SystemEnvironment environment = new SystemEnvironment()) {
      Dgen ahead = node(environment, MINUTES).host(JournalServer.of());
      Dgen behind = node(environment, MINUTES.negated()).host(JournalServer.of());
      Dgen sender = node(environment, Duration.ZERO);
      List<String> ids = IntStream.range(0, 20).mapToObj(i -> "j" + i).toList();
      for (Dgen node : List.of(ahead, behind, sender)) {
        await().untilAsserted(() -> assertThat(owners(node, ids)).hasSize(2));
      }
      Threads.run(
          3,
          thread -> {
            Dgen node = List.of(ahead, behind, sender).get(thread);
            for (int sequence = 1; sequence <= 10; sequence += 2) {
              for (String id : ids) {
                JournalClient.of(node, id).note("s" + thread, sequence);
                JournalClient.of(node, id).append("s" + thread, sequence + 1);
              }
            }
          });
      Journal.Receipt once = keyed(ahead).append("k", 1);
      assertThat(keyed(behind).append("k", 1)).isEqualTo(once);
      assertThat(keyed(sender).append("k", 1)).isEqualTo(once);
      // Nobody was taken for dead meanwhile, and who leaves is replaced.
      assertThat(owners(sender, ids)).hasSize(2);
      ahead.close();
      for (String id : ids) {
        Journal.Summary summary = JournalClient.of(sender, id).report();
        assertThat(summary.faults()).isEmpty();
        assertThat(summary.position()).isEqualTo(id.equals("j0") ? 31 : 30);
      }
      cluster.closeNodes();
    }
  }

  private static JournalClient keyed(Dgen node) {
    return JournalClient.of(node, "j0").withIdempotencyKey("key");
  }

  private static Set<UUID> owners(Dgen node, List<String> ids) {
    return ids.stream()
        .map(id -> node.admin().entity("Journal", id).status().owner().orElseThrow())
        .collect(Collectors.toSet());
  }

  @Test
  void onANodeThatIsAheadADelayIsOverEarly() {
    ManualEnvironment time = new ManualEnvironment();
    node(time, MINUTES).host(ScriptedServer.of((script, context) -> script));
    Dgen sender = node(time, Duration.ZERO);
    ScriptedClient scripted = ScriptedClient.of(sender, "a");
    scripted.after(MINUTES.dividedBy(2)).note("x");
    awaitGot(time, scripted, "x");
  }

  @Test
  void onANodeThatIsBehindADelayIsOverLateAndNotEarly() {
    ManualEnvironment time = new ManualEnvironment();
    Dgen host = node(time, MINUTES.negated()).host(ScriptedServer.of((script, context) -> script));
    Dgen sender = node(time, Duration.ZERO);
    ScriptedClient scripted = ScriptedClient.of(sender, "a");
    scripted.after(Duration.ofSeconds(10)).note("x");
    for (int i = 0; i < 5; i++) {
      time.advance(Duration.ofMinutes(2));
      ScriptedClient.of(host, "a").note("" + i);
    }
    assertThat(ScriptedClient.of(host, "a").got()).containsExactly("0", "1", "2", "3", "4");
    awaitGot(time, scripted, "0", "1", "2", "3", "4", "x");
  }

  /** Lets time pass until the entity has got something. */
  private static void awaitGot(ManualEnvironment time, ScriptedClient scripted, String... what) {
    await()
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .untilAsserted(
            () -> {
              time.advance(Duration.ofSeconds(1));
              assertThat(scripted.got()).containsExactly(what);
            });
  }
}
