package io.dgen.internal.engine.round;

import io.dgen.From;
import io.dgen.generated.codec.WaitingCaller;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.later.RoundIdempotency;
import io.dgen.internal.engine.later.RoundOutbox;
import io.dgen.internal.engine.send.ReplyBatch;
import java.util.function.Supplier;

/** The transaction of a callback. */
public final class RoundTransaction implements CallbackContext.Transactional {

  private final ReplyBatch replies;
  private final RoundIdempotency records;
  private final RoundOutbox.Scope scope;
  private final Supplier<From<?>> from;

  /**
   * Creates the transaction for the callback of a message.
   *
   * @param from the message's caller; throws an {@link IllegalStateException} if it has none
   */
  RoundTransaction(
      ReplyBatch replies,
      RoundIdempotency records,
      RoundOutbox.Scope scope,
      Supplier<From<?>> from) {
    this.replies = replies;
    this.records = records;
    this.scope = scope;
    this.from = from;
  }

  /** Returns the transaction for {@code init}. */
  public static RoundTransaction ofInit(
      ReplyBatch replies, RoundIdempotency records, RoundOutbox.Scope scope) {
    return new RoundTransaction(
        replies,
        records,
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
  public void reply(WaitingCaller<?> from, byte[] reply) {
    scope.checkThread();
    for (Caller caller : scope.read(() -> records.answer(from, reply))) {
      replies.addLate(caller, reply);
    }
  }

  @Override
  public RoundOutbox.Scope scope() {
    return scope;
  }
}
