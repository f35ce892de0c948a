package io.dgen;

import java.util.List;

/**
 * A page of an entity's dead letters. Immutable.
 *
 * @param letters the letters, in the order of the queue that they were in
 * @param more whether letters follow the last of these
 * @param <M> the sealed interface over the server's messages
 */
public record DeadLetterPage<M>(List<DeadLetter<M>> letters, boolean more) {

  /** Copies the list. */
  public DeadLetterPage {
    letters = List.copyOf(letters);
  }
}
