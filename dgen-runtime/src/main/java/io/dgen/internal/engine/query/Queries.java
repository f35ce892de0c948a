package io.dgen.internal.engine.query;

import io.dgen.error.DgenClosedException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.OverloadedException;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.send.Completions;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The queries that clients of this node send. Thread-safe.
 *
 * <p>If this node hosts the server, a query is one read of the store, on a thread for user code,
 * and its callback runs there once the transaction has ended: nothing of the entity's activation is
 * involved but the state that it has published.
 */
public final class Queries {

  /** A read that takes longer gives its thread back; most callers have timed out long before. */
  private static final TransactionOptions READ =
      TransactionOptions.builder().timeout(Duration.ofMinutes(1)).build();

  private final NodeStore store;
  private final EntityReader reader;
  private final QueryCallbacks callbacks;
  private final QueryThreads threads;
  private final RemoteQueries remote;
  private final Completions completions;

  /** The queries whose senders wait. */
  private final Set<Pending<?>> open = ConcurrentHashMap.newKeySet();

  public Queries(
      NodeStore store,
      EntityReader reader,
      QueryCallbacks callbacks,
      QueryThreads threads,
      RemoteQueries remote,
      Completions completions) {
    this.remote = remote;
    this.completions = completions;
    this.store = store;
    this.reader = reader;
    this.callbacks = callbacks;
    this.threads = threads;
  }

  /**
   * Sends a query, whose deadline is set already.
   *
   * @throws OverloadedException if as many run or wait here as may
   * @throws MessageTooLargeException if it could not be sent to another node
   */
  public <M> void send(Pending<M> pending, Address address) {
    if (pending.size > Sizes.MAX_BYTES) {
      throw new MessageTooLargeException(
          pending.describe()
              + " has "
              + pending.size
              + " bytes, more than the "
              + Sizes.MAX_BYTES
              + " that a query may have; send a reference to the data, or split it",
          Effect.NONE);
    }
    if (!threads.tryTake()) {
      throw new OverloadedException(threads.refused(pending.describe()));
    }
    open.add(pending);
    var unused = pending.future.whenComplete((reply, error) -> open.remove(pending));
    if (callbacks.has(address.server())) {
      runHere(pending, address);
    } else {
      sendElsewhere(pending, address);
    }
  }

  private <M> void runHere(Pending<M> pending, Address address) {
    threads.run(address, pending.messageName(), () -> run(pending, address));
  }

  private <M> void sendElsewhere(Pending<M> pending, Address address) {
    try {
      remote.send(pending, address);
    } catch (RuntimeException | Error e) {
      // From a user's codec.
      threads.giveBack();
      open.remove(pending);
      throw e;
    }
  }

  /**
   * Looks again who runs the queries that other nodes were asked to run: the placement has changed.
   */
  public void moved() {
    for (AskedNodes query : remote.takeThoseOf(callbacks)) {
      runHere(query.pending(), query.address());
    }
    remote.moved();
  }

  /** Runs a query here, and returns what tells its sender. */
  private <M> Runnable run(Pending<M> pending, Address address) {
    pending.queried("it runs on this node, and has not returned");
    Runnable completion;
    try {
      Object reply = reply(pending, address);
      completion = () -> pending.complete(reply);
    } catch (InterruptedException e) {
      completion =
          () ->
              pending.fail(
                  new DgenException(
                      pending.describe() + " was interrupted; send it again", e, Effect.NONE));
    } catch (RuntimeException | Error e) {
      completion = () -> pending.fail(e);
    }
    open.remove(pending);
    return completion;
  }

  private <M> @Nullable Object reply(Pending<M> pending, Address address)
      throws InterruptedException {
    HostedServer<?, M> server = callbacks.server(address, pending.codec.name(pending.message));
    return callbacks.run(server, pending.message, read(address));
  }

  /**
   * Reads an entity in a transaction of its own, which has ended when this returns: the callback
   * may take any time.
   */
  StoredEntity read(Address address) throws InterruptedException {
    try (Transaction transaction = store.opened().createTransaction(READ)) {
      while (true) {
        try {
          return reader.read(transaction.snapshot(), transaction.snapshot(), address);
        } catch (StoreException e) {
          store.environment().await(transaction.onError(e));
        }
      }
    } catch (StoreException e) {
      throw e.withEffect(Effect.NONE);
    }
  }

  /** Fails the queries whose senders still wait, since the node has closed. */
  public void close() {
    for (Pending<?> pending : List.copyOf(open)) {
      if (open.remove(pending)) {
        completions.fail(
            List.of(pending),
            new DgenClosedException(
                "this Dgen was closed while "
                    + pending.describe()
                    + " was pending; a query changes nothing",
                Effect.NONE));
      }
    }
  }
}
