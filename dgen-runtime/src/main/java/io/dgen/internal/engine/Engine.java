package io.dgen.internal.engine;

import io.dgen.Admin;
import io.dgen.Bounds;
import io.dgen.CallTimeoutException;
import io.dgen.DgenClosedException;
import io.dgen.DgenException;
import io.dgen.DgenOptions;
import io.dgen.FailurePolicy;
import io.dgen.Hosting;
import io.dgen.LockLost;
import io.dgen.Scheduled;
import io.dgen.internal.engine.Activations.Address;
import io.dgen.spi.EntityRef;
import io.dgen.spi.Environment;
import io.dgen.spi.Sender;
import io.dgen.spi.ServerDescriptor;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node: its activations, and what they share. Thread-safe. */
public final class Engine {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(2);

  /** How long a store may take to let a node begin: as long as a cluster that recovers. */
  private static final Duration STARTING = Duration.ofMinutes(1);

  /** How long a node that closes tries to say so to others, though its time is over. */
  private static final Duration LEAVING = Duration.ofSeconds(1);

  private final DgenOptions options;

  /** What the engine's own waits use: nobody's interrupt ends them. */
  private final Environment environment;

  /** What the waits of the user's threads use. */
  private final Environment callers;

  private final Errands errands;
  private final KeyLayout layout;
  private final NodeId node;
  private final Transactor transactor;
  private final Completions completions;
  private final Whereabouts whereabouts = new Whereabouts(this);
  private final Deadlines deadlines;
  private final ReplyMailbox mailbox;
  private final Membership membership;
  private final ShardConsumers consumers;
  private final Activations activations;
  private final Turns turns;
  private final Room room;
  private final Busy busy = new Busy();
  private final RunningTime runningTime;
  private final Messaging messaging;
  private final Limits limits = Limits.DEFAULT;
  private final BackOff backOff;
  private final LogContext logContext = new LogContext();
  private final RoundMeter meter;
  private final Inspector inspector;
  private final NodeAdmin admin;
  private final NodeSender sender;
  private final FailureReports failures;
  private final ConcurrentHashMap<String, HostedServer<?, ?>> hosted = new ConcurrentHashMap<>();
  private final Object assigning = new Object();
  private final Suspects suspects;
  private final Trials trials;

  /** Made once this node is known to the others, so that its row tells whose it is. */
  private volatile FlightRecorder flights = FlightRecorder.NONE;

  /** Whether messages are refused. */
  private volatile boolean closing;

  /** Whether nobody will complete a sender any more. */
  private volatile boolean closed;

  private Engine(Store store, DgenOptions options, Environment environment) {
    this.options = options;
    this.callers = environment;
    this.environment = new Steady(environment);
    this.errands = new Errands(environment);
    this.layout = new KeyLayout(options.root().getBytes(StandardCharsets.UTF_8));
    this.node = NodeId.random(environment.random());
    Receipts receipts = new Receipts(layout, node);
    this.transactor = new Transactor(store, this.environment, receipts);
    this.completions = new Completions(this.environment);
    this.deadlines = new Deadlines(this.environment);
    this.mailbox =
        new ReplyMailbox(
            layout,
            node,
            store,
            this.environment,
            completions,
            options.pollInterval(),
            this::endedElsewhere);
    this.sender = new NodeSender(this, options.timeout());
    this.turns = new Turns(options.maxConcurrentRounds(), this.environment);
    this.room = new Room(options.bounds().nodeBytes());
    this.runningTime = new RunningTime(layout, environment, options.livenessTimeout());
    this.messaging = new Messaging(this, options, deadlines);
    this.consumers =
        new ShardConsumers(
            layout,
            store,
            this.environment,
            options.pollInterval(),
            turns,
            this::signal,
            messaging);
    this.suspects = new Suspects(store.scratchDirectory());
    this.trials = new Trials(this.environment);
    this.membership =
        new Membership(
            layout,
            node,
            this.environment,
            transactor,
            receipts,
            runningTime,
            options.livenessTimeout(),
            suspects,
            this::reassign);
    this.activations = new Activations(options.maxActivations(), options.maxRememberedBytes());
    this.meter = new RoundMeter(options.metrics(), this.environment);
    this.inspector = new Inspector(this);
    this.admin = new NodeAdmin(this, options.timeout());
    this.backOff =
        new BackOff(options.firstRetryDelay(), options.maxRetryDelay(), this.environment);
    this.failures =
        new FailureReports(options.failureListener(), options.metrics(), this.environment);
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
    return engine.errands.run(
        "open a node",
        STARTING,
        () -> {
          List<Path> recorded = FlightRecorder.files(store.scratchDirectory());
          engine.membership.join();
          FlightRecorder.sweep(recorded, engine.suspects.nodes());
          engine.flights = FlightRecorder.create(store.scratchDirectory(), engine.node);
          engine.mailbox.start();
          return engine;
        });
  }

  /**
   * Makes this node run a server's entities.
   *
   * @param descriptor the generated server
   * @param hosting which of its entities
   * @param policy what happens when its messages fail
   * @throws IllegalArgumentException if an id cannot be one
   * @throws DgenException if a server of the same name is hosted here, or too many ids are claimed
   */
  public void host(ServerDescriptor<?, ?> descriptor, Hosting hosting, FailurePolicy policy) {
    requireOpen("host " + descriptor.name());
    hosting.ids().forEach(id -> EntityRef.checkId(descriptor.name(), id));
    membership.claim(descriptor.name(), hosting);
    hosted.put(descriptor.name(), new HostedServer<>(descriptor, policy));
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
    errands.run(
        "host " + descriptor.name(),
        STARTING,
        () -> {
          membership.announce();
          return descriptor;
        });
    reassign();
  }

  /** Whether a live node runs the entity, as far as this node knows. */
  boolean isHostedAnywhere(Address address) {
    return owner(address) != null;
  }

  @SuppressWarnings("unchecked") // A server's name stands for its messages.
  <M> Activation<?, M> activation(Address address) {
    return (Activation<?, M>) activations.get(address, key -> new Activation<>(this, key));
  }

  /** What clients send through. */
  public Sender sender() {
    return sender;
  }

  /**
   * The handle of a delayed message.
   *
   * @param text its name
   * @return the handle
   * @throws IllegalArgumentException if it is no name of one
   */
  public Scheduled scheduled(String text) {
    return sender.scheduled(text);
  }

  /** What operates entities by name. */
  public Admin admin() {
    return admin;
  }

  /** What looks at entities from outside. */
  Inspector inspector() {
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
    turns.stop();
    long began = environment.nanoTime();
    Duration timeout = options.closeTimeout();
    awaitAtMost(timeout, busy.idle());
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
    Duration left = timeout.minusNanos(environment.nanoTime() - began);
    leave(left.compareTo(LEAVING) < 0 ? LEAVING : left);
  }

  /** Waits for something that does not fail, but not longer than a while. */
  private void awaitAtMost(Duration timeout, CompletableFuture<Void> future) {
    Environment.Cancellable timer = environment.schedule(timeout, () -> future.complete(null));
    try {
      environment.await(future);
    } catch (InterruptedException e) {
      throw new AssertionError("no interrupt ends a wait of the engine's", e);
    } finally {
      timer.cancel();
    }
  }

  /**
   * Lets others take over, if the store lets it in time; else they wait for the liveness timeout.
   */
  private void leave(Duration timeout) {
    CompletableFuture<@Nullable Throwable> left = new CompletableFuture<>();
    environment.execute(
        () -> {
          try {
            leaveOthers();
            flights.close();
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
                "closed, but the store did not take within "
                    + timeout.toMillis()
                    + " ms that this node is gone; others take over when they miss its heartbeat",
                null));
    if (problem instanceof RuntimeException exception) {
      throw exception;
    }
    if (problem instanceof Error error) {
      throw error;
    }
  }

  /** Of a store that was closed before the node nothing is to be done. */
  private void leaveOthers() throws InterruptedException {
    try {
      membership.leave();
    } catch (StoreException e) {
      if (e.error() != StoreError.STORE_CLOSED) {
        throw e;
      }
      LOG.debug("the store was closed before its node {}", node, e);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** As {@link #requireOpen(String)}; words nothing if it is open. */
  void requireOpen(String what, Address address) {
    if (closing) {
      requireOpen(what + " " + address);
    }
  }

  void requireOpen(String what) {
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
   *     nearly over would be asked for again and again; and not more than a poll interval, since
   *     what is waited for may be over earlier, as when another node kills the entity
   */
  void scheduleSignal(Address address, long micros) {
    Duration wait = Duration.ofNanos(micros * 1000);
    Duration most = options.pollInterval();
    Duration atMost = wait.compareTo(most) > 0 ? most : wait;
    environment.schedule(
        atMost.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : atMost, () -> signal(address, true));
  }

  /** The last to come reads the view last, so that no older one is left in force. */
  private void reassign() {
    synchronized (assigning) {
      consumers.assign(ShardLook.of(membership.view(), node));
    }
  }

  boolean owns(Address address) {
    return hosts(address.server()) && membership.owns(address.server(), address.id());
  }

  /** Another node has killed or reset an entity that is this one's, as that one believes. */
  private void endedElsewhere(EndNotice notice) {
    Activation<?, ?> activation = activations.find(notice.address());
    if (activation != null) {
      environment.execute(() -> activation.endedElsewhere(notice.version()));
    }
  }

  /** A round of the entity met another transaction: maybe another node runs it too. */
  void conflicted(Address address) {
    if (owns(address)) {
      membership.suspect();
    }
  }

  /** Whether a shard is this node's, and the node is open. */
  boolean ownsShard(String server, int shard) {
    return !closing && hosts(server) && membership.ownsShard(server, shard);
  }

  /** Which queued messages may have ended a node. */
  Suspects suspects() {
    return suspects;
  }

  /** Who may be tried alone. */
  Trials trials() {
    return trials;
  }

  /** Where it is recorded what this node is running. */
  FlightRecorder flights() {
    return flights;
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

  RunningTime runningTime() {
    return runningTime;
  }

  Whereabouts whereabouts() {
    return whereabouts;
  }

  ReplyMailbox mailbox() {
    return mailbox;
  }

  Busy busy() {
    return busy;
  }

  Activations activations() {
    return activations;
  }

  Turns turns() {
    return turns;
  }

  /** What the messages that wait in memory share. */
  Room room() {
    return room;
  }

  Limits limits() {
    return limits;
  }

  Bounds bounds() {
    return options.bounds();
  }

  RoundMeter meter() {
    return meter;
  }

  LogContext logContext() {
    return logContext;
  }

  /** The node that owns an entity; null if no live node does. */
  @Nullable NodeId owner(Address address) {
    return membership.view().owner(address.server(), address.id());
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

  /** How long a callback may run before it is logged. */
  Duration slowCallback() {
    return options.slowCallback();
  }

  /** What counts failures, and tells the user's listener of them. */
  FailureReports failures() {
    return failures;
  }

  boolean remembersState() {
    return options.cache();
  }

  /** What the waits of the user's threads use: an interrupt ends them. */
  Environment callers() {
    return callers;
  }

  /**
   * Runs a transaction for a caller of the API, who waits for the default timeout.
   *
   * @throws io.dgen.CallTimeoutException if the store takes longer
   */
  <T extends @Nullable Object> T transact(String what, Transactor.Body<T> body) {
    return transact(what, options.timeout(), body);
  }

  /** Runs a transaction for a caller of the API. */
  <T extends @Nullable Object> T transact(String what, Duration timeout, Transactor.Body<T> body) {
    requireOpen(what);
    return errands.run(what, timeout, () -> transactor.run(body).value());
  }

  /** Does something else for a caller of the API, who waits for the default timeout. */
  <T extends @Nullable Object> T errand(String what, Interrupts.BlockingSupplier<T> body) {
    requireOpen(what);
    return errands.run(what, options.timeout(), body);
  }

  /** As {@link #errand}, for what runs code of the user's, such as metrics. */
  <T extends @Nullable Object> T userErrand(String what, Interrupts.BlockingSupplier<T> body) {
    requireOpen(what);
    return errands.runUserCode(what, options.timeout(), body);
  }

  /**
   * Runs code of the user's for a caller of the API, who waits for a while, and for no more than a
   * part of the default timeout.
   *
   * @param bodies throw nothing; those that take longer go on
   */
  void tryUserCode(Duration patience, List<Runnable> bodies) {
    Duration part = options.timeout().dividedBy(4);
    errands.tryUserCode(part.compareTo(patience) < 0 ? part : patience, bodies);
  }
}
