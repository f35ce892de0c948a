package io.dgen.internal.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The activations of this node. One that is busy is always here; of the idle ones those used last
 * stay, for the state that they remember. Thread-safe.
 */
final class Activations {

  /** Names an entity. */
  record Address(String server, String id) {

    @Override
    public String toString() {
      return server + "(\"" + id + "\")";
    }
  }

  private final ConcurrentHashMap<Address, Activation<?, ?>> byAddress = new ConcurrentHashMap<>();

  /** Every activation once, in the order of a clock's hand (second chance). */
  private final ConcurrentLinkedQueue<Activation<?, ?>> clock = new ConcurrentLinkedQueue<>();

  private final int max;

  Activations(int max) {
    this.max = max;
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
    clock.add(made);
    evict();
    return made;
  }

  /**
   * Drops an idle activation that was not used since the hand last passed it, if any is too many.
   */
  private void evict() {
    // Two turns at most: the first takes away every second chance.
    for (int steps = 2 * max; byAddress.size() > max && steps > 0; steps--) {
      Activation<?, ?> candidate = clock.poll();
      if (candidate == null) {
        return;
      }
      if (candidate.retireIfUnused()) {
        byAddress.remove(candidate.address(), candidate);
      } else {
        clock.add(candidate);
      }
    }
  }

  Iterable<Activation<?, ?>> all() {
    return byAddress.values();
  }
}
