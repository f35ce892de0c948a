package io.dgen.internal.engine.work;

import io.dgen.spi.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * An environment in which an interrupt ends no wait of the engine. A thread that has run user code
 * may be interrupted by it at any time, even long after it has moved on to other work: such an
 * interrupt stays set on the thread, and ends nothing.
 */
public record Steady(Environment environment) implements Environment {

  @Override
  public long nanoTime() {
    return environment.nanoTime();
  }

  @Override
  public Instant now() {
    return environment.now();
  }

  @Override
  public RandomGenerator random() {
    return environment.random();
  }

  @Override
  public void execute(Runnable task) {
    environment.execute(task);
  }

  @Override
  public void executeUserCode(Runnable task) {
    environment.executeUserCode(task);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return environment.schedule(delay, task);
  }

  @Override
  public <T> T await(CompletableFuture<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return environment.await(future);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
