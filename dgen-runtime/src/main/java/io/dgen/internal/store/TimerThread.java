package io.dgen.internal.store;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks later on one daemon platform thread, which starts with the first task and ends when
 * idle. Tasks are short: they pass on what may block. A task that throws affects no other.
 */
final class TimerThread implements Scheduler {

  /** The longest delay, about 146 years, so that no sum overflows. */
  private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE / 2);

  private final ScheduledThreadPoolExecutor executor;

  TimerThread() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("dgen-store-timer").unstarted(task));
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(10, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  @Override
  public Cancellable schedule(Runnable task, Duration delay) {
    Duration bounded = delay.compareTo(FOREVER) > 0 ? FOREVER : delay;
    ScheduledFuture<?> future = executor.schedule(task, bounded.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }
}
