package io.dgen;

import java.util.List;
import java.util.Optional;

/**
 * Part of a list that is read piece by piece. Immutable.
 *
 * @param items the items, in the order of the list; there may be fewer than were asked for
 * @param next what the next page is asked for with; empty if this is the last page
 * @param <T> the type of the items
 */
public record Page<T>(List<T> items, Optional<String> next) {

  /** Copies the list. */
  public Page {
    items = List.copyOf(items);
  }
}
