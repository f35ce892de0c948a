package io.dgen.tests.harness;

import io.dgen.spi.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** Another environment, but for what a subclass does differently. */
public abstract class ForwardingEnvironment implements Environment {

  private final Environment environment;

  protected ForwardingEnvironment(Environment environment) {
    this.environment = environment;
  }

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
  public <T> T await(CompletableFuture<T> future) throws InterruptedException {
    return environment.await(future);
  }
}
