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
 * is known of its queue. It decides on the next step, and on when to begin taking steps; the
 * activation takes them.
 *
 * <p>Thread-safe: guarded by itself. Compound operations hold its lock. No user code runs under the
 * lock, and nothing that waits.
 */
public final class Inbox<M> {

  private final Entity entity;
  private final ActivationServices services;
  private final ActionRunner<?> actions;
  private final LaneFlush<M> flush;

  /** Takes steps until {@link #next} says that there are none. */
  private final Runnable work;

  // Guarded by {@code this}:

  private Lane<M> lane;
  private Lane<M> priority;
  private final ArrayDeque<Marked<M>> operations = new ArrayDeque<>(0);

  /** Whether the queue may hold messages that no round has read yet. */
  private boolean queued;

  /** Whether the first queued message is backing off; a timer ends that. */
  private boolean backingOff;

  /** Whether the entity was locked or paused when a round last looked; any signal ends that. */
  private boolean blocked;

  /** How many releases of the entity's lock are in progress here, which no round overtakes. */
  private int releases;

  private boolean running;
  private boolean retired;
  private boolean abandoned;

  /** The priority messages of the current step, without those that are done. */
  private List<Pending<M>> inHand = List.of();

  /** The messages of the lane that the last round was given; some may have left the lane. */
  private List<Pending<M>> offered = List.of();

  /** The operation of the current step; null for none. */
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
   * Accepts a message; returns false if the activation was dropped, or the node is closed.
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

  /** Accepts messages that must be durable together; returns false as above. */
  public synchronized boolean offerAll(List<Pending<M>> batch) {
    if (isClosed()) {
      return false;
    }
    lane.offerAll(batch);
    wake();
    return true;
  }

  /** Accepts an operation; returns false as above. */
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

  /** Signals that the queue may hold messages; returns false if the activation was dropped. */
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

  /** Begins a release of the entity's lock: no round begins until the result has been reported. */
  synchronized void beginRelease() {
    usedSinceLooked = true;
    releases++;
  }

  /** Ends the release, whether or not it succeeded. */
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

  /** Reports that nothing keeps rounds from beginning any more. */
  synchronized void proceed() {
    if (!retired && (queued || !lane.isEmpty())) {
      wake();
    }
  }

  /** Ensures that steps are taken. */
  synchronized void wake() {
    usedSinceLooked = true;
    if (!running) {
      running = true;
      services.busy().begin();
      services.lanes().turns().begin(entity.server(), work);
    }
  }

  /** Decides on the next step. If there is none, the caller takes no more. */
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
      // A batch must be durable as a whole; the round that follows finds it in the queue.
      return first != null && first.isBatched() ? Step.FLUSH : Step.ROUND;
    }
    if (!lane.isEmpty()) {
      return Step.FLUSH;
    }
    running = false;
    return Step.NOTHING;
  }

  /** Returns whether the queue may hold messages that no round has read, and clears the signal. */
  synchronized boolean takeSignal() {
    boolean signalled = queued;
    queued = false;
    return signalled;
  }

  /** Signals that it may. */
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

  /** Takes the priority messages, which are in progress until {@link #doneInHand}. */
  synchronized List<Pending<M>> takePriority() {
    List<Pending<M>> batch = new ArrayList<>(priority);
    priority.clear();
    inHand = batch;
    return batch;
  }

  synchronized void doneInHand() {
    inHand = List.of();
  }

  /** Takes the next operation, which is in progress until {@link #doneOperation}. */
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

  /** Takes the messages up to a given one out of a lane, if that is still there. */
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

  /** Reports that the first queued message is gone, and with it the reason to wait. */
  public synchronized void lookAnew() {
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

  /** Suspends the queue for a number of microseconds. */
  void backOff(long micros) {
    synchronized (this) {
      backingOff = true;
    }
    services.control().wakeups().scheduleSignal(entity.address(), micros);
  }

  /** Suspends the queue until a signal comes, or for a number of microseconds if that is not 0. */
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

  /** Returns whether steps are being taken, and the current one is not the last. */
  synchronized boolean isAtWork() {
    return running && !abandoned;
  }

  /** Takes the messages of the current attempt out of the lanes, since the attempt is given up. */
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
   * Moves everything that waits to the inbox of another activation, and accepts nothing any more.
   *
   * @return the operation of the current step; null for none
   */
  synchronized @Nullable Operation handOver(Inbox<M> successor) {
    retired = true;
    Operation dropped = operationInHand;
    successor.adopt(this);
    return dropped;
  }

  /**
   * Takes over everything that waits in another inbox, which is locked and accepts nothing any
   * more.
   */
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
   * Takes no further step, and fails every sender that still waits. The current step is the last,
   * and continues undisturbed.
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

  /** Returns the senders of all messages that are in this node's memory. */
  private List<Pending<M>> waiting() {
    List<Pending<M>> senders = new ArrayList<>(inHand);
    senders.addAll(priority);
    senders.addAll(lane);
    return senders;
  }
}
