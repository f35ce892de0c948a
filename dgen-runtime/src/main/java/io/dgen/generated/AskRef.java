package io.dgen.generated;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reference to an entity that another one asks. Immutable; valid only until the callback that
 * asks returns, and on its thread.
 *
 * @param <M> the sealed interface over the messages of the asked server
 */
public final class AskRef<M extends ServerMessage> {

  private final CallbackOutbox outbox;
  private final MessageCodec<?> asker;
  private final Destination<M> destination;
  private final @Nullable Duration within;

  AskRef(
      CallbackOutbox outbox,
      MessageCodec<?> asker,
      Destination<M> destination,
      @Nullable Duration within) {
    this.outbox = outbox;
    this.asker = asker;
    this.destination = destination;
    this.within = within;
  }

  /**
   * Returns a reference whose asks are answered within a time.
   *
   * @param time how long the answer may take, from now, by the clocks that delayed messages go by;
   *     zero or less means at once
   * @return a reference to the same entity
   */
  public AskRef<M> within(Duration time) {
    return new AskRef<>(outbox, asker, destination, Objects.requireNonNull(time, "time"));
  }

  /**
   * Asks, as part of the transaction.
   *
   * @param message a call
   * @throws io.dgen.error.MessageTooLargeException if no transaction can hold the message
   */
  public void ask(M message) {
    outbox.ask(asker, destination, message, within);
  }
}
