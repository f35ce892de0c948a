package io.dgen.generated;

import io.dgen.DelayedMessage;
import java.util.function.Function;

/**
 * A reference to one entity, through which a generated client sends delayed messages. As
 * thread-safe as its source: a client, or a transaction.
 *
 * @param <M> the sealed interface over the server's messages
 */
public final class DelayedRef<M> {

  private final Function<M, DelayedMessage> send;

  DelayedRef(Function<M, DelayedMessage> send) {
    this.send = send;
  }

  /**
   * Sends a delayed cast.
   *
   * @param message the message
   * @return the handle that cancels it
   */
  public DelayedMessage cast(M message) {
    return send.apply(message);
  }
}
