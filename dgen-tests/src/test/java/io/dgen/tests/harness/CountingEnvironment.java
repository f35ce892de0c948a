package io.dgen.tests.harness;

import io.dgen.internal.engine.work.SystemEnvironment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The machine's clocks and threads, and a count of the threads and timers that a node has. */
public final class CountingEnvironment extends ForwardingEnvironment implements AutoCloseable {

  private final SystemEnvironment machine;
  private final AtomicInteger threads = new AtomicInteger();
  private final AtomicInteger timers = new AtomicInteger();

  /** Makes an environment in which nothing runs yet. */
  public CountingEnvironment() {
    this(new SystemEnvironment());
  }

  private CountingEnvironment(SystemEnvironment machine) {
    super(machine);
    this.machine = machine;
  }

  public int threads() {
    return threads.get();
  }

  public int timers() {
    return timers.get();
  }

  @Override
  public void execute(Runnable task) {
    threads.incrementAndGet();
    super.execute(() -> run(task));
  }

  @Override
  public void executeUserCode(Runnable task) {
    threads.incrementAndGet();
    super.executeUserCode(() -> run(task));
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
        super.schedule(
            delay,
            () -> {
              end.run();
              threads.incrementAndGet();
              run(task);
            });
    return () -> {
      end.run();
      scheduled.cancel();
    };
  }

  @Override
  public void close() {
    machine.close();
  }
}
