package io.dgen.internal.engine.work;

import io.dgen.internal.engine.format.Address;

/** Wakes the activations of a node. Thread-safe. */
public interface Wakeups {

  /** Says that an entity's queue may hold messages, if the entity is this node's. */
  void signalIfOwned(Address address);

  /**
   * Wakes an entity's activation later.
   *
   * @param micros how long, by the store's versions: more or less, as the node sees fit
   */
  void scheduleSignal(Address address, long micros);
}
