package io.dgen.tests.harness;

import io.dgen.internal.engine.work.SystemEnvironment;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** The machine's clocks and threads, and a count of the threads and timers that a node has. */
public final class CountingEnvironment implements Environment, AutoCloseable {

  private final SystemEnvironment machine = new SystemEnvironment();
  private final AtomicInteger threads = new AtomicInteger();
  private final AtomicInteger timers = new AtomicInteger();

  public int threads() {
    return threads.get();
  }

  public int timers() {
    return timers.get();
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
    threads.incrementAndGet();
    machine.execute(() -> run(task));
  }

  @Override
  public void executeUserCode(Runnable task) {
    threads.incrementAndGet();
    machine.executeUserCode(() -> run(task));
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      threads.decrementAndGet();
    }
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    timers.incrementAndGet();
    AtomicBoolean over = new AtomicBoolean();
    Runnable end =
        () -> {
          if (over.compareAndSet(false, true)) {
            timers.decrementAndGet();
          }
        };
    Cancellable scheduled =
        machine.schedule(
            delay,
            () -> {
              end.run();
              threads.incrementAndGet();
              try {
                task.run();
              } finally {
                threads.decrementAndGet();
              }
            });
    return () -> {
      end.run();
      scheduled.cancel();
    };
  }

  @Override
  public <T> T await(CompletableFuture<T> future) throws InterruptedException {
    return machine.await(future);
  }

  @Override
  public void close() {
    machine.close();
  }
}
