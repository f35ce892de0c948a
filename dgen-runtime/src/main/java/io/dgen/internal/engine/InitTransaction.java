package io.dgen.internal.engine;

import io.dgen.From;

/** What {@code init} may ask of its transaction when a reset calls it: there is no message. */
final class InitTransaction implements CallbackContext.Transactional {

  private final ReplyBatch replies;
  private final RoundRecords records;
  private final RoundOutbox.Scope scope;

  InitTransaction(ReplyBatch replies, RoundRecords records, RoundOutbox.Scope scope) {
    this.replies = replies;
    this.records = records;
    this.scope = scope;
  }

  @Override
  public From<?> from() {
    throw new IllegalStateException("init handles no message: nobody waits for a reply");
  }

  @Override
  public void reply(From<?> from, byte[] reply) {
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
