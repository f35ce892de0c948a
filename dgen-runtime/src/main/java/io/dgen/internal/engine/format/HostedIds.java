package io.dgen.internal.engine.format;

import io.dgen.Hosting;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * The entities of a server that a node runs: all that no node claims, or only those whose ids it
 * claims. Equality is by ids.
 *
 * @param claimed the ids; empty for all that no node claims
 */
public record HostedIds(Optional<Set<String>> claimed) {

  private static final HostedIds ALL = new HostedIds(Optional.empty());

  /** Returns all entities that no node claims. */
  public static HostedIds all() {
    return ALL;
  }

  /** Returns the entities with some ids. */
  public static HostedIds only(Collection<String> ids) {
    return new HostedIds(Optional.of(Set.copyOf(ids)));
  }

  /** Returns the entities that a user chose. */
  public static HostedIds of(Hosting hosting) {
    return new HostedIds(hosting.ids());
  }

  /** Returns whether these are all that no node claims. */
  public boolean isAll() {
    return claimed.isEmpty();
  }

  /** Returns the claimed ids: none if {@link #isAll}. */
  public Set<String> ids() {
    return claimed.orElse(Set.of());
  }
}
