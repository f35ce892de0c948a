package io.dgen.internal.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Closes snapshots that are five seconds old, also when nothing happens in the store any more. */
final class SnapshotSweeper {

  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Timeline timeline;
  private final Scheduler scheduler;
  private final AtomicBoolean isScheduled = new AtomicBoolean();

  SnapshotSweeper(Timeline timeline, Scheduler scheduler) {
    this.timeline = timeline;
    this.scheduler = scheduler;
  }

  /** Called after each group. */
  void afterCommit() {
    if (timeline.hasSuperseded() && isScheduled.compareAndSet(false, true)) {
      scheduler.schedule(this::sweep, PERIOD);
    }
  }

  private void sweep() {
    isScheduled.set(false);
    timeline.sweep();
    afterCommit();
  }
}
