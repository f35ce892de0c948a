package io.dgen;

import java.util.List;
import java.util.Optional;

/**
 * A page of the entities of a server, ordered by id: see {@link Admin#entities(String, int)}.
 * Immutable.
 *
 * @param entities the entities of this page, possibly fewer than requested
 * @param next the argument that requests the next page; empty if there is none
 */
public record EntityPage(List<EntityStatus> entities, Optional<String> next) {

  /** Copies the list. */
  public EntityPage {
    entities = List.copyOf(entities);
  }
}
