package io.dgen.generated;

import java.util.ArrayList;
import java.util.List;

/**
 * A batch of casts that is being filled. Not thread-safe.
 *
 * @param <M> the sealed interface over the server's messages
 */
public final class BatchRef<M> {

  private final List<M> messages = new ArrayList<>();
  private boolean isEnded;

  BatchRef() {}

  /**
   * Adds a cast.
   *
   * @param message the message
   * @throws IllegalStateException if the function that fills the batch has returned
   */
  public void add(M message) {
    if (isEnded) {
      throw new IllegalStateException(
          "the batch is closed: it was sent when the function that fills it returned; add"
              + " all messages within the function");
    }
    messages.add(message);
  }

  /** Closes the batch to further messages. */
  void end() {
    isEnded = true;
  }

  List<M> messages() {
    return messages;
  }
}
