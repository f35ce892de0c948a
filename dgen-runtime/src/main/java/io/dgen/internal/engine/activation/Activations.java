package io.dgen.internal.engine.activation;

import io.dgen.internal.engine.format.Address;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The activations of this node. Active ones always stay; of the idle ones, those used last stay,
 * for their cached state, within limits of their number and of the size of their caches.
 * Thread-safe.
 */
public final class Activations {

  /** How many are examined each time: few enough to hold nothing up, and more than are added. */
  private static final int STEPS = 64;

  private final ConcurrentHashMap<Address, Activation<?, ?>> byAddress = new ConcurrentHashMap<>();

  /** Every activation once, in the order of a clock's hand (second chance). */
  private final ConcurrentLinkedQueue<Activation<?, ?>> clock = new ConcurrentLinkedQueue<>();

  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final int max;
  private final long maxBytes;

  /**
   * Creates an empty set.
   *
   * @param max how many stay when they are idle
   * @param maxBytes the limit of the total size of their caches
   */
  public Activations(int max, long maxBytes) {
    this.max = max;
    this.maxBytes = maxBytes;
  }

  Activation<?, ?> get(Address address, Function<Address, Activation<?, ?>> factory) {
    Activation<?, ?> found = byAddress.get(address);
    if (found != null) {
      return found;
    }
    Activation<?, ?> made = factory.apply(address);
    Activation<?, ?> other = byAddress.putIfAbsent(address, made);
    if (other != null) {
      return other;
    }
    count.incrementAndGet();
    clock.add(made);
    trim();
    return made;
  }

  /** Returns the activation of an entity; null if this node has none. */
  public @Nullable Activation<?, ?> find(Address address) {
    return byAddress.get(address);
  }

  /** Replaces an activation that accepts nothing any more, and that is locked. */
  void replace(Activation<?, ?> old, Activation<?, ?> next) {
    byAddress.replace(old.address(), old, next);
    clock.add(next);
    clock.remove(old);
    remembered(-old.rememberedBytes());
  }

  /**
   * Counts the size of an activation's cache.
   *
   * @param change by how many bytes it has grown
   */
  void remembered(long change) {
    if (change != 0) {
      bytes.addAndGet(change);
    }
  }

  /** Returns whether the caches are still too large after {@link #trim}. */
  boolean remembersTooMuch() {
    return bytes.get() > maxBytes;
  }

  /** Drops idle activations that were not used since the hand last passed them, if any must go. */
  void trim() {
    for (int step = 0; step < STEPS && (count.get() > max || remembersTooMuch()); step++) {
      Activation<?, ?> candidate = clock.poll();
      if (candidate == null) {
        return;
      }
      if (candidate.retireIfUnused()) {
        byAddress.remove(candidate.address(), candidate);
        count.decrementAndGet();
        remembered(-candidate.rememberedBytes());
      } else if (!candidate.isGivenUp()) {
        clock.add(candidate);
      }
    }
  }

  Iterable<Activation<?, ?>> all() {
    return byAddress.values();
  }
}
