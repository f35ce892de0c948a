package io.dgen.internal.engine;

import io.dgen.Bounds;
import io.dgen.DeadLetters;
import io.dgen.DgenClosedException;
import io.dgen.DgenException;
import io.dgen.DgenOptions;
import io.dgen.Failure;
import io.dgen.FailurePolicy;
import io.dgen.LockLost;
import io.dgen.MessageTooLargeException;
import io.dgen.Metrics;
import io.dgen.NotHostedException;
import io.dgen.OverloadedException;
import io.dgen.Scheduled;
import io.dgen.codec.Terms;
import io.dgen.internal.engine.Activations.Address;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.spi.Delivery;
import io.dgen.spi.Destination;
import io.dgen.spi.Environment;
import io.dgen.spi.MessageCodec;
import io.dgen.spi.Outbox;
import io.dgen.spi.Sender;
import io.dgen.spi.ServerDescriptor;
import io.dgen.spi.Timing;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: its activations, and what they share. Thread-safe. */
public final class Engine implements Sender {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final byte[] NOTHING = {};
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(2);

  private final DgenOptions options;
  private final Environment environment;
  private final KeyLayout layout;
  private final NodeId node;
  private final Transactor transactor;
  private final Completions completions;
  private final Deadlines deadlines;
  private final ReplyMailbox mailbox;
  private final Membership membership;
  private final ShardConsumers consumers;
  private final Activations activations;
  private final Busy busy = new Busy();
  private final Messaging messaging;
  private final Limits limits = Limits.DEFAULT;
  private final BackOff backOff;
  private final LogContext logContext = new LogContext();
  private final RoundMeter meter;
  private final Inspector inspector;
  private final FailureReports failures;
  private final ConcurrentHashMap<String, HostedServer<?, ?>> hosted = new ConcurrentHashMap<>();
  private final Object assigning = new Object();

  /** Whether messages are refused. */
  private volatile boolean closing;

  /** Whether nobody will complete a sender any more. */
  private volatile boolean closed;

  private Engine(Store store, DgenOptions options, Environment environment) {
    this.options = options;
    this.environment = environment;
    this.layout = new KeyLayout(options.root().getBytes(StandardCharsets.UTF_8));
    this.node = NodeId.random(environment.random());
    Receipts receipts = new Receipts(layout, node);
    this.transactor = new Transactor(store, environment, receipts);
    this.completions = new Completions(environment);
    this.deadlines = new Deadlines(environment);
    this.mailbox =
        new ReplyMailbox(layout, node, store, environment, completions, options.pollInterval());
    this.messaging = new Messaging(this, options, deadlines);
    this.consumers =
        new ShardConsumers(
            layout, store, environment, options.pollInterval(), this::signal, messaging);
    this.membership =
        new Membership(
            layout,
            node,
            environment,
            transactor,
            receipts,
            options.livenessTimeout(),
            this::reassign);
    this.activations = new Activations(options.maxActivations());
    this.meter = new RoundMeter(options.metrics(), environment);
    this.inspector = new Inspector(this);
    this.backOff = new BackOff(options.firstRetryDelay(), options.maxRetryDelay(), environment);
    this.failures = new FailureReports(options.failureListener(), environment);
  }

  /**
   * Starts a node.
   *
   * @param store where everything is
   * @param options how it runs
   * @param environment its time, threads and randomness
   * @return the node, known to the others
   */
  public static Engine start(Store store, DgenOptions options, Environment environment) {
    Engine engine = new Engine(store, options, environment);
    uninterrupted(
        "open",
        () -> {
          engine.membership.join();
          engine.mailbox.start();
        });
    return engine;
  }

  /**
   * Makes this node run a server's entities.
   *
   * @param descriptor the generated server
   * @param policy what happens when its messages fail
   * @throws DgenException if another server of the same name is hosted here
   */
  public void host(ServerDescriptor<?, ?> descriptor, FailurePolicy policy) {
    requireOpen("host " + descriptor.name());
    HostedServer<?, ?> before =
        hosted.putIfAbsent(descriptor.name(), new HostedServer<>(descriptor, policy));
    if (before != null) {
      throw new DgenException(
          "a server named "
              + descriptor.name()
              + " is hosted here already; host each server once, and give two servers different"
              + " names with @DistributedServer(name = ...)");
    }
    if (policy.hasRestartLimit()
        && policy.hasDeadLetters()
        && policy.maxRestarts() < policy.deadLetterThreshold()) {
      LOG.warn(
          "the restart intensity of {}, {} failures within {}, is lower than its dead-letter"
              + " threshold of {} attempts: one message that fails may pause its entity before it"
              + " is given up",
          descriptor.name(),
          policy.maxRestarts(),
          policy.period(),
          policy.deadLetterThreshold());
    }
    uninterrupted("host " + descriptor.name(), () -> membership.host(descriptor.name()));
    reassign();
  }

  @Override
  public <M> CompletableFuture<@Nullable Object> send(
      String server,
      String id,
      MessageCodec<M> codec,
      M message,
      Delivery delivery,
      boolean blocking) {
    Address address = new Address(server, id);
    requireOpen("send to " + address);
    Pending<M> pending =
        new Pending<>(codec, codec.freeze(message), delivery, blocking, this, address, null);
    pending.size = Terms.size(out -> codec.write(pending.message, out));
    deadlines.add(pending, delivery.timeout());
    boolean taken = false;
    while (!taken) {
      try {
        taken = this.<M>activation(address).offer(pending);
      } catch (OverloadedException | MessageTooLargeException e) {
        return refused(pending, address, e);
      }
      if (!taken && closed) {
        deadlines.remove(pending);
        requireOpen("send to " + address);
      }
    }
    return pending.future;
  }

  private CompletableFuture<@Nullable Object> refused(
      Pending<?> pending, Address address, DgenException reason) {
    deadlines.remove(pending);
    if (reason instanceof OverloadedException) {
      options.metrics().overloaded(address.server());
    }
    return CompletableFuture.failedFuture(reason);
  }

  @Override
  public <M> CompletableFuture<@Nullable Object> sendAll(
      String server,
      String id,
      MessageCodec<M> codec,
      List<? extends M> messages,
      Delivery delivery) {
    Address address = new Address(server, id);
    requireOpen("send to " + address);
    if (messages.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    if (messages.size() > Limits.MAX_BATCH) {
      throw new MessageTooLargeException(
          "a batch to "
              + address
              + " has "
              + messages.size()
              + " messages, and at most "
              + Limits.MAX_BATCH
              + " are possible; send smaller batches");
    }
    Object batch = new Object();
    List<Pending<M>> all = new ArrayList<>(messages.size());
    for (M message : messages) {
      Pending<M> pending =
          new Pending<>(codec, codec.freeze(message), delivery, false, this, address, batch);
      pending.size = Terms.size(out -> codec.write(pending.message, out));
      all.add(pending);
    }
    // Those of a batch are done together, so one of them stands for all.
    Pending<M> last = all.getLast();
    deadlines.add(last, delivery.timeout());
    boolean taken = false;
    while (!taken) {
      try {
        taken = this.<M>activation(address).offerAll(all);
      } catch (OverloadedException | MessageTooLargeException e) {
        return refused(last, address, e);
      }
      if (!taken && closed) {
        deadlines.remove(last);
        requireOpen("send to " + address);
      }
    }
    return last.future;
  }

  @Override
  public <M> Scheduled castLater(Destination<M> to, M message, Timing timing, Duration timeout) {
    requireOpen("send to " + new Address(to.server(), to.id()));
    return messaging.casts().send(to, message, timing, timeout);
  }

  @Override
  public Outbox outbox(Transaction transaction) {
    requireOpen("send in a transaction");
    return messaging.casts().in(transaction);
  }

  @Override
  public boolean cancel(String scheduled) {
    requireOpen("cancel a delayed message");
    return messaging.casts().cancel(scheduled);
  }

  @Override
  public boolean cancel(String scheduled, Transaction transaction) {
    requireOpen("cancel a delayed message");
    return messaging.casts().cancel(scheduled, transaction);
  }

  /**
   * The handle of a delayed message.
   *
   * @param text its name
   * @return the handle
   * @throws IllegalArgumentException if it is no name of one
   */
  public Scheduled scheduled(String text) {
    return Scheduled.of(this, Ticket.parse(text).text());
  }

  @Override
  public CompletableFuture<Void> kill(String server, String id) {
    return operate(new Address(server, id), "kill", EntityEnd::kill);
  }

  @Override
  public CompletableFuture<Void> reset(String server, String id) {
    Address address = new Address(server, id);
    requireOpen("reset " + address);
    HostedServer<?, ?> hosted = hosted(server);
    if (hosted == null) {
      throw new NotHostedException(
          "to reset "
              + address
              + " its init is needed: call dgen.host("
              + server
              + "Server.of()) first, or kill it");
    }
    return operate(address, "reset", (engine, at) -> EntityEnd.reset(engine, at, hosted));
  }

  @Override
  public boolean breakLock(String server, String id) {
    Address address = new Address(server, id);
    requireOpen("break the lock of " + address);
    return uninterruptedly(
        "breaking a lock",
        () -> {
          Optional<Locks.Released> released =
              new Locks<>(this, address, layout.entity(server, id))
                  .release(
                      Locks.Release.BROKEN,
                      0,
                      new DgenException("an operator broke the lock of " + address));
          if (released.isEmpty()) {
            return false;
          }
          released.get().ownReplies().forEach(it -> mailbox.complete(it.call(), it.bytes()));
          signalIfOwned(address);
          return true;
        });
  }

  private CompletableFuture<Void> operate(
      Address address, String what, BiFunction<Engine, Address, EntityEnd> maker) {
    requireOpen(what + " " + address);
    EntityEnd operation = maker.apply(this, address);
    boolean taken = false;
    while (!taken) {
      taken = activation(address).offer(operation);
      if (!taken && closed) {
        requireOpen(what + " " + address);
      }
    }
    return operation.future();
  }

  /** Whether a live node hosts the entity's server, as far as this node knows. */
  boolean isHostedAnywhere(Address address) {
    int shard = KeyLayout.shard(address.server(), address.id());
    return membership.view().owner(address.server(), shard) != null;
  }

  @SuppressWarnings("unchecked") // A server's name stands for its messages.
  private <M> Activation<?, M> activation(Address address) {
    return (Activation<?, M>) activations.get(address, key -> new Activation<>(this, key));
  }

  @Override
  public <T extends @Nullable Object> T await(CompletableFuture<T> future) {
    try {
      return environment.await(future);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DgenException(
          "interrupted while waiting; the message is not withdrawn and may still be executed", e);
    }
  }

  @Override
  public Duration defaultTimeout() {
    return options.timeout();
  }

  @Override
  public long queueLength(String server, String id) {
    Address address = new Address(server, id);
    EntityKeys keys = layout.entity(server, id);
    return transact(
        "read the queue length of " + address,
        attempt -> {
          var snapshot = attempt.reads().snapshot();
          var pushed = snapshot.get(keys.pushed);
          var meta = snapshot.get(keys.meta);
          byte[] pushedBytes = environment.await(pushed);
          byte[] metaBytes = environment.await(meta);
          return KeyLayout.counter(pushedBytes)
              - (metaBytes == null ? Meta.NONE : Meta.decode(metaBytes)).popped();
        });
  }

  @Override
  public <M> DeadLetters<M> deadLetters(String server, String id, MessageCodec<M> codec) {
    return new DeadLetterBox<>(this, new Address(server, id), codec);
  }

  @Override
  public boolean pause(String server, String id, String reason) {
    Objects.requireNonNull(reason, "reason");
    Pauses pauses = new Pauses(layout.entity(server, id), environment);
    return transact("pause " + new Address(server, id), attempt -> pauses.pause(attempt, reason));
  }

  @Override
  public boolean resume(String server, String id) {
    Pauses pauses = new Pauses(layout.entity(server, id), environment);
    return transact("resume " + new Address(server, id), pauses::resume);
  }

  /** What looks at entities from outside. */
  public Inspector inspector() {
    return inspector;
  }

  /**
   * Stops: no message is taken any more, those that were are finished, and other nodes take over.
   * What cannot be finished in time fails at its sender. To be called once. An interrupt of the
   * calling thread is kept, and does not end this early: half closed, a node would stand in the way
   * of others.
   */
  public void close() {
    closing = true;
    consumers.stop();
    CompletableFuture<Void> idle = busy.idle();
    Environment.Cancellable timer =
        environment.schedule(options.closeTimeout(), () -> idle.complete(null));
    boolean interrupted = insist(() -> environment.await(idle));
    timer.cancel();
    mailbox.stop();
    closed = true;
    for (Activation<?, ?> activation : activations.all()) {
      activation.abandon();
    }
    completions.fail(
        mailbox.waiting(),
        new DgenClosedException(
            "closed while waiting for a reply; the message is in the entity's queue and is"
                + " executed once"));
    try {
      interrupted |= insist(membership::leave);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  boolean isClosed() {
    return closed;
  }

  private void requireOpen(String what) {
    if (closing) {
      throw new DgenClosedException("cannot " + what + ": this Dgen is closed");
    }
  }

  /** Says that an entity's queue may hold messages. */
  void signal(Address address, boolean backOffEnded) {
    while (!closing && !activation(address).signalQueued(backOffEnded)) {}
  }

  /** Wakes the entity's activation, if it is this node's. */
  void signalIfOwned(Address address) {
    if (owns(address)) {
      signal(address, false);
    }
  }

  /**
   * Wakes the entity's activation later.
   *
   * @param micros how long, by the store's versions. Not less than {@link #SHORTEST_WAIT}: while
   *     nobody commits, FoundationDB's versions may stand still for seconds, and what seems to be
   *     nearly over would be asked for again and again
   */
  void scheduleSignal(Address address, long micros) {
    Duration wait = Duration.ofNanos(micros * 1000);
    environment.schedule(
        wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait, () -> signal(address, true));
  }

  /** The last to come reads the view last, so that no older one is left in force. */
  private void reassign() {
    synchronized (assigning) {
      consumers.assign(hosted.keySet(), membership.view(), node);
    }
  }

  boolean owns(Address address) {
    return hosts(address.server())
        && membership.owns(address.server(), KeyLayout.shard(address.server(), address.id()));
  }

  /** Whether a shard is this node's, and the node is open. */
  boolean ownsShard(String server, int shard) {
    return !closing && hosts(server) && membership.owns(server, shard);
  }

  Messaging messaging() {
    return messaging;
  }

  boolean hosts(String server) {
    return hosted.containsKey(server);
  }

  /** The server of a name; null if it is not hosted here. */
  @Nullable HostedServer<?, ?> hosted(String server) {
    return hosted.get(server);
  }

  KeyLayout layout() {
    return layout;
  }

  NodeId node() {
    return node;
  }

  Environment environment() {
    return environment;
  }

  Transactor transactor() {
    return transactor;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  Completions completions() {
    return completions;
  }

  ReplyMailbox mailbox() {
    return mailbox;
  }

  Busy busy() {
    return busy;
  }

  Limits limits() {
    return limits;
  }

  Bounds bounds() {
    return options.bounds();
  }

  Metrics metrics() {
    return options.metrics();
  }

  RoundMeter meter() {
    return meter;
  }

  LogContext logContext() {
    return logContext;
  }

  /** The node that owns an entity; null if no live node hosts its server. */
  @Nullable NodeId owner(Address address) {
    return membership
        .view()
        .owner(address.server(), KeyLayout.shard(address.server(), address.id()));
  }

  BackOff backOff() {
    return backOff;
  }

  /** How long a holder of a lock is believed without a sign of life, in the store's versions. */
  long lockTimeoutMicros() {
    return options.lockTimeout().toNanos() / 1000;
  }

  LockLost lockLost() {
    return options.lockLost();
  }

  /** What happens when messages of a server fail. */
  FailurePolicy policy(String server) {
    HostedServer<?, ?> here = hosted.get(server);
    return here == null ? options.failurePolicy() : here.policy;
  }

  /** Counts a failure, and tells the user's listener of it. */
  void report(
      Address address,
      Failure.Kind kind,
      String message,
      int attempts,
      @Nullable Throwable reason) {
    switch (kind) {
      case ATTEMPT -> metrics().attemptFailed(address.server(), message);
      case DEAD_LETTER -> metrics().deadLetter(address.server(), message);
      case PAUSE -> metrics().paused(address.server());
      case ACTION -> metrics().actionFailed(address.server());
      default -> {}
    }
    failures.report(new Failure(kind, address.server(), address.id(), message, attempts, reason));
  }

  boolean remembersState() {
    return options.cache();
  }

  /** Something that blocks. */
  private interface Blocking {
    void run() throws InterruptedException;
  }

  private interface BlockingSupplier<T> {
    T get() throws InterruptedException;
  }

  /**
   * Runs something that may be repeated until it is not interrupted.
   *
   * @return whether it was
   */
  private static boolean insist(Blocking body) {
    boolean interrupted = false;
    while (true) {
      try {
        body.run();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  private static void uninterrupted(String what, Blocking body) {
    uninterruptedly(
        what,
        () -> {
          body.run();
          return NOTHING;
        });
  }

  /** Runs a transaction for a caller of the API. */
  <T extends @Nullable Object> T transact(String what, Transactor.Body<T> body) {
    requireOpen(what);
    try {
      return transactor.run(body).value();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DgenException("interrupted; cannot " + what, e);
    }
  }

  private static <T> T uninterruptedly(String what, BlockingSupplier<T> body) {
    try {
      return body.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DgenException("interrupted while trying to " + what, e);
    }
  }
}
