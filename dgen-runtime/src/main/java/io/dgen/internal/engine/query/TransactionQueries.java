package io.dgen.internal.engine.query;

import io.dgen.generated.Destination;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.format.Address;
import io.dgen.store.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Runs queries within a transaction: a callback's, or a user's own. The entity's meta key is read
 * with a conflict, so the transaction commits only if the entity has not changed. Thread-safe.
 */
public final class TransactionQueries {

  private final EntityReader reader;
  private final QueryCallbacks callbacks;

  public TransactionQueries(EntityReader reader, QueryCallbacks callbacks) {
    this.reader = reader;
    this.callbacks = callbacks;
  }

  /** Reads an entity, whose state is read from the snapshot: the meta key protects it. */
  public StoredEntity read(Transaction transaction, Address address) throws InterruptedException {
    return reader.read(transaction, transaction.snapshot(), address);
  }

  /**
   * Runs a query on an entity that was read, on this thread.
   *
   * @throws io.dgen.error.NotHostedException if its server is not hosted here
   */
  public <M> @Nullable Object run(HostedServer<?, M> server, M message, StoredEntity entity) {
    return callbacks.run(server, message, entity);
  }

  /**
   * Returns the server that runs a query.
   *
   * @throws io.dgen.error.NotHostedException if it is not hosted here
   */
  public <M> HostedServer<?, M> server(Destination<M> to, M message) {
    return callbacks.server(new Address(to.server(), to.id()), to.codec().name(message));
  }
}
