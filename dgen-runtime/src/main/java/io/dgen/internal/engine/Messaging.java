package io.dgen.internal.engine;

import io.dgen.DgenOptions;
import io.dgen.internal.engine.Activations.Address;
import java.time.Duration;

/**
 * What a node has for messages that are sent in transactions, with a delay, or under an idempotency
 * key. Thread-safe.
 */
final class Messaging implements DueShards.Host, ShardConsumers.Further {

  private final Engine engine;
  private final Duration pollInterval;
  private final DelayedMessages delayed;
  private final DueShards due;
  private final DoneRecords records;
  private final ExpiryShards expiry;
  private final TransactionOutbox.Shared shared;
  private final DelayedCasts casts;

  Messaging(Engine engine, DgenOptions options, Deadlines deadlines) {
    this.engine = engine;
    this.pollInterval = options.pollInterval();
    KeyLayout layout = engine.layout();
    this.delayed = new DelayedMessages(layout, engine.node(), engine.environment());
    this.due =
        new DueShards(
            layout,
            delayed,
            engine.environment(),
            engine.transactor(),
            engine.busy(),
            pollInterval,
            this);
    this.records =
        new DoneRecords(
            layout, engine.environment(), engine.runningTime(), options.idempotencyRetention());
    this.expiry = new ExpiryShards(records, engine, pollInterval);
    this.shared =
        new TransactionOutbox.Shared(
            layout, engine.environment(), delayed, records, engine.sender());
    this.casts =
        new DelayedCasts(
            shared, engine.transactor(), deadlines, due, engine.busy(), engine.callers());
  }

  /** What the callbacks of an attempt send. */
  RoundOutbox outbox(Transactor.Attempt attempt, RoundRecords roundRecords) {
    return new RoundOutbox(attempt, shared, roundRecords);
  }

  /** What an attempt reads and writes under idempotency keys. */
  RoundRecords records(Transactor.Attempt attempt) {
    return new RoundRecords(records, attempt::reads, attempt::writes, engine.environment());
  }

  /**
   * A message is given up, as part of a transaction: should it have been sent with a delay under a
   * key, it may be sent again.
   */
  void givenUp(Transactor.Attempt attempt, Address address, Envelope message)
      throws InterruptedException {
    String key = message.idempotencyKey();
    if (key != null) {
      records(attempt).unschedule(address, key, null);
    }
  }

  DelayedMessages delayed() {
    return delayed;
  }

  DelayedCasts casts() {
    return casts;
  }

  /** What a transaction sent is committed: those who are to get it hear of it. */
  void committed(RoundOutbox.Sent sent) {
    sent.targets().forEach(this::queued);
    sent.tickets().forEach(due::sent);
  }

  @Override
  public Looks of(Shard shard) {
    return new ShardDuties(engine.environment(), due, records, expiry, pollInterval, shard);
  }

  @Override
  public boolean owns(String server, int shard) {
    return engine.ownsShard(server, shard);
  }

  /** Wakes the entity at once if few wait; else the scan of its shard does when it can. */
  @Override
  public void queued(Address address) {
    if (engine.turns().hasRoom(address.server())) {
      engine.signalIfOwned(address);
    }
  }
}
