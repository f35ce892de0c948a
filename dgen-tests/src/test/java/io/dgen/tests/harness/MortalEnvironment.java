package io.dgen.tests.harness;

import io.dgen.internal.engine.work.SystemEnvironment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The machine's clocks and threads, until it dies: from then on nothing begins, and what waits goes
 * on waiting. No finally block runs, as with a power cut.
 */
final class MortalEnvironment extends ForwardingEnvironment implements AutoCloseable {

  private final SystemEnvironment machine;
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
    this(new SystemEnvironment(), onDeath);
  }

  private MortalEnvironment(SystemEnvironment machine, Runnable onDeath) {
    super(machine);
    this.machine = machine;
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
  public void execute(Runnable task) {
    if (step()) {
      super.execute(task);
    }
  }

  @Override
  public void executeUserCode(Runnable task) {
    if (step()) {
      super.executeUserCode(task);
    }
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return super.schedule(
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
      return super.await(future);
    } finally {
      if (!step()) {
        // Nobody completes this one; who waits for it is forgotten with its thread.
        super.await(new CompletableFuture<>());
      }
    }
  }

  /** Ends the thread that sets timers off. */
  @Override
  public void close() {
    machine.close();
  }
}
