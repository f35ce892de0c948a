package io.dgen.internal.engine.send;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a node that went through a queue and whose replies may still come, by number: those
 * that wait, and those that were given up. Thread-safe.
 */
final class OpenCalls {

  private final ConcurrentSkipListMap<Long, Open> waiting = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListSet<Long> givenUp = new ConcurrentSkipListSet<>();

  /** Guarded by this. */
  private long last;

  /** A call, and whether its reply has come. */
  private static final class Open {

    private final Pending<?> pending;
    private final AtomicBoolean answered = new AtomicBoolean();

    Open(Pending<?> pending) {
      this.pending = pending;
    }
  }

  /** Gives a call its number, above all earlier ones, until it has ended. */
  void register(Pending<?> pending) {
    Open open = new Open(pending);
    // Together, so that none is missing below one that is there.
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
   * Returns the call whose reply has come; null if nobody waits for it, or if it is not the first.
   */
  @Nullable Pending<?> answered(long call) {
    Open open = waiting.get(call);
    if (open == null) {
      givenUp.remove(call);
      return null;
    }
    return open.answered.compareAndSet(false, true) ? open.pending : null;
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

  /** Expects no reply any more to what was given up so far. */
  void forgetGivenUp() {
    givenUp.clear();
  }

  /**
   * Returns the lowest number of a call whose reply may still come; of the next one if there is
   * none.
   */
  synchronized long lowest() {
    // In this order: one that is given up is added there before it is taken out here.
    Iterator<Long> first = waiting.keySet().iterator();
    Iterator<Long> firstGivenUp = givenUp.iterator();
    long lowest = first.hasNext() ? first.next() : last + 1;
    return firstGivenUp.hasNext() ? Math.min(lowest, firstGivenUp.next()) : lowest;
  }
}
