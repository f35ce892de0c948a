package io.dgen.internal.engine.later;

import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Envelope;
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
   * Makes it.
   *
   * @param due told of what is sent with a delay
   * @param casts sends what is sent later from outside of callbacks
   */
  public OutgoingMessages(TransactionOutbox.Shared shared, DelayTimers due, DelayedCasts casts) {
    this.shared = shared;
    this.due = due;
    this.casts = casts;
  }

  /** What the callbacks of an attempt send. */
  public RoundOutbox outbox(Transactor.Attempt attempt, RoundIdempotency roundRecords) {
    return new RoundOutbox(attempt, shared, roundRecords);
  }

  /** What an attempt reads and writes under idempotency keys. */
  public RoundIdempotency records(Transactor.Attempt attempt) {
    return new RoundIdempotency(
        shared.records(), attempt::reads, attempt::writes, shared.environment());
  }

  /**
   * A message is given up, as part of a transaction: should it have been sent with a delay under a
   * key, it may be sent again.
   */
  public void givenUp(Transactor.Attempt attempt, Address address, Envelope message)
      throws InterruptedException {
    String key = message.idempotencyKey();
    if (key != null) {
      records(attempt).unschedule(address, key, null);
    }
  }

  public DelayedMessages delayed() {
    return shared.delayed();
  }

  public DelayedCasts casts() {
    return casts;
  }

  /** What a transaction sent is committed: those who are to get it hear of it. */
  public void committed(RoundOutbox.Sent sent) {
    sent.targets().forEach(due::queued);
    sent.tickets().forEach(due::sent);
  }
}
