package io.dgen.internal.engine.query;

import io.dgen.error.DgenClosedException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.cluster.Ownership;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.StampedKeys;
import io.dgen.internal.engine.send.Completions;
import io.dgen.internal.engine.send.Deadlines;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.send.ReplyMailbox;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.internal.engine.tx.Receipts;
import io.dgen.internal.engine.work.Batches;
import io.dgen.internal.term.Terms;
import io.dgen.store.MutationType;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The queries of this node that other nodes are asked to run. Thread-safe.
 *
 * <p>A request is a row below the prefix of the node that is asked, whose bell is rung. One
 * transaction is in flight at a time, and takes every request that waits, whichever node it is for:
 * it reads nothing but whether those nodes are there, and may be repeated. The answer comes back
 * through this node's mailbox.
 */
public final class RemoteQueries {

  /** The part of a sender's timeout after which another node is asked. */
  private static final int SILENCE = 4;

  private final NodeStore store;
  private final Ownership ownership;
  private final ReplyMailbox mailbox;
  private final Deadlines deadlines;
  private final Completions completions;
  private final QueryThreads threads;

  /** The queries whose answers have not come. */
  private final Set<AskedNodes> open = ConcurrentHashMap.newKeySet();

  private final Batches<Outgoing> outgoing;

  public RemoteQueries(
      NodeStore store,
      Ownership ownership,
      ReplyMailbox mailbox,
      Deadlines deadlines,
      Completions completions,
      QueryThreads threads) {
    this.threads = threads;
    this.store = store;
    this.ownership = ownership;
    this.mailbox = mailbox;
    this.deadlines = deadlines;
    this.completions = completions;
    this.outgoing =
        new Batches<>(
            store.environment(),
            each -> each.query().request().payload().length,
            this::writeThoseThatWait);
  }

  /** A request and the node that it is for. */
  private record Outgoing(AskedNodes query, NodeId to) {}

  /**
   * Asks a node, for a query that has taken a place, which is given back with its answer. Runs the
   * user's codec. If no node hosts the server, waits until one does.
   */
  <M> void send(Pending<M> pending, Address address) {
    byte[] payload = Terms.encode(out -> pending.codec.write(pending.message, out));
    mailbox.register(pending);
    AskedNodes query =
        new AskedNodes(pending, address, store.node(), payload, each -> ask(each, true));
    open.add(query);
    var unused =
        pending.future.whenComplete(
            (reply, error) -> {
              if (open.remove(query)) {
                deadlines.remove(query);
                threads.giveBack();
              }
            });
    ask(query, false);
  }

  /** Asks other nodes in the place of those that are gone, and for queries that have none. */
  void moved() {
    for (AskedNodes query : open) {
      ask(query, false);
    }
  }

  /** Returns the queries that wait, and that this node can run by now, with their places. */
  List<AskedNodes> takeThoseOf(QueryCallbacks callbacks) {
    List<AskedNodes> taken = new ArrayList<>(0);
    for (AskedNodes query : List.copyOf(open)) {
      if (callbacks.has(query.address().server()) && open.remove(query)) {
        deadlines.remove(query);
        taken.add(query);
      }
    }
    return taken;
  }

  private void ask(AskedNodes query, boolean insists) {
    NodeId to = query.next(ownership, insists);
    if (to == null) {
      return;
    }
    query.await(deadlines, query.pending().delivery.timeout().dividedBy(SILENCE));
    outgoing.add(new Outgoing(query, to));
  }

  /** Leaves out those that have their answer, or have timed out. */
  private void writeThoseThatWait(List<Outgoing> batch) {
    List<Outgoing> wait =
        batch.stream().filter(each -> !each.query().pending().future.isDone()).toList();
    if (!wait.isEmpty()) {
      write(wait);
    }
  }

  private void write(List<Outgoing> batch) {
    try {
      Set<NodeId> gone =
          store.transactor().runIdempotent(TransactionOptions.DEFAULT, each -> write(each, batch));
      if (!gone.isEmpty()) {
        ownership.isGone();
        batch.stream()
            .filter(each -> gone.contains(each.to()))
            .forEach(each -> ask(each.query(), true));
      }
    } catch (StoreException e) {
      fail(batch, e.withEffect(Effect.NONE));
    } catch (InterruptedException e) {
      fail(batch, new DgenClosedException("interrupted while asking other nodes", Effect.NONE));
    } catch (RuntimeException | Error e) {
      fail(batch, new DgenException("a query could not be sent: " + e, e, Effect.NONE));
    }
  }

  private void fail(List<Outgoing> batch, DgenException error) {
    completions.fail(batch.stream().map(each -> each.query().pending()).toList(), error);
  }

  /**
   * Writes requests to the nodes that are there, which is read with a conflict: a node that leaves
   * clears what was written before, and nothing is written after.
   *
   * @return the nodes that are not there any more
   */
  private Set<NodeId> write(Transaction transaction, List<Outgoing> batch)
      throws InterruptedException {
    KeyLayout layout = store.layout();
    Map<NodeId, CompletableFuture<byte @Nullable []>> sentinels = new HashMap<>();
    for (Outgoing each : batch) {
      sentinels.computeIfAbsent(
          each.to(), node -> transaction.get(Receipts.sentinelKey(layout, node)));
    }
    Set<NodeId> gone = new HashSet<>();
    for (Map.Entry<NodeId, CompletableFuture<byte @Nullable []>> read : sentinels.entrySet()) {
      if (store.environment().await(read.getValue()) == null) {
        gone.add(read.getKey());
      } else {
        transaction.mutate(MutationType.ADD, layout.queryBellKey(read.getKey()), KeyLayout.one());
      }
    }
    for (Outgoing each : batch) {
      if (!gone.contains(each.to())) {
        StampedKeys keys = layout.queries(each.to());
        List<byte[]> chunks = each.query().request().chunks();
        int order = transaction.claimUserVersion();
        for (int chunk = 0; chunk < chunks.size(); chunk++) {
          transaction.mutate(
              MutationType.SET_VERSIONSTAMPED_KEY, keys.pushKey(order, chunk), chunks.get(chunk));
        }
      }
    }
    return gone;
  }
}
