package io.dgen.internal.engine.send;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a node that went through a queue and whose replies may still come, by number: those
 * whose callers wait, and those whose callers have given up. Thread-safe.
 */
final class OpenCalls {

  private final ConcurrentSkipListMap<Long, Open> waiting = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListSet<Long> givenUp = new ConcurrentSkipListSet<>();

  /** Guarded by {@code this}. */
  private long last;

  /** A call, and whether its reply has come. */
  private static final class Open {

    private final Pending<?> pending;
    private final AtomicBoolean answered = new AtomicBoolean();

    Open(Pending<?> pending) {
      this.pending = pending;
    }
  }

  /** Assigns a number to a call, above all earlier ones, until the call has ended. */
  void register(Pending<?> pending) {
    Open open = new Open(pending);
    // Atomically, so that no number is missing below one that is present.
    synchronized (this) {
      pending.call = ++last;
      waiting.put(pending.call, open);
    }
    var unused = pending.future.whenComplete((reply, error) -> ended(pending.call, open));
  }

  private void ended(long call, Open open) {
    if (!open.answered.get()) {
      givenUp.add(call);
    }
    waiting.remove(call);
  }

  /**
   * Returns the call whose reply has come; null if no caller waits for it, or if a reply came
   * before.
   */
  @Nullable Pending<?> answered(long call) {
    Open open = waiting.get(call);
    if (open == null) {
      givenUp.remove(call);
      return null;
    }
    return open.answered.compareAndSet(false, true) ? open.pending : null;
  }

  /** Returns whether a caller waits for the reply to a call. */
  boolean isWaiting(long call) {
    Open open = waiting.get(call);
    return open != null && !open.answered.get();
  }

  /** Returns the calls whose reply has not come. */
  List<Pending<?>> waiting() {
    return waiting.values().stream()
        .filter(open -> !open.answered.get())
        .<Pending<?>>map(open -> open.pending)
        .toList();
  }

  /** Returns the calls whose reply has come and is on its way to the sender. */
  List<Pending<?>> answered() {
    return waiting.values().stream()
        .filter(open -> open.answered.get())
        .<Pending<?>>map(open -> open.pending)
        .toList();
  }

  /** Forgets the calls that were given up so far: their replies are no longer expected. */
  void forgetGivenUp() {
    givenUp.clear();
  }

  /**
   * Returns the lowest number of a call whose reply may still come; the next number if there is
   * none.
   */
  synchronized long lowest() {
    // In this order: a call that is given up is added there before it is removed here.
    Iterator<Long> first = waiting.keySet().iterator();
    Iterator<Long> firstGivenUp = givenUp.iterator();
    long lowest = first.hasNext() ? first.next() : last + 1;
    return firstGivenUp.hasNext() ? Math.min(lowest, firstGivenUp.next()) : lowest;
  }
}
