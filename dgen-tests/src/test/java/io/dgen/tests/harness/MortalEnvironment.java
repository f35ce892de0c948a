package io.dgen.tests.harness;

import io.dgen.internal.engine.work.SystemEnvironment;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The machine's clocks and threads, until it dies: from then on nothing begins, and what waits goes
 * on waiting. No finally block runs, as with a power cut.
 */
final class MortalEnvironment implements Environment, AutoCloseable {

  private final SystemEnvironment machine = new SystemEnvironment();
  private final Runnable onDeath;

  /** How many steps are left; far from zero while nobody has fixed the hour. */
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

  private volatile boolean dead;

  /**
   * Makes an environment.
   *
   * @param onDeath run once, by the thread whose step is the last
   */
  MortalEnvironment(Runnable onDeath) {
    this.onDeath = onDeath;
  }

  /** It dies after so many more steps: threads that begin, timers that fire, waits that end. */
  void dieAfter(long steps) {
    left.set(steps);
  }

  boolean isDead() {
    return dead;
  }

  /** Whether it still lives, with one step less before it. */
  private boolean step() {
    if (!dead && left.getAndDecrement() == 0) {
      dead = true;
      onDeath.run();
    }
    return !dead;
  }

  @Override
  public long nanoTime() {
    return machine.nanoTime();
  }

  @Override
  public Instant now() {
    return machine.now();
  }

  @Override
  public RandomGenerator random() {
    return machine.random();
  }

  @Override
  public void execute(Runnable task) {
    if (step()) {
      machine.execute(task);
    }
  }

  @Override
  public void executeUserCode(Runnable task) {
    if (step()) {
      machine.executeUserCode(task);
    }
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return machine.schedule(
        delay,
        () -> {
          if (step()) {
            task.run();
          }
        });
  }

  @Override
  public <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return machine.await(future);
    } finally {
      if (!step()) {
        // Nobody completes this one; who waits for it is forgotten with its thread.
        machine.await(new CompletableFuture<>());
      }
    }
  }

  /** Ends the thread that sets timers off. */
  @Override
  public void close() {
    machine.close();
  }
}
