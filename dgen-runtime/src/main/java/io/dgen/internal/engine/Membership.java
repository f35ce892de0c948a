package io.dgen.internal.engine;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which nodes are alive and which of them owns which shard.
 *
 * <p>A node writes its key again and again with the versionstamp of that commit. It is alive for
 * the liveness timeout behind that: {@link Sightings} tells when it was, and compares no machine's
 * clock with another's. A shard belongs to the live host whose hash with it is highest (rendezvous
 * hashing), so that every node comes to the same answer alone and a change moves only the shards
 * that it must.
 *
 * <p>The answer may be stale, and two nodes may both believe that they own a shard: transactions
 * keep that correct, the assignment only avoids wasted work.
 */
final class Membership {

  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final int STAMP = 10;

  private final KeyLayout layout;
  private final NodeId self;
  private final Environment environment;
  private final Transactor transactor;
  private final Receipts receipts;
  private final Duration timeout;
  private final Runnable onChange;
  private final NodeSweeper sweeper;

  private final Sightings sightings;
  private final Set<String> hosted = new TreeSet<>();
  private volatile View view = new View(List.of());
  private volatile boolean stopped;
  private Environment.@Nullable Cancellable timer;

  Membership(
      KeyLayout layout,
      NodeId self,
      Environment environment,
      Transactor transactor,
      Receipts receipts,
      Duration timeout,
      Runnable onChange) {
    this.layout = layout;
    this.self = self;
    this.environment = environment;
    this.transactor = transactor;
    this.receipts = receipts;
    this.timeout = timeout;
    this.onChange = onChange;
    this.sweeper = new NodeSweeper(layout, self, environment, transactor, timeout);
    this.sightings = new Sightings(timeout.toNanos());
  }

  /** A node that is alive, and the servers that it hosts. */
  record Member(NodeId id, Set<String> servers) {}

  /** Who is alive. Immutable. */
  record View(List<Member> members) {

    /** The node that owns a shard; null if no live node hosts the server. */
    @Nullable NodeId owner(String server, int shard) {
      NodeId best = null;
      long bestScore = 0;
      for (Member member : members) {
        if (member.servers().contains(server)) {
          long score = score(member.id(), server, shard);
          if (best == null
              || Long.compareUnsigned(score, bestScore) > 0
              || (score == bestScore && member.id().compareTo(best) > 0)) {
            best = member.id();
            bestScore = score;
          }
        }
      }
      return best;
    }

    private static long score(NodeId node, String server, int shard) {
      return Hashes.mix(
          Hashes.of(server)
              ^ Hashes.mix(node.value().getMostSignificantBits() + shard)
              ^ Hashes.mix(node.value().getLeastSignificantBits() - shard));
    }
  }

  View view() {
    return view;
  }

  boolean owns(String server, int shard) {
    return self.equals(view.owner(server, shard));
  }

  /** Joins. When it returns, this node's key is in the store and the view is current. */
  void join() throws InterruptedException {
    beat();
    scheduleNext();
  }

  /** Hosts a server. When it returns, other nodes can see it and the view is current. */
  void host(String server) throws InterruptedException {
    synchronized (hosted) {
      hosted.add(server);
    }
    beat();
  }

  /** Leaves: this node's key is cleared, so that others take over at their next look. */
  void leave() throws InterruptedException {
    stopped = true;
    sweeper.stop();
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

  private void scheduleNext() {
    timer = environment.schedule(timeout.dividedBy(4), this::heartbeat);
  }

  private void heartbeat() {
    if (stopped) {
      return;
    }
    try {
      beat();
    } catch (StoreException e) {
      if (!stopped) {
        LOG.warn("cannot write the heartbeat of node {}: {}", self, e.getMessage());
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
    if (!stopped) {
      scheduleNext();
    }
  }

  /** One heartbeat: writes this node's key and reads all. Blind but for snapshot reads. */
  private void beat() throws InterruptedException {
    Seen seen =
        transactor.runIdempotent(
            TransactionOptions.DEFAULT,
            transaction -> {
              byte[] prefix = layout.nodePrefix();
              var rows = transaction.snapshot().getRange(prefix, Keys.prefixEnd(prefix), 0);
              var sentinelRead = transaction.get(Receipts.sentinelKey(layout, self));
              long version = environment.await(transaction.snapshot().getReadVersion());
              byte[] sentinel = environment.await(sentinelRead);
              List<KeyValue> found = environment.await(rows);
              long generation = 0;
              if (!stopped) {
                // The first heartbeat makes it, with the row, so that what there is of a node is
                // found by its row. Others may sweep both: a machine that was suspended goes on.
                generation = receipts.open(transaction, sentinel);
                // An older heartbeat that is still under way must not undo a newer one, nor bring
                // the key back after this node has left.
                transaction.addReadConflictKey(layout.nodeKey(self));
                transaction.mutate(
                    MutationType.SET_VERSIONSTAMPED_VALUE, layout.nodeKey(self), heartbeatValue());
              }
              return new Seen(found, version, generation);
            });
    receipts.opened(seen.generation());
    update(seen);
  }

  private record Seen(List<KeyValue> rows, long version, long generation) {}

  private byte[] heartbeatValue() {
    Tuple servers;
    synchronized (hosted) {
      servers = Tuple.fromList(List.copyOf(hosted));
    }
    return KeyLayout.withOffset(Keys.join(new byte[STAMP], servers.pack()), 0);
  }

  private void update(Seen seen) {
    List<Member> alive = new ArrayList<>();
    Set<String> own;
    synchronized (hosted) {
      own = Set.copyOf(hosted);
    }
    alive.add(new Member(self, own));
    long now = environment.nanoTime();
    Map<NodeId, Sightings.Sighting> sighted = look(seen, now);
    for (KeyValue row : seen.rows()) {
      NodeId id = KeyLayout.nodeId(layout.nodePrefix(), row.key());
      Sightings.Sighting sighting = sighted.get(id);
      if (id.equals(self) || sighting == null) {
        continue;
      }
      if (sighting.isAlive(now)) {
        alive.add(new Member(id, servers(row.value())));
      }
    }
    View next = new View(List.copyOf(alive));
    if (!next.equals(view)) {
      view = next;
      onChange.run();
    }
    sweeper.look(sighted, alive.stream().map(Member::id).toList(), seen.version(), now);
  }

  private Map<NodeId, Sightings.Sighting> look(Seen seen, long now) {
    Map<NodeId, Long> stamps = new HashMap<>();
    for (KeyValue row : seen.rows()) {
      stamps.put(KeyLayout.nodeId(layout.nodePrefix(), row.key()), stamp(row.value()));
    }
    synchronized (sightings) {
      return sightings.look(stamps, seen.version(), now);
    }
  }

  private static Set<String> servers(byte[] value) {
    Set<String> names = new HashSet<>();
    for (Object name : Tuple.fromBytes(Arrays.copyOfRange(value, STAMP, value.length))) {
      names.add((String) name);
    }
    return Set.copyOf(names);
  }

  /** The version of the store at which the heartbeat of a row was committed. */
  static long stamp(byte[] row) {
    return ByteBuffer.wrap(row).getLong();
  }
}
