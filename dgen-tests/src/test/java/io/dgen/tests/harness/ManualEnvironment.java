package io.dgen.tests.harness;

import io.dgen.spi.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;

/**
 * Real threads, and a clock that the test moves: no timer fires unless it does. Several nodes may
 * share one.
 */
public final class ManualEnvironment implements Environment {

  private record Timer(Instant at, long number, Runnable task) {}

  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparing(Timer::at).thenComparingLong(Timer::number));
  private final Instant start = Instant.parse("2030-01-01T00:00:00.000300Z");

  /** The time that timers go by. */
  private Instant now = start;

  /** How far the clock on the wall is ahead of it. */
  private Duration ahead = Duration.ZERO;

  private long timerNumbers;

  /** Moves the clock on, and starts what becomes due, each at its own time. */
  public void advance(Duration duration) {
    Instant target;
    synchronized (this) {
      target = now.plus(duration);
    }
    while (true) {
      Timer next;
      synchronized (this) {
        next = timers.peek();
        if (next == null || next.at().isAfter(target)) {
          now = target;
          return;
        }
        timers.remove();
        now = next.at().isAfter(now) ? next.at() : now;
      }
      execute(next.task());
    }
  }

  /**
   * Lets a time pass, and then as much as it takes until something is done that waits for it: in
   * small steps, since who wakes at one time may ask for the next one then.
   */
  public void advance(Duration duration, CompletableFuture<?> until) {
    advance(duration);
    Awaitility.await()
        .until(
            () -> {
              advance(Duration.ofMillis(1));
              return until.isDone();
            });
  }

  /** Sets the clock ahead, as an administrator would: no timer fires for that. */
  public synchronized void jump(Duration duration) {
    ahead = ahead.plus(duration);
  }

  @Override
  public synchronized long nanoTime() {
    return Duration.between(start, now).toNanos();
  }

  @Override
  public synchronized Instant now() {
    return now.plus(ahead);
  }

  @Override
  public RandomGenerator random() {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        synchronized (random) {
          return random.nextLong();
        }
      }
    };
  }

  @Override
  public void execute(Runnable task) {
    Thread.ofVirtual().start(task);
  }

  @Override
  public synchronized Cancellable schedule(Duration delay, Runnable task) {
    if (delay.isZero()) {
      execute(task);
      return () -> {};
    }
    Timer timer = new Timer(now.plus(delay), timerNumbers++, task);
    timers.add(timer);
    return () -> cancel(timer);
  }

  private synchronized void cancel(Timer timer) {
    timers.remove(timer);
  }

  @Override
  public <T> T await(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    }
  }
}
