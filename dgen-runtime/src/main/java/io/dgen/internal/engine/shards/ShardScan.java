package io.dgen.internal.engine.shards;

import io.dgen.internal.engine.cluster.ShardLook;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Shard;
import io.dgen.internal.engine.shards.ShardConsumers.Further;
import io.dgen.internal.engine.shards.ShardConsumers.Signal;
import io.dgen.internal.engine.tx.WatchLoop;
import io.dgen.internal.engine.work.FairScheduler;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the entities of a shard that have queued messages and are not claimed, page by page: each
 * page in a transaction of its own, and no faster than entities get their turns. The ready entities
 * may be more than fit into memory, or than can be read in the store's five seconds. Used by one
 * thread at a time.
 *
 * <p>An entity that becomes ready in a part that was already scanned is not missed: a scan of
 * several pages is the last one only if the shard's key has not changed since the first of them.
 */
final class ShardScan implements WatchLoop.Scan {

  private static final Logger LOG = LoggerFactory.getLogger(ShardScan.class);

  /** How many entities are read at a time. */
  static final int PAGE = 128;

  private final Environment environment;
  private final FairScheduler turns;
  private final Signal signal;
  private final Further.Looks further;
  private final Shard shard;
  private final ShardLook look;
  private final byte[] prefix;
  private final byte[] bump;

  /** The start of the next page. */
  private byte[] begin;

  /** The shard's key at the first page. */
  private byte @Nullable [] bumpAtFirst;

  ShardScan(
      KeyLayout layout,
      Environment environment,
      FairScheduler turns,
      Signal signal,
      Further.Looks further,
      Shard shard,
      ShardLook look) {
    this.environment = environment;
    this.turns = turns;
    this.signal = signal;
    this.further = further;
    this.shard = shard;
    this.look = look;
    this.prefix = layout.readyPrefix(shard.server(), shard.number());
    this.bump = layout.bumpKey(shard.server(), shard.number());
    this.begin = prefix;
  }

  @Override
  public CompletableFuture<Void> ready() {
    return turns.room(shard.server());
  }

  /** Reads one page; returns whether there is more. */
  @Override
  public boolean run(Transaction transaction) throws InterruptedException {
    boolean isFirst = Arrays.equals(begin, prefix);
    ReadTransaction snapshot = transaction.snapshot();
    var rows = snapshot.getRange(begin, Keys.prefixEnd(prefix), PAGE);
    var bumpRead = snapshot.get(bump);
    Further.Seen seen = isFirst ? further.begin(transaction) : bell -> {};
    List<KeyValue> page = environment.await(rows);
    boolean damaged = false;
    byte[] bumpNow = environment.await(bumpRead);
    for (KeyValue row : page) {
      String id = idOf(row);
      if (id == null) {
        LOG.error("a damaged key of {} was cleared: {}", shard, Keys.printable(row.key()));
        transaction.clear(row.key());
        damaged = true;
      } else if (look.includes(id)) {
        signal.queued(new Address(shard.server(), id), false);
      }
    }
    seen.look(bumpNow);
    if (isFirst) {
      bumpAtFirst = bumpNow;
    }
    if (page.size() == PAGE) {
      begin = Keys.after(page.getLast().key());
      return true;
    }
    begin = prefix;
    return damaged || !Arrays.equals(bumpAtFirst, bumpNow);
  }

  /** Returns the entity that a row marks as ready; null if its key is damaged. */
  private @Nullable String idOf(KeyValue row) {
    try {
      return KeyLayout.readyId(prefix, row.key());
    } catch (RuntimeException e) {
      return null;
    }
  }
}
