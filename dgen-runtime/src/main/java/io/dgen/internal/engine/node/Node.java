package io.dgen.internal.engine.node;

import io.dgen.Admin;
import io.dgen.DelayedMessage;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.Hosting;
import io.dgen.Server;
import io.dgen.generated.Sender;
import io.dgen.generated.SenderSource;
import io.dgen.generated.ServerDescriptor;
import io.dgen.internal.engine.work.SystemEnvironment;
import io.dgen.spi.Environment;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node: the engine, and the store and threads that close with it. Thread-safe. */
final class Node implements Dgen, SenderSource {

  private static final Logger LOG = LoggerFactory.getLogger(Dgen.class);

  /** The least time that a store has to close. */
  private static final Duration STORE_PATIENCE = Duration.ofSeconds(3);

  private final Store store;
  private final DgenOptions options;
  private final Engine engine;
  private final @Nullable SystemEnvironment ownEnvironment;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Node(
      Store store, DgenOptions options, Engine engine, @Nullable SystemEnvironment ownEnvironment) {
    this.store = store;
    this.options = options;
    this.engine = engine;
    this.ownEnvironment = ownEnvironment;
  }

  static Node open(Store store, DgenOptions options) {
    Optional<Environment> given = options.environment();
    if (given.isPresent()) {
      return new Node(store, options, Engine.start(store, options, given.get()), null);
    }
    SystemEnvironment own =
        new SystemEnvironment(
            options.callbackThreads(),
            options.maxConcurrentRounds() + options.maxConcurrentQueries());
    try {
      return new Node(store, options, Engine.start(store, options, own), own);
    } catch (Throwable e) {
      own.close();
      throw e;
    }
  }

  @Override
  public Dgen host(Server server, Hosting hosting) {
    if (!(server instanceof ServerDescriptor<?, ?> descriptor)) {
      throw new IllegalArgumentException(
          "a node hosts servers that the processor generated, such as CounterServer.of(); found a "
              + server.getClass().getName());
    }
    engine.host(descriptor, hosting);
    return this;
  }

  @Override
  public Set<String> hosted() {
    return engine.hosted();
  }

  @Override
  public String id() {
    return engine.id();
  }

  @Override
  public boolean isOpen() {
    return !closed.get();
  }

  @Override
  public Admin admin() {
    return engine.admin();
  }

  @Override
  public boolean cancel(DelayedMessage message) {
    return engine.sender().cancel(message);
  }

  @Override
  public boolean cancel(DelayedMessage message, Transaction transaction) {
    return engine.sender().cancel(message, transaction);
  }

  @Override
  public Sender sender() {
    return engine.sender();
  }

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

  /** Closes the store, on another thread, since a store whose disk hangs may never return. */
  private void closeStore() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("dgen-close")
        .start(
            () -> {
              try {
                store.close();
                ended.complete(null);
              } catch (Throwable e) {
                ended.completeExceptionally(e);
              }
            });
    Duration timeout = options.closeTimeout();
    Duration patience = timeout.compareTo(STORE_PATIENCE) < 0 ? STORE_PATIENCE : timeout;
    CompletableFuture<Void> over = ended.copy();
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
    if (!ended.isDone()) {
      LOG.warn("the store has not closed within {}; closing continues in the background", patience);
    }
  }

  @Override
  public String toString() {
    return "Dgen(" + id() + ")";
  }
}
