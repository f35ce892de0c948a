package io.dgen.internal.engine.shards;

import io.dgen.internal.engine.cluster.ShardLook;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Shard;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.internal.engine.tx.WatchLoop;
import io.dgen.internal.engine.work.FairScheduler;
import io.dgen.internal.engine.work.Few;
import io.dgen.spi.Environment;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Watches the shards that this node looks at and wakes the activations of entities that have queued
 * messages. There is one watch for each shard, none for an entity: the two levels of Apple's QuiCK.
 * Thread-safe.
 *
 * @see "Chrysafis et al., QuiCK: A Queuing System in CloudKit, SIGMOD 2021"
 */
public final class ShardConsumers {

  /** How many shards are scanned at a time. */
  private static final int SCANS = 16;

  private final KeyLayout layout;
  private final Store store;
  private final Environment environment;
  private final Duration pollInterval;
  private final FairScheduler turns;
  private final Signal signal;
  private final Further further;
  private final Executor scans;
  private final Map<Shard, Watched> loops = new HashMap<>();
  private boolean stopped;

  public ShardConsumers(
      NodeStore store, Duration pollInterval, FairScheduler turns, Signal signal, Further further) {
    this.layout = store.layout();
    this.store = store.opened();
    this.environment = store.environment();
    this.pollInterval = pollInterval;
    this.turns = turns;
    this.signal = signal;
    this.further = further;
    this.scans = new Few(environment, SCANS);
  }

  /** Receives entities that may have queued messages. */
  public interface Signal {
    void queued(Address address, boolean backOffEnded);
  }

  /** The further reads that scans of shards include. */
  public interface Further {

    /** Returns the further reads of one shard, from the first scan on. */
    Looks of(Shard shard);

    /** The further reads of one shard. */
    interface Looks {

      /** Begins to read. */
      Seen begin(Transaction scan);
    }

    /** A read that was begun. */
    @FunctionalInterface
    interface Seen {

      /**
       * Processes what was read.
       *
       * @param bump the scan's read of the shard's bell
       */
      void look(byte @Nullable [] bump) throws InterruptedException;
    }
  }

  /** A shard's loop, and what it looks at. */
  private record Watched(ShardLook look, WatchLoop loop) {}

  /** Watches the given shards, and no others. */
  public synchronized void assign(Map<Shard, ShardLook> looks) {
    if (stopped) {
      return;
    }
    loops
        .entrySet()
        .removeIf(
            entry -> {
              Watched watched = entry.getValue();
              if (watched.look().equals(looks.get(entry.getKey()))) {
                return false;
              }
              watched.loop().stop();
              return true;
            });
    looks.forEach(
        (shard, look) -> {
          if (!loops.containsKey(shard)) {
            WatchLoop loop = loop(shard, look);
            loops.put(shard, new Watched(look, loop));
            loop.start();
          }
        });
  }

  public synchronized void stop() {
    stopped = true;
    loops.values().forEach(watched -> watched.loop().stop());
    loops.clear();
  }

  private WatchLoop loop(Shard shard, ShardLook look) {
    Further.Looks looks = further.of(shard);
    return new WatchLoop(
        "shard " + shard.number() + " of " + shard.server(),
        store,
        environment,
        scans,
        layout.bumpKey(shard.server(), shard.number()),
        pollInterval,
        look.whole()
            ? new ShardScan(layout, environment, turns, signal, looks, shard, look)
            : new ClaimScan(layout, environment, turns, signal, looks, shard, look));
  }
}
