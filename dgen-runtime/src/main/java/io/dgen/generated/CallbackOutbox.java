package io.dgen.generated;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The outbox of a callback, which can ask, too: the answer comes to the callback's entity. */
public interface CallbackOutbox extends Outbox {

  /**
   * Sends a call whose answer comes back as a message of the entity's own.
   *
   * @param asker the codec of the entity's messages
   * @param to the entity that is asked, without an idempotency key
   * @param message a call
   * @param within how long the answer may take; null for as long as it takes
   * @param <M> the sealed interface over the asked server's messages
   * @throws io.dgen.error.MessageTooLargeException if no transaction can hold the message
   */
  <M extends ServerMessage> void ask(
      MessageCodec<?> asker, Destination<M> to, M message, @Nullable Duration within);
}
