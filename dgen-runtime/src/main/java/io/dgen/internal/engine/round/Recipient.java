package io.dgen.internal.engine.round;

import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.send.Pending;
import org.jspecify.annotations.Nullable;

/**
 * Who gets what becomes of a message: the sender on this node whose message came from the lane, or
 * the call that waits in some node's mailbox, or nobody.
 *
 * @param pending the sender; null if the message came from the queue
 * @param caller the call that waits in a mailbox; null if none does
 * @param idempotencyKey under which key the message counts once; null for none
 */
record Recipient<M>(
    @Nullable Pending<M> pending, @Nullable Caller caller, @Nullable String idempotencyKey) {

  static <M> Recipient<M> sender(Pending<M> pending) {
    return new Recipient<>(pending, null, pending.delivery.idempotencyKey());
  }

  static <M> Recipient<M> of(Envelope envelope) {
    return new Recipient<>(null, envelope.caller(), envelope.idempotencyKey());
  }

  /** Of a callback without a message to reply to. */
  static <M> Recipient<M> nobody() {
    return new Recipient<>(null, null, null);
  }

  /** Returns whether somebody waits for a reply, and not for an acknowledgement alone. */
  boolean isCaller() {
    return pending != null ? pending.isCall() : caller != null;
  }
}
