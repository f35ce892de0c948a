package io.dgen.generated;

import java.time.Duration;
import java.util.function.Function;

/**
 * Asks one entity, as part of a callback's transaction. Immutable; valid only until the callback
 * returns, and on its thread.
 *
 * @param <M> the sealed interface over the messages of the asked server
 * @param <T> the sender itself
 */
public abstract class AskSender<M extends ServerMessage, T> {

  /** The reference: a field, since methods named after messages cannot hide one. */
  protected final AskRef<M> ref;

  private final Function<AskRef<M>, T> sender;

  /**
   * Creates a sender.
   *
   * @param ref the entity
   * @param sender makes another sender of the same type
   */
  protected AskSender(AskRef<M> ref, Function<AskRef<M>, T> sender) {
    this.ref = ref;
    this.sender = sender;
  }

  /**
   * Returns a sender whose asks are answered within a time: if no answer has come by then, the
   * answer is that the time is over. What was asked is not withdrawn.
   *
   * @param time how long the answer may take, from now, by the clocks that delayed messages go by;
   *     zero or less means at once
   * @return a sender to the same entity
   */
  public final T within(Duration time) {
    return sender.apply(ref.within(time));
  }
}
