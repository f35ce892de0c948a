package io.dgen.internal.engine.work;

import io.dgen.internal.engine.format.Address;

/** Wakes the activations of a node. Thread-safe. */
public interface Wakeups {

  /** Signals that an entity's queue may hold messages, if this node owns the entity. */
  void signalIfOwned(Address address);

  /** Drops what this node has in memory of an entity's state, in turn with its rounds. */
  void forget(Address address);

  /**
   * Wakes an entity's activation later.
   *
   * @param micros the delay in the store's versions; approximate
   */
  void scheduleSignal(Address address, long micros);
}
