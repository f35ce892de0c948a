package io.dgen.internal.engine.query;

import io.dgen.internal.engine.format.Address;
import org.jspecify.annotations.Nullable;

/** Finds the states that this node has in memory. Thread-safe. */
@FunctionalInterface
public interface RememberedStates {

  /** Returns the state of an entity that was stored last as far as is known here; null for none. */
  @Nullable RememberedState remembered(Address address);
}
