package io.dgen.tests.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Counts how often a run reaches the interesting states. Thread-safe. */
public final class Canary {

  private final Map<Reached, Integer> counts = new EnumMap<>(Reached.class);

  public synchronized void reach(Reached state) {
    counts.merge(state, 1, Integer::sum);
  }

  public synchronized Map<Reached, Integer> counts() {
    return new EnumMap<>(counts);
  }

  /** The states that were never reached. */
  public synchronized Set<Reached> missing() {
    Set<Reached> missing = EnumSet.allOf(Reached.class);
    missing.removeAll(counts.keySet());
    return missing;
  }

  /** Adds what another run reached. */
  public synchronized void add(Canary other) {
    other.counts().forEach((state, count) -> counts.merge(state, count, Integer::sum));
  }

  @Override
  public synchronized String toString() {
    return counts.toString();
  }
}
