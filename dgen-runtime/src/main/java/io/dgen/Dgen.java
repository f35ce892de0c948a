package io.dgen;

import io.dgen.internal.engine.node.Engine;
import io.dgen.internal.engine.work.SystemEnvironment;
import io.dgen.spi.Environment;
import io.dgen.spi.ServerDescriptor;
import io.dgen.store.Store;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node: hosts servers, and is what clients send through. Any number of nodes, in any number of
 * processes, may share a store that allows it. Thread-safe.
 *
 * <pre>{@code
 * try (Dgen dgen = Dgen.open(LocalStore.open(Path.of("data")))) {
 *   dgen.host(CounterServer.of());
 *   CounterClient counter = CounterClient.of(dgen, "visits");
 *   counter.increment(1);
 * }
 * }</pre>
 */
public final class Dgen implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Dgen.class);

  /** How long a store may take to close, at least. */
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(3);

  private final Store store;
  private final DgenOptions options;
  private final Engine engine;
  private final @Nullable SystemEnvironment ownEnvironment;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Dgen(
      Store store, DgenOptions options, Engine engine, @Nullable SystemEnvironment ownEnvironment) {
    this.store = store;
    this.options = options;
    this.engine = engine;
    this.ownEnvironment = ownEnvironment;
  }

  /**
   * Opens a node with default options.
   *
   * @param store where entities live; closed with the node
   * @return the node
   */
  public static Dgen open(Store store) {
    return open(store, DgenOptions.DEFAULT);
  }

  /**
   * Opens a node.
   *
   * @param store where entities live
   * @param options how the node runs
   * @return the node
   * @throws io.dgen.store.StoreException if the store fails
   */
  public static Dgen open(Store store, DgenOptions options) {
    Environment environment = options.environment();
    if (environment != null) {
      return new Dgen(store, options, Engine.start(store, options, environment), null);
    }
    SystemEnvironment own =
        new SystemEnvironment(options.callbackThreads(), options.maxConcurrentRounds());
    try {
      return new Dgen(store, options, Engine.start(store, options, own), own);
    } catch (Throwable e) {
      own.close();
      throw e;
    }
  }

  /**
   * Makes this node run a server's entities, together with other nodes that do. When it returns,
   * messages sent here are executed.
   *
   * @param server the generated server, such as {@code CounterServer.of()}
   * @return this node
   * @throws DgenException if a server of the same name is hosted here already
   */
  public Dgen host(ServerDescriptor<?, ?> server) {
    return host(server, Hosting.all());
  }

  /**
   * Makes this node run a server's entities, or some of them.
   *
   * @param server the generated server
   * @param hosting which entities: {@link Hosting#all}, or {@link Hosting#only} those of some ids
   * @return this node
   * @throws IllegalArgumentException if an id cannot be that of an entity
   * @throws DgenException if a server of the same name is hosted here already, or this node would
   *     claim more than {@value Hosting#MAX_IDS} ids or {@value Hosting#MAX_BYTES} bytes
   */
  public Dgen host(ServerDescriptor<?, ?> server, Hosting hosting) {
    return host(server, hosting, options.failurePolicy());
  }

  /**
   * Makes this node run a server's entities, as {@link #host(ServerDescriptor)} does, with a
   * failure policy of the server's own.
   *
   * @param server the generated server
   * @param policy what happens when its messages fail, in place of {@link
   *     DgenOptions#failurePolicy}
   * @return this node
   * @throws DgenException if a server of the same name is hosted here already
   */
  public Dgen host(ServerDescriptor<?, ?> server, FailurePolicy policy) {
    return host(server, Hosting.all(), policy);
  }

  /**
   * Makes this node run a server's entities, or some of them, with a failure policy of the server's
   * own.
   *
   * @param server the generated server
   * @param hosting which entities: {@link Hosting#all}, or {@link Hosting#only} those of some ids
   * @param policy what happens when its messages fail, in place of {@link
   *     DgenOptions#failurePolicy}
   * @return this node
   * @throws IllegalArgumentException if an id cannot be that of an entity
   * @throws DgenException if a server of the same name is hosted here already, or this node would
   *     claim more than {@value Hosting#MAX_IDS} ids or {@value Hosting#MAX_BYTES} bytes
   */
  public Dgen host(ServerDescriptor<?, ?> server, Hosting hosting, FailurePolicy policy) {
    engine.host(server, hosting, policy);
    return this;
  }

  /**
   * Returns what inspects and operates the entities of any server by its name. A client's {@code
   * entity()} has the same verbs for its entity.
   *
   * @return the admin of this node
   */
  public Admin admin() {
    return engine.admin();
  }

  /**
   * The handle of a delayed message, from its text.
   *
   * @param text what {@link Scheduled#text} gave, on this node or another one
   * @return the handle
   * @throws IllegalArgumentException if the text is not of a handle
   */
  public Scheduled scheduled(String text) {
    return engine.scheduled(text);
  }

  /** Closes the store, on another thread, since one whose disk hangs may never come back. */
  private void closeStore() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("dgen-close")
        .start(
            () -> {
              try {
                store.close();
                closed.complete(null);
              } catch (Throwable e) {
                closed.completeExceptionally(e);
              }
            });
    Duration timeout = options.closeTimeout();
    Duration patience = timeout.compareTo(STORE_PATIENCE) < 0 ? STORE_PATIENCE : timeout;
    CompletableFuture<Void> over = closed.copy();
    over.completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS);
    try {
      over.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException exception) {
        throw exception;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
    if (!closed.isDone()) {
      LOG.warn("the store has not closed within {}; it goes on closing", patience);
    }
  }

  /**
   * Closes the node: it takes no more messages, finishes those it has within {@link
   * DgenOptions#closeTimeout}, lets other nodes take over, and closes the store if {@link
   * DgenOptions#closeStore} says so. What is queued stays queued. Does nothing the second time,
   * also while the first is under way. An interrupt does not cut it short, and is kept.
   *
   * <p>If the store was closed before, nobody is told that the node is gone, and nothing is lost:
   * others take over when they miss its heartbeat.
   *
   * <p>A store that hangs is given up: it has the close timeout once more to close, and at least 3
   * seconds. It goes on closing behind that, and the log says so.
   *
   * @throws DgenException if the store fails, or does not take in time that this node is gone
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      engine.close();
    } finally {
      if (ownEnvironment != null) {
        ownEnvironment.close();
      }
      if (options.closeStore()) {
        closeStore();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
