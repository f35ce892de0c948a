package io.dgen.internal.engine.node;

import io.dgen.Admin;
import io.dgen.DgenOptions;
import io.dgen.FailurePolicy;
import io.dgen.Hosting;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.DgenClosedException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.generated.EntityRef;
import io.dgen.generated.Sender;
import io.dgen.generated.ServerDescriptor;
import io.dgen.internal.engine.cluster.FlightRecorder;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.cluster.ShardLook;
import io.dgen.internal.engine.format.HostedIds;
import io.dgen.internal.engine.send.Completions;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.send.ReplyMailbox;
import io.dgen.spi.Environment;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: its activations, and the services that they share. Thread-safe. */
public final class Engine {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /** How long a store may take to let a node start: as long as the recovery of a cluster. */
  private static final Duration STARTING = Duration.ofMinutes(1);

  /** How long a closing node tries to tell the others, even after its time is over. */
  private static final Duration LEAVING = Duration.ofSeconds(1);

  private final DgenOptions options;
  private final Assembly parts;
  private final Object assigning = new Object();

  private Engine(Store store, DgenOptions options, Environment environment) {
    this.options = options;
    this.parts = new Assembly(store, options, environment, this::reassign);
  }

  /**
   * Starts a node.
   *
   * @param store its store
   * @param options its options
   * @param environment its time, threads and randomness
   * @return the node, known to the others
   */
  public static Engine start(Store store, DgenOptions options, Environment environment) {
    Engine engine = new Engine(store, options, environment);
    return engine.parts.errands.run(
        "open a node",
        STARTING,
        () -> {
          List<Path> recorded = FlightRecorder.files(store.scratchDirectory());
          engine.parts.membership.join();
          FlightRecorder.sweep(recorded, engine.parts.suspects.nodes());
          engine.parts.flights.begin(
              FlightRecorder.create(store.scratchDirectory(), engine.parts.store.node()));
          engine.parts.replies.mailbox().start();
          return engine;
        });
  }

  /**
   * Hosts a server: makes this node run its entities.
   *
   * @param descriptor the generated server
   * @param hosting which of its entities, and the policy for messages that fail
   * @throws IllegalArgumentException if an id is not valid
   * @throws DgenException if a server of the same name is hosted here, or too many ids are claimed
   */
  public void host(ServerDescriptor<?, ?> descriptor, Hosting hosting) {
    FailurePolicy policy = hosting.failurePolicy().orElse(options.failurePolicy());
    HostedIds ids = HostedIds.of(hosting);
    parts.lifecycle.requireOpen("host " + descriptor.name());
    ids.ids().forEach(id -> EntityRef.checkId(descriptor.name(), id));
    parts.membership.claim(descriptor.name(), ids);
    parts.servers.add(new HostedServer<>(descriptor, policy));
    if (policy.hasRestartLimit() && policy.maxRestarts() < policy.deadLetterThreshold()) {
      LOG.warn(
          "the restart intensity of {}, {} failures within {}, is lower than its dead-letter"
              + " threshold of {} attempts: one message that fails may pause its entity before it"
              + " is given up",
          descriptor.name(),
          policy.maxRestarts(),
          policy.period(),
          policy.deadLetterThreshold());
    }
    parts.queryServer.start();
    parts.errands.run(
        "host " + descriptor.name(),
        STARTING,
        () -> {
          parts.membership.announce();
          return descriptor;
        });
    reassign();
  }

  /** Returns the names of the servers that this node hosts. */
  SortedSet<String> hosted() {
    return parts.servers.names();
  }

  /** Returns the node's name in the store, in hexadecimal digits. */
  String id() {
    return parts.store.node().toString();
  }

  /** Returns the sender for clients. */
  Sender sender() {
    return parts.sender;
  }

  /** Returns the admin for operations by name. */
  public Admin admin() {
    return parts.sender.admin();
  }

  /**
   * Stops the node: no more messages are accepted, accepted ones are finished, and other nodes take
   * over. What cannot be finished in time fails at its sender. To be called once. An interrupt of
   * the calling thread is kept, and does not end this early: a half-closed node would hold up
   * others.
   */
  public void close() {
    Environment environment = parts.store.environment();
    ReplyMailbox mailbox = parts.replies.mailbox();
    parts.lifecycle.beginClosing();
    parts.consumers.stop();
    parts.queryServer.stop();
    parts.turns.stop();
    long began = environment.nanoTime();
    Duration timeout = options.closeTimeout();
    awaitAtMost(timeout, parts.busy.idle());
    mailbox.stop();
    parts.lifecycle.close();
    parts.queries.close();
    parts.activations.abandon();
    parts
        .replies
        .completions()
        .fail(
            mailbox.waiting().stream().filter(pending -> !pending.isQuery()).toList(),
            new DgenClosedException(
                "this Dgen was closed while waiting for a reply; the message is in the entity's"
                    + " queue and is executed once",
                Effect.UNKNOWN));
    Duration left = timeout.minusNanos(environment.nanoTime() - began);
    try {
      leave(left.compareTo(LEAVING) < 0 ? LEAVING : left);
    } finally {
      deliverAnswers(timeout.minusNanos(environment.nanoTime() - began));
    }
  }

  /**
   * Waits for callers whose reply has come and is being decoded, by user code, which may hang.
   *
   * @param left how long at most
   */
  private void deliverAnswers(Duration left) {
    List<Pending<?>> answered = new ArrayList<>(parts.replies.mailbox().answered());
    answered.removeIf(Pending::isQuery);
    CompletableFuture<?>[] futures =
        answered.stream().map(pending -> pending.future).toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Void> delivered =
        CompletableFuture.allOf(futures).exceptionally(error -> null);
    awaitAtMost(left.isNegative() ? Duration.ZERO : left, delivered);
    Completions completions = parts.replies.completions();
    completions.fail(
        answered.stream().filter(Pending::hasReply).toList(),
        new DgenClosedException(
            "this Dgen was closed while the reply was being decoded; the message was executed",
            Effect.APPLIED));
    completions.fail(
        answered.stream().filter(pending -> !pending.hasReply()).toList(),
        new DgenClosedException(
            "this Dgen was closed while the answer was on its way to its caller; it is unknown"
                + " whether the message was executed",
            Effect.UNKNOWN));
  }

  /** Waits for a future that does not fail, with a limit. */
  private void awaitAtMost(Duration timeout, CompletableFuture<Void> future) {
    Environment environment = parts.store.environment();
    Environment.Cancellable timer = environment.schedule(timeout, () -> future.complete(null));
    try {
      environment.await(future);
    } catch (InterruptedException e) {
      throw new AssertionError("an interrupt ended a wait of the engine", e);
    } finally {
      timer.cancel();
    }
  }

  /**
   * Lets others take over, if the store responds in time; otherwise they wait for the liveness
   * timeout.
   */
  private void leave(Duration timeout) {
    CompletableFuture<@Nullable Throwable> left = new CompletableFuture<>();
    parts
        .store
        .environment()
        .execute(
            () -> {
              try {
                leaveOthers();
                parts.flights.recorder().close();
                left.complete(null);
              } catch (Throwable e) {
                left.complete(e);
              }
            });
    CompletableFuture<Void> over = left.thenAccept(problem -> {});
    awaitAtMost(timeout, over);
    Throwable problem =
        left.getNow(
            new CallTimeoutException(
                "this Dgen was closed, but the store did not record within "
                    + timeout.toMillis()
                    + " ms that the node is gone; others take over once they miss its heartbeat",
                null));
    if (problem instanceof RuntimeException exception) {
      throw exception;
    }
    if (problem instanceof Error error) {
      throw error;
    }
  }

  /** Lets others take over; does nothing if the store was closed before the node. */
  private void leaveOthers() throws InterruptedException {
    try {
      parts.membership.leave();
    } catch (StoreException e) {
      if (!e.is(StoreError.STORE_CLOSED)) {
        throw e;
      }
      LOG.debug("the store was closed before its node {}", parts.store.node(), e);
    }
  }

  /**
   * Assigns the shards. The last thread to enter reads the placement last, so that no older one
   * stays in force.
   */
  private void reassign() {
    synchronized (assigning) {
      parts.consumers.assign(ShardLook.of(parts.membership.placement(), parts.store.node()));
    }
    parts.queries.moved();
  }
}
