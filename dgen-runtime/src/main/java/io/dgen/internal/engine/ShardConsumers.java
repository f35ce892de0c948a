package io.dgen.internal.engine;

import io.dgen.internal.engine.Activations.Address;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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

  private static final int PAGE = 1000;

  private final KeyLayout layout;
  private final Store store;
  private final Environment environment;
  private final Duration pollInterval;
  private final Signal signal;
  private final Further further;
  private final Map<Shard, WatchLoop> loops = new HashMap<>();
  private boolean stopped;

  ShardConsumers(
      KeyLayout layout,
      Store store,
      Environment environment,
      Duration pollInterval,
      Signal signal,
      Further further) {
    this.layout = layout;
    this.store = store;
    this.environment = environment;
    this.pollInterval = pollInterval;
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
    return new WatchLoop(
        "shard " + shard.number() + " of " + shard.server(),
        store,
        environment,
        layout.bumpKey(shard.server(), shard.number()),
        pollInterval,
        transaction -> scan(shard, transaction));
  }

  private boolean scan(Shard shard, Transaction transaction) throws InterruptedException {
    Further.Seen seen = further.begin(transaction, shard.server(), shard.number());
    byte[] prefix = layout.readyPrefix(shard.server(), shard.number());
    byte[] begin = prefix;
    List<KeyValue> page;
    do {
      page =
          environment.await(transaction.snapshot().getRange(begin, Keys.prefixEnd(prefix), PAGE));
      for (KeyValue row : page) {
        String id = KeyLayout.readyId(prefix, row.key());
        signal.queued(new Address(shard.server(), id), false);
      }
      if (!page.isEmpty()) {
        begin = Keys.after(page.getLast().key());
      }
    } while (page.size() == PAGE);
    seen.look();
    return false;
  }
}
