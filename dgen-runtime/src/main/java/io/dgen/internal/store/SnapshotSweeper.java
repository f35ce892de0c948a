package io.dgen.internal.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Closes snapshots that are five seconds old, even when nothing happens in the store any more. */
final class SnapshotSweeper {

  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final Timeline timeline;
  private final StoreCompletions completions;
  private final AtomicBoolean isScheduled = new AtomicBoolean();

  SnapshotSweeper(Timeline timeline, StoreCompletions completions) {
    this.timeline = timeline;
    this.completions = completions;
  }

  /** Called after each group. */
  void afterCommit() {
    if (timeline.hasSuperseded() && isScheduled.compareAndSet(false, true)) {
      boolean scheduled = false;
      try {
        var unused = completions.runAfter(PERIOD, this::sweep);
        scheduled = true;
      } finally {
        // Otherwise it would never be tried again.
        if (!scheduled) {
          isScheduled.set(false);
        }
      }
    }
  }

  private void sweep() {
    isScheduled.set(false);
    timeline.sweep();
    afterCommit();
  }
}
