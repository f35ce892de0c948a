package io.dgen.internal.engine.round;

import io.dgen.error.Effect;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.send.Pending;
import org.jspecify.annotations.Nullable;

/**
 * The recipient of a message's result: the sender on this node whose message came from the lane,
 * the call that waits in some node's mailbox, or none.
 *
 * @param pending the sender; null if the message came from the queue
 * @param caller the call that waits in a mailbox; null if none does
 * @param idempotencyKey the key under which the message counts once; null for none
 * @param mayHaveSteps whether an earlier attempt may have recorded steps
 */
record Recipient<M>(
    @Nullable Pending<M> pending,
    @Nullable Caller caller,
    @Nullable String idempotencyKey,
    Effect effectIfDropped,
    boolean mayHaveSteps) {

  static <M> Recipient<M> sender(Pending<M> pending) {
    return new Recipient<>(pending, null, pending.delivery.idempotencyKey(), Effect.NONE, false);
  }

  static <M> Recipient<M> of(Envelope envelope) {
    return new Recipient<>(
        null,
        envelope.caller(),
        envelope.idempotencyKey(),
        envelope.effectIfDropped(),
        envelope.mayHaveSteps());
  }

  /** Returns the absent recipient, for a callback without a message to reply to. */
  static <M> Recipient<M> nobody() {
    return new Recipient<>(null, null, null, Effect.NONE, false);
  }

  /** Returns whether the recipient waits for a reply, rather than only for an acknowledgement. */
  boolean isCaller() {
    return pending != null ? pending.isCall() : caller != null;
  }
}
