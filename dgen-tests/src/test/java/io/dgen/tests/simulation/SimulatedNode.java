package io.dgen.tests.simulation;

import io.dgen.spi.Environment;
import io.dgen.tests.model.Reached;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/** The environment of one node. After {@link #crash} nothing of it runs again. */
final class SimulatedNode implements Environment {

  private final Simulation simulation;

  /** How far its clock on the wall is ahead of the simulation's. */
  private final Duration ahead;

  private final Simulation.Life life = new Simulation.Life();

  SimulatedNode(Simulation simulation, Duration ahead) {
    this.simulation = simulation;
    this.ahead = ahead;
  }

  /** Ends the node where it stands: no finally block, no last word. */
  void crash() {
    simulation.reach(Reached.CRASH);
    life.end();
  }

  /** Stands still for a while, as if the machine were suspended. */
  void suspend(Duration duration) {
    life.suspend(simulation.nanos() + duration.toNanos());
  }

  Simulation.Life life() {
    return life;
  }

  @Override
  public long nanoTime() {
    return simulation.nanos();
  }

  @Override
  public Instant now() {
    return simulation.now().plus(ahead);
  }

  @Override
  public RandomGenerator random() {
    return simulation.random();
  }

  @Override
  public void execute(Runnable task) {
    simulation.start(life, task);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return simulation.schedule(life, delay, task)::cancel;
  }

  @Override
  public <T> T await(CompletableFuture<T> future) {
    simulation.await(future);
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
