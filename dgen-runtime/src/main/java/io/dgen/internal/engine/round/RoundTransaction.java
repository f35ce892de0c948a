package io.dgen.internal.engine.round;

import io.dgen.From;
import io.dgen.generated.codec.WaitingCaller;
import io.dgen.internal.engine.later.RoundOutbox;
import java.util.function.Supplier;

/** The transaction of a callback. */
public final class RoundTransaction implements CallbackContext.Transactional {

  private final RoundOutbox.Scope scope;
  private final Supplier<From<?>> from;

  /**
   * Creates the transaction for the callback of a message.
   *
   * @param from the message's caller; throws an {@link IllegalStateException} if it has none
   */
  public RoundTransaction(RoundOutbox.Scope scope, Supplier<From<?>> from) {
    this.scope = scope;
    this.from = from;
  }

  /** Returns the transaction for {@code init}. */
  public static RoundTransaction ofInit(RoundOutbox.Scope scope) {
    return new RoundTransaction(
        scope,
        () -> {
          throw new IllegalStateException("init handles no message: no caller waits for a reply");
        });
  }

  @Override
  public From<?> from() {
    return from.get();
  }

  @Override
  public void reply(WaitingCaller<?> caller, byte[] reply) {
    scope.reply(caller, reply);
  }

  @Override
  public RoundOutbox.Scope scope() {
    return scope;
  }
}
