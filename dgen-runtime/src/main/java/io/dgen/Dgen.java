package io.dgen;

import io.dgen.error.DgenException;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A node, which hosts servers and sends the messages of clients. Any number of nodes, in any number
 * of processes, may share a store that allows it. Thread-safe.
 *
 * <pre>{@code
 * try (Dgen dgen = Dgen.open(LocalStore.open(Path.of("data")))) {
 *   dgen.host(CounterServer.of());
 *   CounterClient counter = CounterClient.of(dgen, "visits");
 *   counter.increment(1);
 * }
 * }</pre>
 */
public interface Dgen extends AutoCloseable {

  /**
   * Opens a node with default options.
   *
   * @param store where entities live; closed with the node
   * @return the node
   * @throws io.dgen.store.StoreException if the store fails
   */
  static Dgen open(Store store) {
    return open(store, DgenOptions.DEFAULT);
  }

  /**
   * Opens a node with options.
   *
   * @param store where entities live
   * @param options such as {@code it -> it.timeout(Duration.ofSeconds(2))}
   * @return the node
   * @throws io.dgen.store.StoreException if the store fails
   */
  static Dgen open(Store store, Consumer<? super DgenOptions.Builder> options) {
    DgenOptions.Builder builder = DgenOptions.builder();
    options.accept(builder);
    return open(store, builder.build());
  }

  /**
   * Opens a node with options.
   *
   * @param store where entities live
   * @param options how the node runs
   * @return the node
   * @throws io.dgen.store.StoreException if the store fails
   */
  static Dgen open(Store store, DgenOptions options) {
    return ServiceLoader.load(Provider.class, Dgen.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "dgen's engine was not found: META-INF/services/"
                        + Provider.class.getName()
                        + " of dgen-runtime is missing; keep that file when jars are merged"))
        .open(store, options);
  }

  /**
   * Makes this node run a server's entities, together with other nodes that do. When it returns,
   * messages sent here are processed.
   *
   * @param server the generated server, such as {@code CounterServer.of()}
   * @return this node
   * @throws io.dgen.error.DgenException if a server of the same name is hosted here already
   */
  default Dgen host(Server server) {
    return host(server, Hosting.DEFAULT);
  }

  /**
   * Makes this node run a server's entities, or some of them, with options.
   *
   * @param server the generated server
   * @param hosting such as {@code it -> it.only("hall").failures(policy)}
   * @return this node
   * @throws IllegalArgumentException if an id cannot be that of an entity
   * @throws io.dgen.error.DgenException if a server of the same name is hosted here already, or
   *     this node would claim more than {@value Hosting#MAX_IDS} ids or {@value Hosting#MAX_BYTES}
   *     bytes
   */
  default Dgen host(Server server, Consumer<? super Hosting.Builder> hosting) {
    Hosting.Builder builder = Hosting.builder();
    hosting.accept(builder);
    return host(server, builder.build());
  }

  /**
   * Makes this node run a server's entities, or some of them, with options.
   *
   * @param server the generated server
   * @param hosting which entities, and what happens when their messages fail
   * @return this node
   * @throws IllegalArgumentException if an id cannot be that of an entity
   * @throws io.dgen.error.DgenException if a server of the same name is hosted here already, or
   *     this node would claim more than {@value Hosting#MAX_IDS} ids or {@value Hosting#MAX_BYTES}
   *     bytes
   */
  Dgen host(Server server, Hosting hosting);

  /**
   * Returns the names of the servers that this node hosts.
   *
   * @return an immutable snapshot, sorted
   */
  Set<String> hosted();

  /**
   * Returns the name by which other nodes on the same store know this one. It is a new one each
   * time a node opens.
   *
   * @return a UUID
   */
  String id();

  /**
   * Returns whether the node takes messages.
   *
   * @return false once {@link #close} was called
   */
  boolean isOpen();

  /**
   * Returns what inspects and operates the entities of any server by its name. A client's {@code
   * entity()} has the same methods for its entity.
   *
   * @return the admin of this node
   */
  Admin admin();

  /**
   * Cancels a delayed message, and waits until that is durable. Inside a callback use {@link
   * Context#cancel}, which is part of its transaction.
   *
   * @param message what the sending method returned, on this node or another one
   * @return whether it was in time: if true, the message is never executed; if false, it was, or is
   *     about to be, or was cancelled before
   * @throws IllegalArgumentException if the text is not that of a delayed message
   * @throws DgenException if the store fails
   */
  boolean cancel(DelayedMessage message);

  /**
   * Cancels a delayed message as part of a transaction.
   *
   * @param message what the sending method returned, on this node or another one
   * @param transaction a transaction of the same store, which the caller commits
   * @return whether it is in time, if the transaction commits
   * @throws IllegalArgumentException if the text is not that of a delayed message
   * @throws DgenException if the store fails
   */
  boolean cancel(DelayedMessage message, Transaction transaction);

  /**
   * Closes the node: it accepts no more messages, finishes within {@link DgenOptions#closeTimeout}
   * those that have begun, lets other nodes take over, and closes the store if {@link
   * DgenOptions#closeStore} is set. Queued messages stay queued. A second call does nothing, even
   * while the first is in progress. An interrupt does not cut it short, and is preserved.
   *
   * <p>If the store was closed before, the node cannot tell others that it is gone. Nothing is
   * lost: they take over when they miss its heartbeat.
   *
   * <p>A store that hangs gets the close timeout again to close, at least 3 seconds. Closing then
   * continues in the background, and the log says so.
   *
   * @throws io.dgen.error.DgenException if the store fails, or did not record in time that this
   *     node is gone
   */
  @Override
  void close();

  /** Makes nodes. Found by {@link ServiceLoader}; dgen-runtime has the only one. */
  interface Provider {

    /**
     * Opens a node.
     *
     * @param store where entities live
     * @param options how the node runs
     * @return the node
     */
    Dgen open(Store store, DgenOptions options);
  }
}
