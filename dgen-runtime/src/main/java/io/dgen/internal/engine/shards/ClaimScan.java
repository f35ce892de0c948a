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
import io.dgen.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entities that this node claims in a shard and that have queued messages: reads one key
 * for each, and nothing of the others, however many there are.
 */
final class ClaimScan implements WatchLoop.Scan {

  private final KeyLayout layout;
  private final Environment environment;
  private final FairScheduler turns;
  private final Signal signal;
  private final Further.Looks further;
  private final Shard shard;
  private final boolean duties;
  private final List<String> ids;

  ClaimScan(
      KeyLayout layout,
      Environment environment,
      FairScheduler turns,
      Signal signal,
      Further.Looks further,
      Shard shard,
      ShardLook look) {
    this.layout = layout;
    this.environment = environment;
    this.turns = turns;
    this.signal = signal;
    this.further = further;
    this.shard = shard;
    this.duties = look.duties();
    this.ids = look.ids().stream().sorted().toList();
  }

  @Override
  public CompletableFuture<Void> ready() {
    return turns.room(shard.server());
  }

  @Override
  public boolean run(Transaction transaction) throws InterruptedException {
    Further.Seen seen = duties ? further.begin(transaction) : bell -> {};
    CompletableFuture<byte @Nullable []> bump =
        duties
            ? transaction.snapshot().get(layout.bumpKey(shard.server(), shard.number()))
            : CompletableFuture.completedFuture(null);
    List<CompletableFuture<byte[]>> ready = new ArrayList<>(ids.size());
    for (String id : ids) {
      ready.add(transaction.snapshot().get(layout.entity(shard.server(), id).ready));
    }
    for (int i = 0; i < ids.size(); i++) {
      if (environment.await(ready.get(i)) != null) {
        signal.queued(new Address(shard.server(), ids.get(i)), false);
      }
    }
    seen.look(environment.await(bump));
    return false;
  }
}
