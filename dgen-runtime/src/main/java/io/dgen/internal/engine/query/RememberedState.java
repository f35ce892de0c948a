package io.dgen.internal.engine.query;

import java.util.Arrays;

/** A state that this node has in memory, and the version under which it is stored. Immutable. */
public final class RememberedState {

  /** The versionstamp of the state's last change. */
  private final byte[] version;

  /** In the frozen form that callbacks do not get. */
  private final Object state;

  public RememberedState(byte[] version, Object state) {
    this.version = version;
    this.state = state;
  }

  /** Returns whether the state is the one that is stored under a version. */
  boolean isStoredAt(byte[] storedVersion) {
    return Arrays.equals(version, storedVersion);
  }

  Object state() {
    return state;
  }
}
