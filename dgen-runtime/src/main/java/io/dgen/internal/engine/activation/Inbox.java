package io.dgen.internal.engine.activation;

import io.dgen.error.DgenException;
import io.dgen.internal.engine.control.Operation;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.round.ActionRunner;
import io.dgen.internal.engine.send.Lane;
import io.dgen.internal.engine.send.LaneFlush;
import io.dgen.internal.engine.send.LaneServices;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.tx.Entity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one entity on this node: the lanes of its messages, the operations on it, and what
 * is known of its queue. It decides what the next step is, and who begins to take steps; the steps
 * themselves are the activation's.
 *
 * <p>Thread-safe: guarded by itself. Whoever must do several things as one holds it meanwhile. No
 * user code runs under it, and nothing that waits.
 */
public final class Inbox<M> {

  private final Entity entity;
  private final ActivationServices services;
  private final ActionRunner<?> actions;
  private final LaneFlush<M> flush;

  /** Takes steps until {@link #next} says that there are none. */
  private final Runnable work;

  // Guarded by this:

  private Lane<M> lane;
  private Lane<M> priority;
  private final ArrayDeque<Marked<M>> operations = new ArrayDeque<>(0);

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

  private boolean usedSinceLooked = true;

  /**
   * Creates an empty inbox.
   *
   * @param actions keep rounds from beginning while too many wait
   * @param work takes steps; runs on a thread of its own when it is this entity's turn
   */
  Inbox(Entity entity, ActivationServices services, ActionRunner<?> actions, Runnable work) {
    this.entity = entity;
    this.services = services;
    this.actions = actions;
    this.work = work;
    LaneServices lanes = services.lanes();
    int maxMessage = Sizes.maxMessage(entity.keys());
    this.lane = new Lane<>(lanes.bounds(), lanes.room(), maxMessage);
    this.priority = new Lane<>(lanes.bounds(), lanes.room(), maxMessage);
    this.flush = new LaneFlush<>(entity, services.rounds().replies(), lanes);
  }

  /** The next step of an activation. */
  enum Step {
    OPERATION,
    PRIORITY,
    ROUND,
    FLUSH,
    NOTHING
  }

  /** An operation, and the last messages that were sent before it. */
  record Marked<M>(
      Operation operation, @Nullable Pending<M> last, @Nullable Pending<M> lastPriority) {}

  /**
   * Takes a message; false if the activation was dropped, or the node is closed.
   *
   * @throws DgenException if the message is too large, or too many wait
   */
  public synchronized boolean offer(Pending<M> pending) {
    if (isClosed()) {
      return false;
    }
    (pending.isPriority() ? priority : lane).offer(pending);
    wake();
    return true;
  }

  /** Takes messages that are to be durable as one; false as above. */
  public synchronized boolean offerAll(List<Pending<M>> batch) {
    if (isClosed()) {
      return false;
    }
    lane.offerAll(batch);
    wake();
    return true;
  }

  /** Takes an operation; false as above. */
  public synchronized boolean offer(Operation operation) {
    if (isClosed()) {
      return false;
    }
    operations.addLast(new Marked<>(operation, lane.peekLast(), priority.peekLast()));
    wake();
    return true;
  }

  private boolean isClosed() {
    return retired || services.control().lifecycle().isClosed();
  }

  /** Says that the queue may hold messages; false if the activation was dropped. */
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

  /** Drops the activation if it is idle and was not used since this was last asked. */
  synchronized boolean retireIfUnused() {
    if (running || usedSinceLooked || releases > 0 || !actions.isIdle()) {
      usedSinceLooked = false;
      return false;
    }
    retired = true;
    return true;
  }

  /** What kept rounds from beginning is over. */
  synchronized void proceed() {
    if (!retired && (queued || !lane.isEmpty())) {
      wake();
    }
  }

  /** Makes sure that somebody takes steps. */
  synchronized void wake() {
    usedSinceLooked = true;
    if (!running) {
      running = true;
      services.busy().begin();
      services.lanes().turns().begin(entity.server(), work);
    }
  }

  /** Decides what the next step is. If it is none, the one who asked takes no more. */
  synchronized Step next() {
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
    if (!services.ownership().owns(entity.address())) {
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

  /** Returns whether the queue may hold messages that no round has looked for; forgets it. */
  synchronized boolean takeSignal() {
    boolean signalled = queued;
    queued = false;
    return signalled;
  }

  /** Says that it does. */
  void signal() {
    signalQueued(false);
  }

  /** Returns the first messages of the lane, which stay in it, up to a batch. */
  synchronized List<Pending<M>> lane(int max) {
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

  /** Takes the first messages out of the lane. */
  synchronized void taken(int count) {
    for (int i = 0; i < count; i++) {
      lane.removeFirst();
    }
  }

  /** Returns whether a message is the first of the lane. */
  synchronized boolean isFirst(Pending<M> pending) {
    return lane.peekFirst() == pending;
  }

  /** Takes every message out of the lane. */
  synchronized List<Pending<M>> takeAll() {
    List<Pending<M>> all = List.copyOf(lane);
    lane.clear();
    return all;
  }

  /** Takes the priority messages, which are in hand then until {@link #doneInHand}. */
  synchronized List<Pending<M>> takePriority() {
    List<Pending<M>> batch = new ArrayList<>(priority);
    priority.clear();
    inHand = batch;
    return batch;
  }

  synchronized void doneInHand() {
    inHand = List.of();
  }

  /** Takes the next operation, which is in hand then until {@link #doneOperation}. */
  synchronized Marked<M> takeOperation() {
    Marked<M> marked = operations.removeFirst();
    operationInHand = marked.operation();
    return marked;
  }

  synchronized void doneOperation() {
    operationInHand = null;
  }

  /** Takes the messages out of the lanes that were sent before an operation. */
  synchronized List<Pending<M>> takeBefore(Marked<M> marked) {
    List<Pending<M>> before = new ArrayList<>();
    takeThrough(marked.last(), lane, before);
    takeThrough(marked.lastPriority(), priority, before);
    return before;
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

  /** The message that waited is gone, and what stood in the way with it. */
  synchronized void lookAnew() {
    backingOff = false;
    blocked = false;
    queued = true;
  }

  /**
   * Pushes the front of the lane to the queue, in order, and acknowledges the casts in it. For the
   * thread that takes the steps; waits for the store.
   */
  void flush() throws InterruptedException {
    List<Pending<M>> batch;
    synchronized (this) {
      batch = LaneFlush.front(lane);
    }
    if (batch.isEmpty()) {
      return;
    }
    LaneFlush.Pushed<M> pushed = flush.push(batch);
    taken(pushed.taken());
    flush.acknowledge(pushed.queued());
    synchronized (this) {
      // The next round finds them there, without waiting for the shard's watch.
      queued = true;
    }
  }

  /** Lets the queue rest for a number of microseconds. */
  void backOff(long micros) {
    synchronized (this) {
      backingOff = true;
    }
    services.control().wakeups().scheduleSignal(entity.address(), micros);
  }

  /** Lets the queue rest until a signal comes, or a number of microseconds if that is not 0. */
  void block(long micros) {
    synchronized (this) {
      // A signal that came while the round looked may be the one that ends the obstacle.
      blocked = !queued;
    }
    if (micros > 0) {
      services.control().wakeups().scheduleSignal(entity.address(), micros);
    }
  }

  /** Returns whether an operation waits for its turn here. */
  synchronized boolean awaits(Operation operation) {
    return operations.stream().anyMatch(it -> it.operation().equals(operation));
  }

  /** Returns whether somebody takes steps, and is not taking the last one. */
  synchronized boolean isAtWork() {
    return running && !abandoned;
  }

  /** Takes what the present attempt works on out of the lanes, since the attempt is given up. */
  synchronized List<Pending<M>> takeAttempted() {
    List<Pending<M>> attempted = new ArrayList<>(inHand);
    inHand = List.of();
    for (Pending<M> pending : offered) {
      if (lane.peekFirst() == pending) {
        attempted.add(lane.removeFirst());
      }
    }
    return attempted;
  }

  /**
   * Gives everything that waits to the inbox of another activation, and takes nothing any more.
   *
   * @return the operation that the present step works on; null for none
   */
  synchronized @Nullable Operation handOver(Inbox<M> successor) {
    retired = true;
    Operation dropped = operationInHand;
    successor.adopt(this);
    return dropped;
  }

  /** Takes over what waits in another one, which is locked and takes nothing any more. */
  private synchronized void adopt(Inbox<M> from) {
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
    for (Marked<M> each : from.operations) {
      Pending<M> lastPriority = each.lastPriority() == null ? lastInHand : each.lastPriority();
      operations.addLast(new Marked<>(each.operation(), each.last(), lastPriority));
    }
    from.operations.clear();
    queued = true;
  }

  /**
   * Takes no further step, and fails everybody who still waits. A step that is under way is the
   * last, and goes on undisturbed.
   */
  void abandon(DgenException error) {
    List<Pending<M>> senders;
    List<Marked<M>> undone;
    synchronized (this) {
      abandoned = true;
      senders = waiting();
      undone = List.copyOf(operations);
    }
    services.completions().fail(senders, error);
    undone.forEach(it -> it.operation().fail(error));
  }

  /** Takes out all messages and fails them; operations stay. */
  void failAll(DgenException error) {
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

  /** Everybody who waits for something that is in this node's memory. */
  private List<Pending<M>> waiting() {
    List<Pending<M>> senders = new ArrayList<>(inHand);
    senders.addAll(priority);
    senders.addAll(lane);
    return senders;
  }
}
