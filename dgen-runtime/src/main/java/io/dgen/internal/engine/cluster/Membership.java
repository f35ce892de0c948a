package io.dgen.internal.engine.cluster;

import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.cluster.LivenessTracker.Sighting;
import io.dgen.internal.engine.format.HostedIds;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.NodeRecord;
import io.dgen.internal.engine.tx.Receipts;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.engine.work.Timers;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tracks which nodes are alive.
 *
 * <p>A node repeatedly writes its key with the versionstamp of that commit: its heartbeat. It is
 * alive until the liveness timeout after that: {@link LivenessTracker} measures it, and never
 * compares two machines' clocks. Who owns what follows from that: see {@link Placement}.
 *
 * <p>The answer may be stale, and two nodes may both believe that they own an entity: transactions
 * keep that correct, the assignment only avoids wasted work. The conflicts of such transactions
 * make a node look again at once.
 */
public final class Membership {

  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  /**
   * The fraction of the liveness timeout that is left to detect that a node is dead and to take
   * over.
   */
  private static final int LOOK_PART = 20;

  /** How many looks per liveness timeout conflicts may cause, at most. */
  private static final int SUSPICIONS = 50;

  private final KeyLayout layout;
  private final NodeId self;
  private final Environment environment;
  private final Transactor transactor;
  private final Receipts receipts;
  private final RunningTime runningTime;
  private final Duration timeout;
  private final Runnable onChange;
  private final NodeSweeper sweeper;
  private final Suspects suspects;

  private final LivenessTracker sightings;
  private final MembershipRefresh lookout;
  private final Map<String, HostedIds> hosted = new TreeMap<>();

  /** The others that were alive at {@link #latest}; guarded by the sightings. */
  private List<Member> others = List.of();

  private long latest;
  private volatile Placement placement = Placement.NONE;
  private volatile boolean stopped;
  private final AtomicBoolean beating = new AtomicBoolean();
  private volatile Environment.@Nullable Cancellable timer;

  public Membership(
      KeyLayout layout,
      NodeId self,
      Environment environment,
      Transactor transactor,
      Receipts receipts,
      RunningTime runningTime,
      Duration timeout,
      Suspects suspects,
      Runnable onChange) {
    this.layout = layout;
    this.self = self;
    this.environment = environment;
    this.transactor = transactor;
    this.receipts = receipts;
    this.runningTime = runningTime;
    this.timeout = timeout;
    this.suspects = suspects;
    this.onChange = onChange;
    this.sweeper = new NodeSweeper(layout, self, environment, transactor, timeout);
    this.sightings = new LivenessTracker(timeout.minus(timeout.dividedBy(LOOK_PART)).toNanos());
    this.lookout = new MembershipRefresh(environment, timeout.dividedBy(SUSPICIONS), this::look);
  }

  public Placement placement() {
    return placement;
  }

  /** Returns whether this node runs an entity, if it hosts the server. */
  boolean owns(String server, String id) {
    return self.equals(placement.owner(server, id));
  }

  /** Returns whether this node does the work for a shard as a whole. */
  boolean ownsShard(String server, int shard) {
    return self.equals(placement.shardOwner(server, shard));
  }

  /**
   * Reports that a round of an entity that this node owns conflicted with another one: there may be
   * an unknown node.
   */
  void suspect() {
    lookout.suspect();
  }

  /** Joins. When it returns, this node's key is in the store and the placement is current. */
  public void join() throws InterruptedException {
    beat();
    scheduleNext();
  }

  /**
   * Records a server to be hosted. Others learn of it with the next heartbeat.
   *
   * @throws DgenException if the server is already hosted, or there is no room to tell others
   */
  public void claim(String server, HostedIds hosting) {
    synchronized (hosted) {
      if (hosted.containsKey(server)) {
        throw new DgenException(
            "a server named "
                + server
                + " is already hosted here; host each server once, with all its ids in one"
                + " only(...), and give two servers different names with"
                + " @DistributedServer(name = ...)",
            null,
            Effect.NONE);
      }
      Map<String, HostedIds> next = new TreeMap<>(hosted);
      next.put(server, hosting);
      NodeRecord.check(next, server);
      hosted.put(server, hosting);
    }
  }

  /**
   * Tells others what was claimed. When it returns they can see it, and the placement is current.
   */
  public void announce() throws InterruptedException {
    beat();
  }

  /** Leaves: this node's key is cleared, so that others take over at their next look. */
  public void leave() throws InterruptedException {
    stopped = true;
    sweeper.stop();
    lookout.stop();
    receipts.close();
    Environment.Cancellable next = timer;
    if (next != null) {
      next.cancel();
    }
    // No receipt: the transaction clears the receipts, and may be repeated.
    transactor.runIdempotent(
        TransactionOptions.DEFAULT,
        transaction -> {
          NodeSweeper.clear(transaction, layout, self);
          return true;
        });
  }

  /**
   * Schedules the next heartbeat. Each timer sets the next one before anything else, so that a
   * failure never stops the heartbeats.
   */
  private void scheduleNext() {
    timer =
        Timers.insist(
            environment,
            interval(),
            () -> {
              if (!stopped) {
                scheduleNext();
                environment.execute(this::heartbeat);
              }
            });
  }

  /** Returns the time between two heartbeats. */
  private Duration interval() {
    return timeout.dividedBy(4);
  }

  private void heartbeat() {
    // A slow heartbeat is not overtaken by the next.
    if (stopped || !beating.compareAndSet(false, true)) {
      return;
    }
    try {
      beat();
    } catch (StoreException e) {
      if (!stopped) {
        LOG.warn("cannot write the heartbeat of node {}: {}", self, e.getMessage());
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      // Including an unreadable row.
      LOG.error("the heartbeat of node {} failed", self, e);
    } finally {
      beating.set(false);
    }
  }

  /**
   * Writes this node's key and reads all others: one heartbeat. Blind except for snapshot reads.
   */
  private void beat() throws InterruptedException {
    Seen seen =
        transactor.runIdempotent(
            TransactionOptions.DEFAULT,
            transaction -> {
              CompletableFuture<List<KeyValue>> rows = rows(transaction.snapshot());
              var timeRead = runningTime.begin(transaction.snapshot());
              var sentinelRead = transaction.get(Receipts.sentinelKey(layout, self));
              long version = environment.await(transaction.snapshot().getReadVersion());
              byte[] sentinel = environment.await(sentinelRead);
              List<KeyValue> found = environment.await(rows);
              long generation = 0;
              if (!stopped) {
                runningTime.carryOn(transaction, environment.await(timeRead), version);
                // The first heartbeat creates it, with the row, so that all data of a node can be
                // found by its row. Others may sweep both: a machine that was suspended continues.
                generation = receipts.open(transaction, sentinel);
                // An older heartbeat that is still in flight must not undo a newer one, nor bring
                // the key back after this node has left.
                transaction.addReadConflictKey(layout.nodeKey(self));
                transaction.mutate(
                    MutationType.SET_VERSIONSTAMPED_VALUE,
                    layout.nodeKey(self),
                    NodeRecord.heartbeat(hosted()));
              }
              return new Seen(found, version, generation);
            });
    receipts.opened(seen.generation());
    update(seen);
  }

  /** Looks which nodes are alive, between two heartbeats. Writes nothing. */
  private void look() throws InterruptedException {
    if (!stopped) {
      update(
          transactor.runIdempotent(
              TransactionOptions.DEFAULT,
              transaction -> {
                CompletableFuture<List<KeyValue>> rows = rows(transaction.snapshot());
                long version = environment.await(transaction.snapshot().getReadVersion());
                return new Seen(environment.await(rows), version, 0);
              }));
    }
  }

  private CompletableFuture<List<KeyValue>> rows(ReadTransaction snapshot) {
    byte[] prefix = layout.nodePrefix();
    return snapshot.getRange(prefix, Keys.prefixEnd(prefix), 0);
  }

  private record Seen(List<KeyValue> rows, long version, long generation) {}

  private Map<String, HostedIds> hosted() {
    synchronized (hosted) {
      return new TreeMap<>(hosted);
    }
  }

  /** Records the result of a look, unless a later one was recorded already. */
  private void update(Seen seen) {
    boolean changed;
    synchronized (sightings) {
      if (seen.version() >= latest) {
        latest = seen.version();
        others = others(seen);
      }
      List<Member> alive = new ArrayList<>();
      alive.add(new Member(self, Map.copyOf(hosted())));
      alive.addAll(others);
      changed = !alive.equals(placement.members());
      if (changed) {
        placement = Placement.of(alive);
      }
    }
    if (changed) {
      onChange.run();
    }
  }

  /** Returns the other nodes that are alive. */
  private List<Member> others(Seen seen) {
    Map<NodeId, Long> stamps = new HashMap<>();
    Map<NodeId, Suspects.Row> rows = new LinkedHashMap<>();
    for (KeyValue row : seen.rows()) {
      NodeId id = idOf(row);
      if (id != null) {
        long stamp = NodeRecord.version(row.value());
        stamps.put(id, stamp);
        if (!id.equals(self)) {
          rows.put(id, new Suspects.Row(stamp, NodeRecord.hosted(row.value())));
        }
      }
    }
    long now = environment.nanoTime();
    Map<NodeId, Sighting> sighted = sightings.look(stamps, seen.version(), now);
    List<Member> alive = new ArrayList<>();
    Set<NodeId> living = new HashSet<>(Set.of(self));
    long left = Long.MAX_VALUE;
    for (Map.Entry<NodeId, Suspects.Row> row : rows.entrySet()) {
      NodeId id = row.getKey();
      Sighting sighting = sighted.get(id);
      if (sighting != null && sighting.isAlive(now)) {
        living.add(id);
        alive.add(new Member(id, row.getValue().hosted()));
        left = Math.min(left, sighting.deadline() - now);
      }
    }
    lookIn(left);
    sweeper.look(sighted, living, seen.version());
    suspects.look(rows, living, placement, seen.version());
    return alive;
  }

  /** Returns the id in the key of a row; null if the key is damaged, and so is no node's. */
  private @Nullable NodeId idOf(KeyValue row) {
    try {
      return KeyLayout.nodeId(layout.nodePrefix(), row.key());
    } catch (RuntimeException e) {
      LOG.debug("the key of a node is damaged: {}", Keys.printable(row.key()));
      return null;
    }
  }

  /**
   * Schedules a look, since a node that does not beat may expire before the next heartbeat looks.
   */
  private void lookIn(long nanos) {
    if (nanos < interval().toNanos()) {
      lookout.lookIn(Duration.ofNanos(nanos + 1));
    } else {
      lookout.cancel();
    }
  }
}
