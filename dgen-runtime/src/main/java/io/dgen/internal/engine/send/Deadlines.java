package io.dgen.internal.engine.send;

import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hashed timing wheel: adding and removing a deadline costs two pointer writes, however many
 * there are. Deadlines fire up to {@link #TICK} late and never early. One timer runs while there is
 * a deadline, and none otherwise. Thread-safe.
 *
 * @see "Varghese and Lauck, Hashed and Hierarchical Timing Wheels, SOSP 1987"
 */
public final class Deadlines {

  private static final Logger LOG = LoggerFactory.getLogger(Deadlines.class);

  static final Duration TICK = Duration.ofMillis(10);
  private static final long TICK_NANOS = TICK.toNanos();

  /** A power of two; entries more than one turn ahead are skipped until their turn. */
  private static final int BUCKETS = 1024;

  private final Environment environment;
  private final long origin;
  private final Bucket[] buckets = new Bucket[BUCKETS];
  private final AtomicInteger size = new AtomicInteger();
  private boolean ticking;

  /** The last tick that was swept, or is being swept. */
  private volatile long swept;

  public Deadlines(Environment environment) {
    this.environment = environment;
    this.origin = environment.nanoTime();
    for (int i = 0; i < BUCKETS; i++) {
      buckets[i] = new Bucket();
    }
  }

  /** Something with a deadline. An entry is in at most one wheel at a time. */
  public abstract static class Entry {

    private long deadline;
    private @Nullable Bucket bucket;
    private @Nullable Entry previous;
    private @Nullable Entry next;

    /**
     * Called once the deadline has passed, on a thread of the engine: it may wait for the store,
     * and runs no user code.
     */
    public abstract void expired();
  }

  public void add(Entry entry, Duration delay) {
    long nanos;
    try {
      nanos = delay.toNanos();
    } catch (ArithmeticException e) {
      return; // Beyond 292 years: never.
    }
    entry.deadline = environment.nanoTime() - origin + nanos;
    if (entry.deadline < 0) {
      return;
    }
    long tick = tickOf(entry.deadline);
    buckets[bucketOf(tick)].add(entry);
    if (size.getAndIncrement() == 0) {
      start();
    }
    // If this thread was suspended, the hand may have passed the bucket without the entry.
    while (tick <= swept && buckets[bucketOf(tick)].remove(entry)) {
      tick = swept + 1;
      buckets[bucketOf(tick)].add(entry);
    }
  }

  /** Removes an entry; returns false if it is not in the wheel, or no longer. */
  public boolean remove(Entry entry) {
    Bucket bucket = entry.bucket;
    if (bucket != null && bucket.remove(entry)) {
      size.decrementAndGet();
      return true;
    }
    return false;
  }

  /**
   * Returns how long it is until an entry's deadline, in nanoseconds: not positive once it has
   * passed; {@link Long#MAX_VALUE} if it has none.
   */
  long left(Entry entry) {
    long deadline = entry.deadline;
    return deadline <= 0 ? Long.MAX_VALUE : deadline - (environment.nanoTime() - origin);
  }

  /** Returns the tick at which a deadline has certainly passed. */
  private static long tickOf(long deadline) {
    return deadline / TICK_NANOS + 1;
  }

  private static int bucketOf(long tick) {
    return (int) (tick & (BUCKETS - 1));
  }

  private synchronized void start() {
    if (!ticking) {
      ticking = true;
      swept = (environment.nanoTime() - origin) / TICK_NANOS;
      environment.schedule(TICK, this::tick);
    }
  }

  private void tick() {
    List<Entry> expired = new ArrayList<>();
    try {
      sweep(expired);
    } catch (Throwable e) {
      // Such as no memory: without a next tick no deadline would ever fire.
      LOG.error("cannot find expired deadlines; trying again in {}", TICK, e);
      synchronized (this) {
        environment.schedule(TICK, this::tick);
      }
    }
    for (Entry entry : expired) {
      expire(entry);
    }
  }

  private void expire(Entry entry) {
    try {
      environment.execute(entry::expired);
    } catch (Throwable e) {
      LOG.error("cannot report an expired deadline; trying again in {}", TICK, e);
      add(entry, TICK);
    }
  }

  /** Removes expired entries, and schedules the next tick. */
  private void sweep(List<Entry> expired) {
    long now = environment.nanoTime() - origin;
    long from;
    long to;
    synchronized (this) {
      from = swept + 1;
      to = now / TICK_NANOS;
      swept = to;
    }
    for (long tick = Math.max(from, to - BUCKETS + 1); tick <= to; tick++) {
      buckets[bucketOf(tick)].expire(now, expired);
    }
    size.addAndGet(-expired.size());
    synchronized (this) {
      ticking = size.get() > 0;
      if (ticking) {
        environment.schedule(TICK, this::tick);
      }
    }
  }

  /** A doubly linked list. */
  private static final class Bucket {

    private @Nullable Entry first;

    synchronized void add(Entry entry) {
      entry.bucket = this;
      entry.previous = null;
      entry.next = first;
      if (first != null) {
        first.previous = entry;
      }
      first = entry;
    }

    synchronized boolean remove(Entry entry) {
      if (entry.bucket != this) {
        return false;
      }
      if (entry.previous == null) {
        first = entry.next;
      } else {
        entry.previous.next = entry.next;
      }
      if (entry.next != null) {
        entry.next.previous = entry.previous;
      }
      entry.bucket = null;
      entry.previous = null;
      entry.next = null;
      return true;
    }

    synchronized void expire(long now, List<Entry> expired) {
      Entry entry = first;
      while (entry != null) {
        Entry following = entry.next;
        if (entry.deadline <= now) {
          remove(entry);
          expired.add(entry);
        }
        entry = following;
      }
    }
  }
}
