package io.dgen.internal.engine;

import io.dgen.From;

/** What {@code init} may ask of its transaction when a reset calls it: there is no message. */
final class InitTransaction implements CallbackContext.Transactional {

  private final ReplyBatch replies;

  InitTransaction(ReplyBatch replies) {
    this.replies = replies;
  }

  @Override
  public From<?> from() {
    throw new IllegalStateException("init handles no message: nobody waits for a reply");
  }

  @Override
  public void reply(From<?> from, byte[] reply) {
    replies.add(new NodeId(from.node()), from.call(), reply);
  }
}
