package io.dgen.internal.engine.later;

import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.tx.Transactor;

/**
 * The messages that a node sends in transactions, with a delay, or under an idempotency key.
 * Thread-safe.
 */
public final class OutgoingMessages {

  private final TransactionOutbox.Shared shared;
  private final DelayTimers due;
  private final DelayedCasts casts;

  /**
   * Creates it.
   *
   * @param due told of delayed messages
   * @param casts sends delayed messages from outside callbacks
   */
  public OutgoingMessages(TransactionOutbox.Shared shared, DelayTimers due, DelayedCasts casts) {
    this.shared = shared;
    this.due = due;
    this.casts = casts;
  }

  /** Returns the outbox for the callbacks of an attempt. */
  public RoundOutbox outbox(
      Transactor.Attempt attempt, RoundIdempotency roundRecords, ReplyBatch replies) {
    return new RoundOutbox(attempt, shared, roundRecords, replies);
  }

  /** Returns an attempt's view of the idempotency records. */
  public RoundIdempotency records(Transactor.Attempt attempt) {
    return new RoundIdempotency(
        shared.records(), attempt::reads, attempt::writes, shared.environment());
  }

  /**
   * Processes that a message is given up, as part of a transaction: if it was sent with a delay
   * under a key, it may be sent again.
   */
  public void givenUp(Transactor.Attempt attempt, Address address, Envelope message)
      throws InterruptedException {
    String key = message.idempotencyKey();
    if (key != null) {
      records(attempt).unschedule(address, key, null);
    }
  }

  /** Returns what entities have asked others. */
  public OpenAsks asks() {
    return new OpenAsks(shared);
  }

  public DelayedMessages delayed() {
    return shared.delayed();
  }

  public DelayedCasts casts() {
    return casts;
  }

  /** Processes that a transaction's messages are committed: wakes those that are to get them. */
  public void committed(RoundOutbox.Sent sent) {
    sent.targets().forEach(due::queued);
    sent.tickets().forEach(due::sent);
  }
}
