package io.dgen.internal.engine.shards;

import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Shard;
import io.dgen.internal.engine.later.DelayTimers;
import io.dgen.internal.engine.later.ExpiryShards;
import io.dgen.internal.engine.later.IdempotencyStore;
import io.dgen.internal.engine.shards.ShardConsumers.Further;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The further reads of a shard: which delayed message is due first, and which idempotency record
 * expires first.
 *
 * <p>Most scans run because a message was pushed, which changes neither. So both are read once in a
 * poll interval, and delayed messages also when some were sent in the meantime, which the shard's
 * bell tells. While the bell keeps ringing, nearly two poll intervals may pass between two such
 * reads. Used by one thread at a time.
 */
public final class ShardDuties implements Further.Looks {

  private final Environment environment;
  private final DelayTimers due;
  private final IdempotencyStore records;
  private final ExpiryShards expiry;
  private final long intervalNanos;
  private final Shard shard;

  /** When everything was last read; null for never. */
  private @Nullable Long lookedAt;

  /** The bell's count of delayed messages when they were last read. */
  private long delayedSends;

  public ShardDuties(
      Environment environment,
      DelayTimers due,
      IdempotencyStore records,
      ExpiryShards expiry,
      Duration interval,
      Shard shard) {
    this.environment = environment;
    this.due = due;
    this.records = records;
    this.expiry = expiry;
    this.intervalNanos = interval.toNanos();
    this.shard = shard;
  }

  @Override
  public Further.Seen begin(Transaction scan) {
    ReadTransaction snapshot = scan.snapshot();
    long now = environment.nanoTime();
    if (lookedAt != null && now - lookedAt < intervalNanos) {
      return bump -> lookAgain(snapshot, bump);
    }
    CompletableFuture<List<KeyValue>> firstDue =
        due.first(snapshot, shard.server(), shard.number());
    CompletableFuture<List<KeyValue>> firstExpiry =
        records.first(snapshot, shard.server(), shard.number());
    return bump -> {
      due.seen(shard.server(), shard.number(), environment.await(firstDue));
      delayedSends = KeyLayout.delayedSends(bump);
      expiring(environment.await(firstExpiry));
      lookedAt = now;
    };
  }

  /**
   * Reads delayed messages again, as every sender of one rings the bell in the same transaction.
   */
  private void lookAgain(ReadTransaction snapshot, byte @Nullable [] bump)
      throws InterruptedException {
    long sends = KeyLayout.delayedSends(bump);
    if (sends != delayedSends) {
      due.seen(
          shard.server(),
          shard.number(),
          environment.await(due.first(snapshot, shard.server(), shard.number())));
      delayedSends = sends;
    }
  }

  private void expiring(List<KeyValue> first) {
    if (!first.isEmpty()) {
      String server = shard.server();
      long expires = records.expiryOf(server, shard.number(), first.getFirst().key());
      expiry.seen(server, shard.number(), expires);
    }
  }
}
