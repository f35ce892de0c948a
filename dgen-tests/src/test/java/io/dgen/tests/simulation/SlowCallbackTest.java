package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DgenOptions;
import io.dgen.tests.servers.SlowClient;
import io.dgen.tests.servers.SlowServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Callbacks that take long, beside a store whose transactions live for five seconds. */
class SlowCallbackTest {

  private static final int ENOUGH = 20;

  private final SimulatedCluster cluster =
      new SimulatedCluster(
          1, Faults.NONE, DgenOptions.builder().timeout(Duration.ofMinutes(10)).build());
  private final Simulation simulation = cluster.simulation();
  private final List<String> runs = new ArrayList<>();

  /** Together they outlive a transaction, though neither does alone. */
  @Test
  void eachOfABatchMayTakeNearlyAsLongAsATransactionLives() {
    List<String> done =
        run(
            (name, attempt) ->
                switch (name) {
                  case "a" -> Duration.ofMillis(900);
                  case "b" -> Duration.ofMillis(4300);
                  default -> Duration.ofMillis(10);
                });
    assertThat(done).containsExactly("first", "a", "b", "c");
    assertThat(runs).doesNotContain("b 2").hasSizeLessThan(ENOUGH);
  }

  /** It would be tried for ever, and nobody would know. */
  @Test
  void oneThatOutlivesItsTransactionFails() {
    List<String> done =
        run(
            (name, attempt) ->
                name.equals("b") && attempt < 3 ? Duration.ofSeconds(10) : Duration.ofMillis(10));
    assertThat(done).containsExactly("first", "a", "b", "c");
    assertThat(runs.stream().filter(run -> run.startsWith("b"))).contains("b 1", "b 2", "b 3");
    assertThat(runs).hasSizeLessThan(ENOUGH);
  }

  /** As when the cluster cannot be reached for a while, or is at its limit. */
  @Test
  void aStoreThatIsSlowIsNoFaultOfTheCallback() {
    cluster.run(
        () -> {
          Node node =
              cluster.open(SlowServer.of((name, attempt) -> runs.add(name + " " + attempt)));
          SlowClient client = SlowClient.of(node.dgen(), "s");
          client.work("first");
          node.delay(Duration.ofSeconds(6));
          CompletableFuture<Void> sent = client.workAsync("a");
          simulation.sleep(Duration.ofMinutes(1));
          assertThat(sent).isNotDone();
          node.delay(Duration.ZERO);
          simulation.await(sent);
          assertThat(client.done()).containsExactly("first", "a");
          cluster.close(List.of(node));
        });
    assertThat(runs).contains("a 1").doesNotContain("a 2");
  }

  private interface Pace {
    Duration of(String name, int attempt);
  }

  private List<String> run(Pace pace) {
    List<String> done = new ArrayList<>();
    cluster.run(
        () -> {
          Node node = cluster.open(SlowServer.of((name, attempt) -> work(pace, name, attempt)));
          SlowClient client = SlowClient.of(node.dgen(), "s");
          // The others wait in the lane while the first runs, and make one batch.
          List<CompletableFuture<Void>> sent = new ArrayList<>();
          for (String name : List.of("first", "a", "b", "c")) {
            sent.add(client.workAsync(name));
            if (name.equals("first")) {
              simulation.sleep(Duration.ofMillis(5));
            }
          }
          sent.forEach(simulation::await);
          done.addAll(client.done());
          cluster.close(List.of(node));
        });
    return done;
  }

  private void work(Pace pace, String name, int attempt) {
    runs.add(name + " " + attempt);
    if (runs.size() < ENOUGH) {
      simulation.sleep(pace.of(name, attempt));
    }
  }
}
