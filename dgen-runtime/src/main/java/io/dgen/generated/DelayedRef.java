package io.dgen.generated;

import io.dgen.Scheduled;
import java.util.function.Function;

/**
 * One entity, as a generated client sees it for messages that are carried out later. As thread-safe
 * as what it was made from: a client, or a transaction.
 *
 * @param <M> the sealed interface over the server's messages
 */
public final class DelayedRef<M> {

  private final Function<M, Scheduled> send;

  DelayedRef(Function<M, Scheduled> send) {
    this.send = send;
  }

  /**
   * Sends a cast that is carried out later.
   *
   * @param message the message
   * @return the handle that cancels it
   */
  public Scheduled cast(M message) {
    return send.apply(message);
  }
}
