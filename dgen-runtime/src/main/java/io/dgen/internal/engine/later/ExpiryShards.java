package io.dgen.internal.engine.later;

import io.dgen.internal.engine.format.Shard;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears expired idempotency records, on the node that owns their shard, in transactions at batch
 * priority that closing does not wait for. A shard is read once in a poll interval, or in two while
 * it is busy; a record has no effect from the moment when it expires. Thread-safe.
 */
public final class ExpiryShards {

  private static final Logger LOG = LoggerFactory.getLogger(ExpiryShards.class);
  private static final TransactionOptions BATCH =
      TransactionOptions.builder().priority(TransactionOptions.Priority.BATCH).build();

  private final IdempotencyStore records;
  private final NodeStore store;
  private final DelayTimers.Host host;
  private final Duration pollInterval;

  /** The shards that are being swept. */
  private final Set<Shard> sweeping = ConcurrentHashMap.newKeySet();

  public ExpiryShards(
      IdempotencyStore records, NodeStore store, DelayTimers.Host host, Duration pollInterval) {
    this.records = records;
    this.store = store;
    this.host = host;
    this.pollInterval = pollInterval;
  }

  /** Reports when the first record of a shard expires, as a scan has read it. */
  public void seen(String server, int number, long expiry) {
    Shard shard = new Shard(server, number);
    if (records.isOver(expiry) && sweeping.add(shard)) {
      store.environment().execute(() -> sweep(shard));
    }
  }

  private void sweep(Shard shard) {
    try {
      boolean more = true;
      while (more && host.owns(shard.server(), shard.number())) {
        more =
            store
                .transactor()
                .runIdempotent(
                    BATCH,
                    transaction -> records.sweep(transaction, shard.server(), shard.number()));
      }
    } catch (StoreException e) {
      if (host.owns(shard.server(), shard.number())) {
        LOG.warn(
            "cannot clear expired idempotency records of {}; trying again after {}: {}",
            shard,
            pollInterval,
            e.getMessage());
      }
    } catch (InterruptedException e) {
      // The node is closing; the next owner continues.
    } catch (RuntimeException | Error e) {
      LOG.error(
          "cannot clear expired idempotency records of {}; trying again after {}",
          shard,
          pollInterval,
          e);
    } finally {
      sweeping.remove(shard);
    }
  }
}
