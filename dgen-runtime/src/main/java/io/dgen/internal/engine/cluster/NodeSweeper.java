package io.dgen.internal.engine.cluster;

import io.dgen.internal.engine.cluster.LivenessTracker.Sighting;
import io.dgen.internal.engine.format.Hashes;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.NodeRecord;
import io.dgen.internal.engine.format.StampedKeys;
import io.dgen.internal.engine.send.ReplyMailbox;
import io.dgen.internal.engine.tx.Receipts;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears the remains of dead nodes: their liveness key, receipts, mailbox, the queries that they
 * were asked, and the bells of both.
 *
 * <p>One of the live nodes sweeps each dead one (rendezvous hashing); while nodes disagree on which
 * ones are alive, two may do so, which is harmless. Dead nodes are found in what each heartbeat
 * reads anyway, and are swept separately, one in a transaction, at batch priority: a store that is
 * too busy for that must not make this node look dead too. Thread-safe.
 */
final class NodeSweeper {

  private static final Logger LOG = LoggerFactory.getLogger(NodeSweeper.class);
  private static final TransactionOptions BATCH =
      TransactionOptions.builder().priority(TransactionOptions.Priority.BATCH).build();

  /**
   * The least number of liveness timeouts after its last heartbeat before a node's remains are
   * swept. Large, since a sweep cannot be undone.
   */
  private static final int PATIENCE = 200;

  /**
   * For how many of them this node must have seen no other heartbeat. Each recovery of a
   * FoundationDB cluster advances versions by 100 s, and several may follow each other; and the
   * node may have only just started.
   */
  private static final int WATCHED = 20;

  private static final long NANOS_PER_VERSION = 1000;

  private final KeyLayout layout;
  private final NodeId self;
  private final Environment environment;
  private final Transactor transactor;
  private final long timeoutNanos;

  /** Whether a sweep is running: the next heartbeat finds again what is found in the meantime. */
  private final AtomicBoolean sweeping = new AtomicBoolean();

  private volatile boolean stopped;

  NodeSweeper(
      KeyLayout layout,
      NodeId self,
      Environment environment,
      Transactor transactor,
      Duration timeout) {
    this.layout = layout;
    this.self = self;
    this.environment = environment;
    this.transactor = transactor;
    this.timeoutNanos = timeout.toNanos();
  }

  private record Dead(NodeId node, long stamp) {}

  /**
   * Looks for nodes to sweep, and sweeps them elsewhere.
   *
   * @param sighted the last sighting of each node
   * @param alive the live nodes, including this one
   * @param version the version of the store at which they were seen
   */
  void look(Map<NodeId, Sighting> sighted, Collection<NodeId> alive, long version) {
    List<Dead> dead = new ArrayList<>(0);
    sighted.forEach(
        (node, sighting) -> {
          if (!alive.contains(node)
              && isDue(version, sighting.stamp())
              && sighting.isStale(WATCHED, timeoutNanos)
              && self.equals(sweeper(node, alive))) {
            dead.add(new Dead(node, sighting.stamp()));
          }
        });
    if (!dead.isEmpty() && !stopped && sweeping.compareAndSet(false, true)) {
      environment.execute(() -> sweepAll(dead));
    }
  }

  /** Stops: no further sweep begins. */
  void stop() {
    stopped = true;
  }

  /** Returns whether a sweep is due, by versions of the store, which all nodes share. */
  private boolean isDue(long version, long stamp) {
    return (version - stamp) / PATIENCE > timeoutNanos / NANOS_PER_VERSION;
  }

  /** Returns the live node that sweeps a dead one. */
  private static NodeId sweeper(NodeId dead, Collection<NodeId> alive) {
    NodeId best = dead;
    long bestScore = 0;
    for (NodeId node : alive) {
      long score = Hashes.mix(hash(dead) ^ Hashes.mix(hash(node)));
      int order = best.equals(dead) ? 1 : Long.compareUnsigned(score, bestScore);
      if (order > 0 || (order == 0 && node.compareTo(best) > 0)) {
        best = node;
        bestScore = score;
      }
    }
    return best;
  }

  private static long hash(NodeId node) {
    return node.value().getMostSignificantBits()
        ^ Hashes.mix(node.value().getLeastSignificantBits());
  }

  private void sweepAll(List<Dead> dead) {
    try {
      for (Dead each : dead) {
        if (stopped) {
          return;
        }
        transactor.runIdempotent(BATCH, transaction -> sweep(transaction, each));
      }
    } catch (StoreException e) {
      if (!stopped) {
        LOG.warn("cannot clear the remains of dead nodes; trying again: {}", e.getMessage());
      }
    } catch (InterruptedException e) {
      // The node is closing; another one sweeps.
    } finally {
      sweeping.set(false);
    }
  }

  /** Clears a node's remains, unless it has come back since. May be repeated. */
  private boolean sweep(Transaction transaction, Dead dead) throws InterruptedException {
    // With a conflict: either a heartbeat in flight or this transaction does not commit.
    var row = transaction.get(layout.nodeKey(dead.node()));
    var version = transaction.getReadVersion();
    byte[] found = environment.await(row);
    boolean swept =
        found != null
            && NodeRecord.version(found) == dead.stamp()
            && isDue(environment.await(version), dead.stamp());
    if (swept) {
      clear(transaction, layout, dead.node());
    }
    return swept;
  }

  /**
   * Clears everything that belongs to a node: three ranges and three keys, however much they hold.
   */
  static void clear(Transaction transaction, KeyLayout layout, NodeId node) {
    transaction.clear(layout.nodeKey(node));
    Receipts.sweep(transaction, layout, node);
    ReplyMailbox.sweep(transaction, layout, node);
    StampedKeys queries = layout.queries(node);
    transaction.clear(queries.prefix(), queries.end());
    transaction.clear(layout.queryBellKey(node));
  }
}
