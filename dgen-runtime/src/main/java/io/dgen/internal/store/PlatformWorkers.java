package io.dgen.internal.store;

import io.dgen.internal.SafeLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.LoggerFactory;

/** Workers on daemon platform threads, each of which survives whatever its steps throw. */
final class PlatformWorkers implements StoreWorkers {

  private static final long RETRY_MILLIS = 10;

  @Override
  public Worker start(String name, Step step) {
    Semaphore wakeUps = new Semaphore(0);
    Thread.ofPlatform().daemon().name(name).start(() -> run(name, step, wakeUps));
    return wakeUps::release;
  }

  private static void run(String name, Step step, Semaphore wakeUps) {
    Next next = Next.WAIT;
    while (next != Next.END) {
      next = tryStep(name, step);
      if (next != Next.END) {
        await(wakeUps, next);
      }
    }
  }

  private static Next tryStep(String name, Step step) {
    try {
      return step.run();
    } catch (Throwable e) {
      SafeLog.error(
          () -> LoggerFactory.getLogger(PlatformWorkers.class),
          "a step of " + name + " failed; it is repeated",
          e);
      return Next.RETRY;
    }
  }

  private static void await(Semaphore wakeUps, Next next) {
    try {
      if (next == Next.RETRY) {
        var unused = wakeUps.tryAcquire(RETRY_MILLIS, TimeUnit.MILLISECONDS);
      } else {
        wakeUps.acquireUninterruptibly();
      }
      // One step does all pending work.
      wakeUps.drainPermits();
    } catch (InterruptedException e) {
      // No other code has this thread to interrupt it, and an extra step does no harm.
      wakeUps.drainPermits();
    }
  }

  @Override
  public boolean await(CompletableFuture<?> future, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    boolean interrupted = false;
    try {
      while (!future.isDone()) {
        try {
          var unused = future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          return true;
        } catch (TimeoutException e) {
          return false;
        }
      }
      return true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
