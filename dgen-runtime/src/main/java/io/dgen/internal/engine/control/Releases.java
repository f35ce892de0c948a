package io.dgen.internal.engine.control;

import io.dgen.internal.engine.format.Address;

/** Keeps the rounds of an entity from beginning on this node while its lock is being released. */
@FunctionalInterface
public interface Releases {

  /** Begins a release of an entity's lock: no round begins until the result has been reported. */
  Release begin(Address address);

  /** A release in progress. */
  @FunctionalInterface
  interface Release {

    /** Ends the release, whether or not it succeeded. */
    void end();
  }
}
