package io.dgen.internal.engine.control;

import io.dgen.internal.engine.format.Address;

/** Keeps the rounds of an entity from beginning on this node while its lock is given back. */
@FunctionalInterface
public interface Releases {

  /** Begins to give an entity's lock back: no round begins until that was told of. */
  Release begin(Address address);

  /** A lock that is being given back. */
  @FunctionalInterface
  interface Release {

    /** Ends it, however it went. */
    void end();
  }
}
