package io.dgen.internal.engine;

import io.dgen.internal.engine.Activations.Address;
import io.dgen.spi.Environment;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Watches the shards that this node owns and wakes the activations of entities that have queued
 * messages. One watch for each shard, none for an entity: the two levels of Apple's QuiCK.
 * Thread-safe.
 *
 * @see "Chrysafis et al., QuiCK: A Queuing System in CloudKit, SIGMOD 2021"
 */
final class ShardConsumers {

  private final KeyLayout layout;
  private final Store store;
  private final Environment environment;
  private final Duration pollInterval;
  private final Turns turns;
  private final Signal signal;
  private final Further further;
  private final Map<Shard, WatchLoop> loops = new HashMap<>();
  private boolean stopped;

  ShardConsumers(
      KeyLayout layout,
      Store store,
      Environment environment,
      Duration pollInterval,
      Turns turns,
      Signal signal,
      Further further) {
    this.layout = layout;
    this.store = store;
    this.environment = environment;
    this.pollInterval = pollInterval;
    this.turns = turns;
    this.signal = signal;
    this.further = further;
  }

  /** Told of an entity that may have queued messages. */
  interface Signal {
    void queued(Address address, boolean backOffEnded);
  }

  /** What else is looked at with each scan of a shard. */
  interface Further {

    /** Begins to read it. */
    Seen begin(Transaction scan, String server, int shard);

    /** What was begun. */
    @FunctionalInterface
    interface Seen {

      void look() throws InterruptedException;
    }
  }

  private record Shard(String server, int number) {}

  /** Watches the shards that are this node's, and no others. */
  synchronized void assign(Set<String> servers, Membership.View view, NodeId self) {
    if (stopped) {
      return;
    }
    Set<Shard> owned = new HashSet<>();
    for (String server : servers) {
      for (int number = 0; number < KeyLayout.SHARDS; number++) {
        if (self.equals(view.owner(server, number))) {
          owned.add(new Shard(server, number));
        }
      }
    }
    loops
        .entrySet()
        .removeIf(
            entry -> {
              if (owned.contains(entry.getKey())) {
                return false;
              }
              entry.getValue().stop();
              return true;
            });
    for (Shard shard : owned) {
      if (!loops.containsKey(shard)) {
        WatchLoop loop = loop(shard);
        loops.put(shard, loop);
        loop.start();
      }
    }
  }

  synchronized void stop() {
    stopped = true;
    loops.values().forEach(WatchLoop::stop);
    loops.clear();
  }

  private WatchLoop loop(Shard shard) {
    ShardScan scan =
        new ShardScan(layout, environment, turns, signal, further, shard.server(), shard.number());
    return new WatchLoop(
        "shard " + shard.number() + " of " + shard.server(),
        store,
        environment,
        layout.bumpKey(shard.server(), shard.number()),
        pollInterval,
        scan);
  }
}
