package io.dgen.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.internal.store.Environments;
import io.dgen.simulation.SimulatedStore.Faults;
import io.dgen.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Callbacks that take long, beside a store whose transactions live for five seconds. */
class SlowCallbackTest {

  private static final int ENOUGH = 20;

  private final Simulation simulation = new Simulation(1);
  private final Simulation.Life world = new Simulation.Life();
  private final SimulatedNode environment = new SimulatedNode(simulation);
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

  private interface Pace {
    Duration of(String name, int attempt);
  }

  private List<String> run(Pace pace) {
    Store store =
        Environments.deterministic(
            simulation::nanos,
            (task, delay) -> simulation.schedule(world, delay, task)::cancel,
            simulation.random());
    CompletableFuture<List<String>> done = new CompletableFuture<>();
    simulation.start(
        world,
        () -> {
          Dgen dgen =
              Dgen.open(
                  new SimulatedStore(simulation, environment, store, Faults.NONE),
                  DgenOptions.DEFAULT
                      .withEnvironment(environment)
                      .withCloseStore(false)
                      .withTimeout(Duration.ofMinutes(10)));
          dgen.host(
              SlowServer.of(
                  (name, attempt) -> {
                    runs.add(name + " " + attempt);
                    if (runs.size() < ENOUGH) {
                      simulation.sleep(pace.of(name, attempt));
                    }
                  }));
          SlowClient client = SlowClient.of(dgen, "s");
          // The others wait in the lane while the first runs, and make one batch.
          List<CompletableFuture<Void>> sent = new ArrayList<>();
          for (String name : List.of("first", "a", "b", "c")) {
            sent.add(client.workAsync(name));
            if (name.equals("first")) {
              simulation.sleep(Duration.ofMillis(5));
            }
          }
          sent.forEach(simulation::await);
          List<String> result = client.done();
          dgen.close();
          done.complete(result);
        });
    simulation.runUntil(done);
    return done.join();
  }
}
