package io.dgen;

import java.util.List;
import java.util.Optional;

/**
 * Some of the entities of a server, in the order of their ids: see {@link Admin#entities(String,
 * int)}. Immutable.
 *
 * @param entities the entities of this page; it may have fewer than were asked for
 * @param next what the next page is asked for with; empty if there is none
 */
public record EntityPage(List<EntityStatus> entities, Optional<String> next) {

  /** Copies the list. */
  public EntityPage {
    entities = List.copyOf(entities);
  }
}
