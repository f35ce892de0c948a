package io.dgen.internal.engine.activation;

import io.dgen.DgenClosedException;
import io.dgen.DgenException;
import io.dgen.EntityKilledException;
import io.dgen.EntityStatus;
import io.dgen.NotHostedException;
import io.dgen.internal.SafeLog;
import io.dgen.internal.engine.control.EntityLane;
import io.dgen.internal.engine.control.Kill;
import io.dgen.internal.engine.control.Operation;
import io.dgen.internal.engine.failure.Progress;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.round.ActionRunner;
import io.dgen.internal.engine.round.RoundServices;
import io.dgen.internal.engine.send.Lane;
import io.dgen.internal.engine.send.LaneFlush;
import io.dgen.internal.engine.send.LaneServices;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.WatchLoop;
import io.dgen.internal.engine.work.Superseded;
import io.dgen.spi.Environment;
import io.dgen.store.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An entity as this node knows it: the lane of messages that were sent here, what is remembered of
 * its state, and one thread while there is work.
 *
 * <p>The thread takes one step after another. While this node owns the entity a step is a round; if
 * it does not, or the entity is locked, paused or backing off, the lane is pushed to the queue.
 * Steps of one activation never overlap and each takes from the front of the lane, so a sender's
 * messages keep their order, whichever way they go.
 *
 * <p>A callback may never return. If its entity is killed or reset meanwhile, this activation is
 * given up: another one takes its place with all that waits here, and what the old thread still
 * does is void ({@link Progress}).
 */
public final class Activation<S, M> {

  private static final Logger LOG = LoggerFactory.getLogger(Activation.class);

  /** How long what runs of an entity may keep it from being killed or reset, at most. */
  public static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Entity entity;
  private final ActivationServices services;
  private final Address address;
  private final ActionRunner<S> actions;

  // What follows is guarded by this.

  private Lane<M> lane;
  private Lane<M> priority;
  private final ArrayDeque<Marked> operations = new ArrayDeque<>(0);

  /** Whether the queue may hold messages that no round has looked for yet. */
  private boolean queued;

  /** Whether the first queued message waits to be tried again; a timer ends it. */
  private boolean backingOff;

  /** Whether the entity was locked or paused when a round looked last; any signal ends it. */
  private boolean blocked;

  /** How many releases of the entity's lock are under way here, which no round overtakes. */
  private int releases;

  private boolean running;
  private boolean retired;
  private boolean abandoned;

  /** The priority messages that the present step works on, less those that are done. */
  private List<Pending<M>> inHand = List.of();

  /** The messages of the lane that the last round was given; some are not in the lane any more. */
  private List<Pending<M>> offered = List.of();

  /** The operation that the present step works on; null for none. */
  private @Nullable Operation operationInHand;

  private final Progress progress;

  private boolean usedSinceLooked = true;

  // What follows belongs to the running thread.

  private final EntityRounds<S, M> rounds;
  private final StandardRounds<S, M> standard;
  private final PriorityRounds<S, M> priorities;
  private final LaneFlush<M> flush;

  Activation(Entity entity, ActivationServices services) {
    this.entity = entity;
    this.address = entity.address();
    this.services = services;
    LaneServices lanes = services.lanes();
    RoundServices shared = services.rounds();
    int maxMessage = Sizes.maxMessage(entity.keys());
    this.lane = new Lane<>(lanes.bounds(), lanes.room(), maxMessage);
    this.priority = new Lane<>(lanes.bounds(), lanes.room(), maxMessage);
    this.actions =
        new ActionRunner<>(
            entity,
            services.busy(),
            shared.logContext(),
            shared.failing().reports(),
            this::proceed);
    this.progress = new Progress(entity, lanes.deadlines(), shared.settings().slowCallback());
    this.rounds = new EntityRounds<>(entity, actions, progress, services);
    this.standard = new StandardRounds<>(entity, rounds, new Queues(), services);
    this.priorities = new PriorityRounds<>(shared, rounds);
    this.flush = new LaneFlush<>(entity, shared.replies(), lanes);
  }

  Address address() {
    return address;
  }

  /**
   * Takes a message; false if this activation was dropped, or the node is closed.
   *
   * @throws DgenException if the message is too large, or too many wait
   */
  public synchronized boolean offer(Pending<M> pending) {
    if (retired || services.control().lifecycle().isClosed()) {
      return false;
    }
    (pending.isPriority() ? priority : lane).offer(pending);
    wake();
    return true;
  }

  /** Takes messages that are to be durable as one; false as above. */
  public synchronized boolean offerAll(List<Pending<M>> batch) {
    if (retired || services.control().lifecycle().isClosed()) {
      return false;
    }
    lane.offerAll(batch);
    wake();
    return true;
  }

  /** Takes an operation; false if this activation was dropped, or the node is closed. */
  public synchronized boolean offer(Operation operation) {
    if (retired || services.control().lifecycle().isClosed()) {
      return false;
    }
    operations.addLast(new Marked(operation, lane.peekLast(), priority.peekLast()));
    wake();
    return true;
  }

  /** Says that the queue may hold messages; false if this activation was dropped. */
  synchronized boolean signalQueued(boolean backOffEnded) {
    if (retired) {
      return false;
    }
    if (backOffEnded) {
      backingOff = false;
    }
    blocked = false;
    queued = true;
    wake();
    return true;
  }

  /** Begins to give the entity's lock back: no round begins until that was told of. */
  synchronized void beginRelease() {
    usedSinceLooked = true;
    releases++;
  }

  /** Ends it, however it went. */
  synchronized void endRelease() {
    releases--;
    if (releases == 0) {
      proceed();
    }
  }

  /** Drops this activation if it is idle and was not used since this was last asked. */
  synchronized boolean retireIfUnused() {
    if (running || usedSinceLooked || releases > 0 || !actions.isIdle()) {
      usedSinceLooked = false;
      return false;
    }
    retired = true;
    return true;
  }

  /** The callback that runs now; null for none. */
  public EntityStatus.@Nullable Running runningCallback() {
    return progress.running();
  }

  /** Whether this thread runs a callback of the entity. */
  public boolean isRunHere() {
    return progress.isRunHere();
  }

  /** Whether another activation has taken its place. */
  boolean isGivenUp() {
    return progress.isSuperseded();
  }

  /**
   * Gives up the attempt that keeps an operation from its turn, if it is an attempt that does, and
   * lets another activation begin with the operation. What the old one has in hand goes along: it
   * was not committed, and never will be by the old thread.
   *
   * @return whether the operation still waits for its turn here
   */
  public boolean giveUpFor(Operation operation) {
    Successor<S, M> successor;
    synchronized (this) {
      if (operations.stream().noneMatch(it -> it.operation.equals(operation))) {
        return false;
      }
      if (abandoned || !running || !progress.supersede()) {
        return true;
      }
      successor = succeeded();
    }
    goOn(successor);
    return false;
  }

  /**
   * The entity was killed or reset on another node. An attempt that began before can never commit;
   * if it does not end within a while, it is given up, and what it was to carry out with it.
   *
   * @param version the version of the store at which the entity was ended
   */
  void endedElsewhere(long version) {
    Progress.Attempted attempted = progress.attempted();
    if (attempted == null) {
      return;
    }
    Environment environment = entity.environment();
    try {
      if (environment.await(attempted.readVersion()) < version) {
        environment.schedule(PATIENCE, () -> environment.execute(() -> giveUp(attempted)));
      }
    } catch (StoreException | InterruptedException e) {
      LOG.debug("an attempt on {} ended while it was being looked at", address, e);
    }
  }

  private void giveUp(Progress.Attempted attempted) {
    Successor<S, M> successor;
    List<Pending<M>> attempts = new ArrayList<>();
    synchronized (this) {
      if (abandoned || !running || !progress.supersede(attempted)) {
        return;
      }
      // Sent before the attempt began, and so before the entity was ended.
      attempts.addAll(inHand);
      inHand = List.of();
      for (Pending<M> pending : offered) {
        if (lane.peekFirst() == pending) {
          attempts.add(lane.removeFirst());
        }
      }
      successor = succeeded();
    }
    services.completions().fail(attempts, new EntityKilledException(Kill.killedText(address)));
    goOn(successor);
  }

  /** The activation that takes the place of one whose attempt was given up. */
  private record Successor<S, M>(Activation<S, M> next, @Nullable Operation dropped) {}

  private synchronized Successor<S, M> succeeded() {
    retired = true;
    Activation<S, M> next = new Activation<>(entity, services);
    Operation dropped = operationInHand;
    next.adopt(this);
    services.remembered().activations().replace(this, next);
    return new Successor<>(next, dropped);
  }

  private void goOn(Successor<S, M> successor) {
    EntityStatus.Running callback = progress.running();
    LOG.warn(
        "{} of {} is given up, since it does not end and the entity is to",
        callback == null ? "an attempt" : callback.callback(),
        address);
    if (successor.dropped != null) {
      successor.dropped.fail(
          new DgenException(
              "init of "
                  + address
                  + " did not return before the entity was killed or reset again; it was given"
                  + " up, and nothing was changed"));
    }
    successor.next.resume();
    services.lanes().turns().end();
    services.busy().end();
  }

  /** Takes over what waits in another one, which is locked and takes nothing any more. */
  private synchronized void adopt(Activation<S, M> from) {
    Lane<M> freshLane = lane;
    Lane<M> freshPriority = priority;
    lane = from.lane;
    priority = from.priority;
    from.lane = freshLane;
    from.priority = freshPriority;
    // It began to work on them before the operations came.
    Pending<M> lastInHand = from.inHand.isEmpty() ? null : from.inHand.getLast();
    priority.putBack(from.inHand);
    from.inHand = List.of();
    for (Marked each : from.operations) {
      Pending<M> lastPriority = each.lastPriority == null ? lastInHand : each.lastPriority;
      operations.addLast(new Marked(each.operation, each.last, lastPriority));
    }
    from.operations.clear();
    queued = true;
  }

  private synchronized void resume() {
    wake();
  }

  /** How many bytes it remembers. To be asked once it is retired. */
  long rememberedBytes() {
    return rounds.rememberedBytes();
  }

  /** What kept rounds from beginning is over. */
  private synchronized void proceed() {
    if (!retired && (queued || !lane.isEmpty())) {
      wake();
    }
  }

  private void wake() {
    usedSinceLooked = true;
    if (!running) {
      running = true;
      services.busy().begin();
      services.lanes().turns().begin(address.server(), this::drain);
    }
  }

  /** Takes one step after another, as long as nobody else waits for a turn. */
  private void drain() {
    boolean more = false;
    try {
      services.control().logContext().enter(address);
      progress.begin();
      more = step();
      while (more && !services.lanes().turns().isContended()) {
        more = step();
      }
    } catch (Superseded e) {
      LOG.info("what ran of {} when it was given up has ended; it is void", address);
    } catch (Throwable e) {
      // Such as no memory for saying what failed. Nobody must wait for a thread that is gone.
      more = survive(e);
    } finally {
      progress.end();
      if (!progress.isSuperseded()) {
        pass(more);
      }
      services.control().logContext().leave();
    }
  }

  /** Lets others have the turn, or ends it. */
  private void pass(boolean more) {
    if (more) {
      services.lanes().turns().giveWay(address.server(), this::drain);
    } else {
      services.lanes().turns().end();
      services.busy().end();
      services.remembered().activations().trim();
    }
  }

  /** A step failed in saying how it failed; there may be more to do. */
  private boolean survive(Throwable problem) {
    SafeLog.error(LOG, "a step of " + address + " failed", problem);
    failAll(new DgenException("a step of " + address + " failed; its outcome is unknown", problem));
    return true;
  }

  /** One step; false if there is nothing to do, and the thread is given back. */
  private boolean step() {
    try {
      switch (next()) {
        case OPERATION -> runOperation();
        case PRIORITY -> runPriority();
        case ROUND -> standard.run();
        case FLUSH -> flushLane();
        case NOTHING -> {
          return false;
        }
      }
    } catch (Superseded e) {
      throw e;
    } catch (InterruptedException e) {
      failAll(new DgenClosedException("interrupted while working on " + address));
    } catch (DgenException e) {
      // The store has failed for good, and its errors say so.
      failAll(e);
      lookAgain();
    } catch (OutOfMemoryError e) {
      // It may have come from anywhere, and need not come again.
      LOG.error("out of memory while working on {}, trying again", address, e);
      failAll(
          new DgenException(
              "this node has run out of memory ("
                  + e.getMessage()
                  + "); the outcome of "
                  + address
                  + " is unknown",
              e));
      lookAgain();
    } catch (RuntimeException | Error e) {
      LOG.error("bug in dgen: {} failed in a way that the engine does not know", address, e);
      failAll(
          new DgenException(
              "bug in dgen: see the cause; the outcome of " + address + " is unknown", e));
      lookAgain();
    }
    return true;
  }

  private enum Step {
    OPERATION,
    PRIORITY,
    ROUND,
    FLUSH,
    NOTHING
  }

  private synchronized Step next() {
    offered = List.of();
    if (abandoned) {
      running = false;
      return Step.NOTHING;
    }
    if (!operations.isEmpty()) {
      return Step.OPERATION;
    }
    if (!priority.isEmpty()) {
      return Step.PRIORITY;
    }
    if (!services.ownership().owns(address)) {
      queued = false;
      backingOff = false;
      blocked = false;
    } else if (backingOff || blocked) {
      queued = false;
    } else if (releases == 0 && (queued || !lane.isEmpty())) {
      if (actions.isFull()) {
        running = false;
        return Step.NOTHING;
      }
      Pending<M> first = lane.peekFirst();
      // A batch is durable as one; the round that follows finds it in the queue.
      return first != null && first.isBatched() ? Step.FLUSH : Step.ROUND;
    }
    if (!lane.isEmpty()) {
      return Step.FLUSH;
    }
    running = false;
    return Step.NOTHING;
  }

  /** The lane and the queue's signals, for the rounds. */
  private final class Queues implements Inbox<M> {

    @Override
    public boolean takeSignal() {
      synchronized (Activation.this) {
        boolean signalled = queued;
        queued = false;
        return signalled;
      }
    }

    @Override
    public void signal() {
      signalQueued(false);
    }

    @Override
    public List<Pending<M>> lane(int max) {
      synchronized (Activation.this) {
        List<Pending<M>> first = new ArrayList<>(Math.min(max, lane.size()));
        for (Pending<M> pending : lane) {
          if (first.size() == max || pending.isBatched()) {
            break;
          }
          first.add(pending);
        }
        offered = first;
        return first;
      }
    }

    @Override
    public void taken(int count) {
      removeFirst(count);
    }

    @Override
    public boolean isFirst(Pending<M> pending) {
      synchronized (Activation.this) {
        return lane.peekFirst() == pending;
      }
    }

    @Override
    public List<Pending<M>> takeAll() {
      synchronized (Activation.this) {
        List<Pending<M>> all = List.copyOf(lane);
        lane.clear();
        return all;
      }
    }

    @Override
    public void flush() throws InterruptedException {
      flushLane();
    }

    @Override
    public void backOff(long micros) {
      synchronized (Activation.this) {
        backingOff = true;
      }
      services.control().wakeups().scheduleSignal(address, micros);
    }

    @Override
    public void block(long micros) {
      synchronized (Activation.this) {
        // A signal that came while the round looked may be the one that ends the obstacle.
        blocked = !queued;
      }
      if (micros > 0) {
        services.control().wakeups().scheduleSignal(address, micros);
      }
    }
  }

  private synchronized void removeFirst(int count) {
    for (int i = 0; i < count; i++) {
      lane.removeFirst();
    }
  }

  private void runPriority() throws InterruptedException {
    List<Pending<M>> batch;
    synchronized (this) {
      batch = new ArrayList<>(priority);
      priority.clear();
      inHand = batch;
    }
    if (services.rounds().failing().servers().has(address.server())) {
      priorities.run(batch);
    } else {
      services.completions().fail(batch, notHosted("a priority or info message to"));
    }
    synchronized (this) {
      inHand = List.of();
    }
  }

  /** The error of what needs the server in this process. */
  private NotHostedException notHosted(String what) {
    return new NotHostedException(
        what
            + " "
            + address
            + " needs the server in this process; call dgen.host("
            + address.server()
            + "Server.of()) first");
  }

  /** An operation, and the last messages that were sent before it. */
  private final class Marked implements EntityLane {

    private final Operation operation;
    private final @Nullable Pending<M> last;
    private final @Nullable Pending<M> lastPriority;

    Marked(Operation operation, @Nullable Pending<M> last, @Nullable Pending<M> lastPriority) {
      this.operation = operation;
      this.last = last;
      this.lastPriority = lastPriority;
    }

    @Override
    public void fail(DgenException error) {
      List<Pending<M>> before = new ArrayList<>();
      synchronized (Activation.this) {
        takeThrough(last, lane, before);
        takeThrough(lastPriority, priority, before);
      }
      services.completions().fail(before, error);
    }

    /** Takes the messages up to one out of a lane, if it is still there. */
    private void takeThrough(@Nullable Pending<M> end, Lane<M> from, List<Pending<M>> into) {
      if (end == null || !from.contains(end)) {
        return;
      }
      Pending<M> next;
      do {
        next = from.removeFirst();
        into.add(next);
      } while (next != end);
    }

    @Override
    public void forget() {
      rounds.forget();
      synchronized (Activation.this) {
        // The message that waited is gone, and what stood in the way with it.
        backingOff = false;
        blocked = false;
        queued = true;
      }
    }

    @Override
    public Progress progress() {
      return progress;
    }
  }

  private void runOperation() throws InterruptedException {
    Marked marked;
    synchronized (this) {
      marked = operations.removeFirst();
      operationInHand = marked.operation;
    }
    try {
      marked.operation.run(marked);
    } catch (Superseded e) {
      throw e;
    } catch (InterruptedException e) {
      marked.operation.fail(new DgenClosedException("interrupted while working on " + address));
      throw e;
    } catch (DgenException e) {
      marked.operation.fail(e);
    } catch (RuntimeException | Error e) {
      LOG.error("an operation on {} failed", address, e);
      marked.operation.fail(new DgenException("an operation on " + address + " failed: " + e, e));
    } finally {
      synchronized (this) {
        operationInHand = null;
      }
    }
  }

  /** Pushes the front of the lane to the queue, in order, and acknowledges the casts in it. */
  private void flushLane() throws InterruptedException {
    List<Pending<M>> batch;
    synchronized (this) {
      batch = LaneFlush.front(lane);
    }
    if (batch.isEmpty()) {
      return;
    }
    LaneFlush.Pushed<M> pushed = flush.push(batch);
    removeFirst(pushed.taken());
    flush.acknowledge(pushed.queued());
    synchronized (this) {
      // The next round finds them there, without waiting for the shard's watch.
      queued = true;
    }
  }

  /**
   * Fails every sender that still waits, and takes no further step: the node is closing and has no
   * more time. A step that is under way is the last, and goes on undisturbed.
   */
  void abandon() {
    DgenClosedException error =
        new DgenClosedException(
            "closed before a message to " + address + " was done; whether it was cannot be told");
    List<Pending<M>> senders;
    List<Marked> undone;
    synchronized (this) {
      abandoned = true;
      senders = waiting();
      undone = List.copyOf(operations);
    }
    services.completions().fail(senders, error);
    undone.forEach(it -> it.operation.fail(error));
  }

  private void failAll(DgenException error) {
    List<Pending<M>> senders;
    synchronized (this) {
      senders = waiting();
      priority.clear();
      lane.clear();
      inHand = List.of();
      queued = false;
    }
    services.completions().fail(senders, error);
  }

  /** What is in the queue has no sender here who hears of a failed step and sends again. */
  private void lookAgain() {
    if (services.ownership().owns(address)) {
      services
          .control()
          .wakeups()
          .scheduleSignal(address, WatchLoop.AFTER_FAILURE.toNanos() / 1000);
    }
  }

  /** Everybody who waits for something that is in this node's memory. */
  private List<Pending<M>> waiting() {
    List<Pending<M>> senders = new ArrayList<>(inHand);
    senders.addAll(priority);
    senders.addAll(lane);
    return senders;
  }
}
