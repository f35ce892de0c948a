package io.dgen.internal.store;

import io.dgen.internal.overlay.KeyRange;
import io.dgen.internal.overlay.StoreLimits;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are watched. Thread-safe.
 *
 * <p>No wake-up is lost: a watch is first entered here and then compared with the newest commit,
 * while a commit first becomes visible and then looks here. Whichever comes second sees the other.
 */
final class Watches {

  /** Reads the newest committed value of a key. */
  @FunctionalInterface
  interface NewestValue {
    byte @Nullable [] get(byte[] key);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<byte[], List<StoreWatch>> byKey =
      new TreeMap<>(Arrays::compareUnsigned);
  private final AtomicInteger count = new AtomicInteger();
  private final NewestValue newest;
  private boolean closed;

  Watches(NewestValue newest) {
    this.newest = newest;
  }

  /** Creates the future of a watch, which counts until it is done. */
  CompletableFuture<Void> newFuture() {
    if (count.incrementAndGet() > StoreLimits.WATCHES) {
      count.decrementAndGet();
      throw new StoreException(
          StoreError.TOO_MANY_WATCHES,
          "more than 10,000 watches are set: cancel those that are not needed",
          null);
    }
    CompletableFuture<Void> future = new CompletableFuture<>();
    var unused = future.whenComplete((done, error) -> count.decrementAndGet());
    return future;
  }

  /**
   * Starts a watch.
   *
   * @return false if the value has already changed, or the store is closed: the caller runs it
   */
  boolean arm(StoreWatch watch) {
    lock.lock();
    try {
      if (closed) {
        watch.fail(new StoreException(StoreError.STORE_CLOSED));
        return false;
      }
      byKey.computeIfAbsent(watch.key(), key -> new ArrayList<>(1)).add(watch);
    } finally {
      lock.unlock();
    }
    var unused = watch.future().whenComplete((done, error) -> remove(watch));
    return !isChanged(watch);
  }

  /** Returns the watches whose value a commit's writes have changed: the caller runs them. */
  List<StoreWatch> changedBy(List<KeyRange> writes) {
    List<StoreWatch> candidates = new ArrayList<>();
    lock.lock();
    try {
      if (byKey.isEmpty()) {
        return List.of();
      }
      for (KeyRange write : writes) {
        byKey.subMap(write.begin(), true, write.end(), false).values().forEach(candidates::addAll);
      }
    } finally {
      lock.unlock();
    }
    candidates.removeIf(watch -> !isChanged(watch));
    return candidates;
  }

  /** Returns all watches. */
  List<StoreWatch> all() {
    List<StoreWatch> all = new ArrayList<>();
    lock.lock();
    try {
      byKey.values().forEach(all::addAll);
    } finally {
      lock.unlock();
    }
    return all;
  }

  /** Ends all watches and returns them; no new one can be started. */
  List<StoreWatch> close() {
    lock.lock();
    try {
      closed = true;
      return byKey.values().stream().flatMap(List::stream).toList();
    } finally {
      lock.unlock();
    }
  }

  private boolean isChanged(StoreWatch watch) {
    try {
      return watch.isChanged(newest.get(watch.key()));
    } catch (StoreException e) {
      // Waking a watch unnecessarily is allowed, and lets its caller see the error.
      return true;
    }
  }

  private void remove(StoreWatch watch) {
    lock.lock();
    try {
      List<StoreWatch> watches = byKey.get(watch.key());
      if (watches != null) {
        watches.remove(watch);
        if (watches.isEmpty()) {
          byKey.remove(watch.key());
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
