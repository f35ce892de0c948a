package io.dgen.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.internal.store.Environments;
import io.dgen.simulation.SimulatedStore.Faults;
import io.dgen.store.Store;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * A node that stands still for so long that the others sweep what it left, as a machine does that
 * is suspended, and then goes on.
 */
class SuspendedNodeTest {

  private final Simulation simulation = new Simulation(1);
  private final Simulation.Life world = new Simulation.Life();

  @Test
  void aNodeThatWasSweptGetsRepliesAgain() {
    Store store =
        Environments.deterministic(
            simulation::nanos,
            (task, delay) -> simulation.schedule(world, delay, task)::cancel,
            simulation.random());
    SimulatedNode near = new SimulatedNode(simulation);
    SimulatedNode far = new SimulatedNode(simulation);
    CompletableFuture<Integer> place = new CompletableFuture<>();
    simulation.start(
        world,
        () -> {
          Dgen host = open(store, near).host(JournalServer.of());
          Dgen sender = open(store, far);
          JournalClient journal = JournalClient.of(sender, "j");
          assertThat(journal.ask(1, 1, 0)).isZero();
          far.suspend(Duration.ofHours(1));
          simulation.sleep(Duration.ofMinutes(61));
          place.complete(journal.ask(1, 2, 0));
          sender.close();
          host.close();
        });
    simulation.runUntil(place);
    assertThat(place).isCompletedWithValue(1);
  }

  private Dgen open(Store store, SimulatedNode environment) {
    return Dgen.open(
        new SimulatedStore(simulation, environment, store, new Faults(0.05, 0.05, 0.05, 0.05)),
        DgenOptions.DEFAULT
            .withEnvironment(environment)
            .withCloseStore(false)
            .withTimeout(Duration.ofMinutes(2)));
  }
}
