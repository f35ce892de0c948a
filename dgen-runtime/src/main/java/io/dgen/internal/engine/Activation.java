package io.dgen.internal.engine;

import io.dgen.CallbackException;
import io.dgen.DgenClosedException;
import io.dgen.DgenException;
import io.dgen.MessageTooLargeException;
import io.dgen.NotHostedException;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.internal.engine.Round.Memory;
import io.dgen.internal.engine.Round.Outcome;
import io.dgen.internal.engine.Round.RoundSetup;
import io.dgen.internal.engine.RoundFailure.Fault;
import io.dgen.spi.MessageKind;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions;
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
 * it does not, or the entity is backing off, the lane is pushed to the queue. Steps of one
 * activation never overlap and each takes from the front of the lane, so a sender's messages keep
 * their order, whichever way they go.
 */
final class Activation<S, M> {

  private static final Logger LOG = LoggerFactory.getLogger(Activation.class);

  private final Engine engine;
  private final Activations.Address address;
  private final EntityKeys keys;

  // What follows is guarded by this.

  private final ArrayDeque<Pending<M>> lane = new ArrayDeque<>();
  private final ArrayDeque<Pending<M>> priority = new ArrayDeque<>();

  /** Whether the queue may hold messages that no round has looked for yet. */
  private boolean queued;

  /** Whether the first queued message waits to be tried again; a timer ends it. */
  private boolean backingOff;

  private boolean running;
  private boolean retired;
  private boolean abandoned;

  /** The priority messages that the present step works on. */
  private List<Pending<M>> inHand = List.of();

  private boolean usedSinceLooked = true;

  // What follows belongs to the running thread.

  private Memory<S> memory = Memory.none();
  private @Nullable LaneFlush<M> flush;

  Activation(Engine engine, Activations.Address address) {
    this.engine = engine;
    this.address = address;
    this.keys = engine.layout().entity(address.server(), address.id());
  }

  Activations.Address address() {
    return address;
  }

  /** Takes a message; false if this activation was dropped, or the node is closed. */
  synchronized boolean offer(Pending<M> pending) {
    if (retired || engine.isClosed()) {
      return false;
    }
    (pending.kind == MessageKind.INFO ? priority : lane).addLast(pending);
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
    queued = true;
    wake();
    return true;
  }

  /** Drops this activation if it is idle and was not used since this was last asked. */
  synchronized boolean retireIfUnused() {
    if (running || usedSinceLooked) {
      usedSinceLooked = false;
      return false;
    }
    retired = true;
    return true;
  }

  private void wake() {
    usedSinceLooked = true;
    if (!running) {
      running = true;
      engine.busy().begin();
      engine.environment().execute(this::drain);
    }
  }

  private void drain() {
    try {
      while (step()) {}
    } finally {
      engine.busy().end();
    }
  }

  /** One step; false if there is nothing to do, and the thread is given back. */
  private boolean step() {
    try {
      return switch (next()) {
        case PRIORITY -> runPriority();
        case ROUND -> runRound();
        case FLUSH -> runFlush();
        case NOTHING -> false;
      };
    } catch (InterruptedException e) {
      failAll(new DgenClosedException("interrupted while working on " + address));
    } catch (DgenException e) {
      // The store has failed for good, and its errors say so.
      failAll(e);
    } catch (RuntimeException | Error e) {
      LOG.error("bug in dgen: {} failed in a way that the engine does not know", address, e);
      failAll(
          new DgenException(
              "bug in dgen: see the cause; the outcome of " + address + " is unknown", e));
    }
    return true;
  }

  private enum Step {
    PRIORITY,
    ROUND,
    FLUSH,
    NOTHING
  }

  private synchronized Step next() {
    if (abandoned) {
      running = false;
      return Step.NOTHING;
    }
    if (!priority.isEmpty()) {
      return Step.PRIORITY;
    }
    if (!engine.owns(address)) {
      queued = false;
      backingOff = false;
    } else if (backingOff) {
      queued = false;
    } else if (queued || !lane.isEmpty()) {
      return Step.ROUND;
    }
    if (!lane.isEmpty()) {
      return Step.FLUSH;
    }
    running = false;
    return Step.NOTHING;
  }

  /** Runs queued messages and the lane. */
  private boolean runRound() throws InterruptedException {
    HostedServer<S, M> server = hosted();
    List<Pending<M>> batch;
    boolean signalled;
    synchronized (this) {
      signalled = queued;
      queued = false;
      batch = firstOf(lane, engine.limits().maxRoundMessages());
    }
    int limit = engine.limits().maxRoundMessages();
    Failed failed = null;
    while (true) {
      Round<S, M> round = new Round<>(setup(server, true), memory, batch, limit, signalled);
      try {
        Outcome<S, M> outcome = commit(round);
        committed(outcome);
        if (failed != null) {
          recordFailure(failed);
        }
        afterRound(outcome, signalled);
        return true;
      } catch (RoundFailure e) {
        failed = new Failed(e, round.front(), batch);
        if (e.index() == 0) {
          recordFailure(failed);
          return true;
        }
        if (e.fault() == Fault.TIME) {
          // It did not fail: it will have more time as the first of its round.
          failed = null;
        }
        // The messages before it are committed without it.
        limit = e.index();
      } catch (StoreException e) {
        if (!isTooLarge(e)) {
          throw e;
        }
        int ran = Math.min(limit, batch.size() + round.front().messages().size());
        if (ran <= 1) {
          recordFailure(new Failed(new RoundFailure(Fault.MESSAGE, 0, e), round.front(), batch));
          return true;
        }
        failed = null;
        limit = ran / 2;
      }
    }
  }

  private static boolean isTooLarge(StoreException e) {
    return e.error() == StoreError.TRANSACTION_TOO_LARGE;
  }

  private RoundSetup<S, M> setup(HostedServer<S, M> server, boolean readsQueue) {
    return new RoundSetup<>(
        server,
        address,
        keys,
        engine.layout(),
        engine.node(),
        engine.environment(),
        engine.limits(),
        readsQueue);
  }

  private Outcome<S, M> commit(Round<S, M> round) throws InterruptedException {
    Transactor.Committed<Outcome<S, M>> done = engine.transactor().run(round::attempt);
    Outcome<S, M> outcome = done.value();
    byte[] stamp = done.stamp();
    if (!engine.remembersState()) {
      memory = outcome.memory().withoutState();
    } else if (!outcome.stateChanged()) {
      memory = outcome.memory();
    } else if (stamp != null) {
      memory = outcome.memory().at(stamp);
    } else {
      // Known to be committed only from the receipt, so the state's version is not known.
      memory = outcome.memory().withoutState();
    }
    return outcome;
  }

  /** Rule 5: only now does anybody hear of it. */
  private void committed(Outcome<S, M> outcome) {
    synchronized (this) {
      for (int i = 0; i < outcome.taken(); i++) {
        lane.removeFirst();
      }
    }
    engine.completions().answer(outcome.answers());
    for (Round.QueuedReply reply : outcome.ownReplies()) {
      engine.mailbox().complete(reply.call(), reply.bytes());
    }
  }

  private void afterRound(Outcome<S, M> outcome, boolean signalled) throws InterruptedException {
    if (outcome.backOff() > 0) {
      backOff(outcome.backOff());
    } else if (outcome.more()) {
      synchronized (this) {
        queued = true;
      }
      if (outcome.taken() == 0) {
        // The queue is longer than a round: the lane takes its place behind it, or it would starve.
        flushLane();
      }
    } else if (outcome.sawQueue() || signalled) {
      // Signalled, yet nothing there: a node popped all and died before it cleared the key.
      clearReady();
    }
  }

  /** Rule 3: the ready key is cleared only in a transaction that reads the queue as empty. */
  private void clearReady() throws InterruptedException {
    byte[] head = memory.head();
    byte[] begin = head == null ? keys.queue : keys.behind(head);
    boolean empty =
        engine
            .transactor()
            .runIdempotent(
                TransactionOptions.DEFAULT,
                transaction -> {
                  boolean none =
                      engine
                          .environment()
                          .await(transaction.getRange(begin, keys.queueEnd, 1))
                          .isEmpty();
                  if (none) {
                    transaction.clear(keys.ready);
                  }
                  return none;
                });
    if (!empty) {
      signalQueued(false);
    }
  }

  private void backOff(long micros) {
    synchronized (this) {
      backingOff = true;
    }
    engine.scheduleSignal(address, micros);
  }

  /** A message that failed, found again by its place when the messages before it are committed. */
  private final class Failed {

    private final RoundFailure failure;
    private final QueueReader.@Nullable Queued queuedMessage;
    private final @Nullable Pending<M> pending;

    Failed(RoundFailure failure, QueueReader.Front front, List<Pending<M>> batch) {
      this.failure = failure;
      int index = failure.index();
      int fromQueue = front.messages().size();
      queuedMessage = index < fromQueue ? front.messages().get(index) : null;
      int inLane = index - fromQueue;
      pending = inLane >= 0 && inLane < batch.size() ? batch.get(inLane) : null;
    }
  }

  /** Counts a failed attempt durably and lets the message wait (DESIGN section 6, failures). */
  private void recordFailure(Failed failed) throws InterruptedException {
    Throwable reason = failed.failure.reason();
    if (failed.failure.fault() == Fault.ENTITY) {
      failLane(reason);
    }
    QueueReader.Queued queuedMessage = failed.queuedMessage;
    Pending<M> pending = failed.pending;
    if (queuedMessage != null) {
      long wait = new FailureRecord(engine, keys, address).ofQueued(queuedMessage, reason);
      if (wait > 0) {
        backOff(wait);
      } else {
        signalQueued(false);
      }
    } else if (pending != null && isFirst(pending)) {
      recordFailureOfFirst(pending, reason);
    }
  }

  private void recordFailureOfFirst(Pending<M> pending, Throwable reason)
      throws InterruptedException {
    try {
      long wait = new FailureRecord(engine, keys, address).ofLane(pending, reason);
      pending.attemptFailed(reason);
      backOff(wait);
      if (!pending.isCall()) {
        engine.completions().answer(List.of(new Round.Answer<>(pending, null)));
      }
    } catch (MessageTooLargeException e) {
      engine.completions().fail(List.of(pending), e);
    }
    synchronized (this) {
      lane.removeFirst();
    }
  }

  private synchronized boolean isFirst(Pending<M> pending) {
    return lane.peekFirst() == pending;
  }

  /** The entity's state cannot be made or read: nothing is stored, and the senders hear why. */
  private void failLane(Throwable reason) {
    List<Pending<M>> senders;
    synchronized (this) {
      senders = List.copyOf(lane);
      lane.clear();
    }
    LOG.warn("{} cannot be activated", address, reason);
    engine
        .completions()
        .fail(
            senders,
            new CallbackException(
                "the state of " + address + " cannot be made or read: " + reason, reason));
  }

  /** Info messages: at once, past queue and back-off, in a transaction of their own. */
  private boolean runPriority() throws InterruptedException {
    List<Pending<M>> batch;
    synchronized (this) {
      batch = new ArrayList<>(firstOf(priority, engine.limits().maxRoundMessages()));
      for (int i = 0; i < batch.size(); i++) {
        priority.removeFirst();
      }
      inHand = List.copyOf(batch);
    }
    if (!engine.hosts(address.server())) {
      engine.completions().fail(batch, notHosted());
      return true;
    }
    runPriority(batch);
    synchronized (this) {
      inHand = List.of();
    }
    return true;
  }

  private void runPriority(List<Pending<M>> batch) throws InterruptedException {
    int limit = engine.limits().maxRoundMessages();
    while (!batch.isEmpty()) {
      Round<S, M> round = new Round<>(setup(hosted(), false), memory, batch, limit, false);
      try {
        Outcome<S, M> outcome = commit(round);
        engine.completions().answer(outcome.answers());
        batch.subList(0, outcome.taken()).clear();
        limit = engine.limits().maxRoundMessages();
      } catch (RoundFailure e) {
        if (e.fault() == Fault.TIME && e.index() > 0) {
          limit = e.index();
        } else {
          failFirstOf(batch, e.index(), e.reason());
        }
      } catch (StoreException e) {
        if (!isTooLarge(e)) {
          throw e;
        }
        limit = Math.min(limit, batch.size()) / 2;
        if (limit == 0) {
          failFirstOf(batch, 0, e);
          limit = engine.limits().maxRoundMessages();
        }
      }
    }
  }

  private void failFirstOf(List<Pending<M>> batch, int index, Throwable reason) {
    Pending<M> culprit = batch.remove(index);
    engine
        .completions()
        .fail(
            List.of(culprit),
            new CallbackException(
                culprit.describe() + " failed: " + reason + "; an info message is not tried again",
                reason));
  }

  private NotHostedException notHosted() {
    return new NotHostedException(
        "an info message to "
            + address
            + " needs the server in this process; call dgen.host("
            + address.server()
            + "Server.of()) first");
  }

  private boolean runFlush() throws InterruptedException {
    flushLane();
    return true;
  }

  /** Pushes the lane to the queue, in order, and acknowledges the casts in it. */
  private void flushLane() throws InterruptedException {
    LaneFlush<M> pusher = flush;
    if (pusher == null) {
      pusher = new LaneFlush<>(engine, keys);
      flush = pusher;
    }
    List<Pending<M>> batch;
    synchronized (this) {
      batch = firstOf(lane, Push.MAX_MESSAGES);
    }
    if (batch.isEmpty()) {
      return;
    }
    int taken = pusher.push(batch);
    synchronized (this) {
      for (int i = 0; i < taken; i++) {
        lane.removeFirst();
      }
    }
    pusher.acknowledge(batch.subList(0, taken));
  }

  /**
   * Fails every sender that still waits, and takes no further step: the node is closing and has no
   * more time. A step that is under way is the last, and goes on undisturbed.
   */
  void abandon() {
    List<Pending<M>> senders = new ArrayList<>();
    synchronized (this) {
      abandoned = true;
      senders.addAll(inHand);
      senders.addAll(priority);
      senders.addAll(lane);
    }
    engine
        .completions()
        .fail(
            senders,
            new DgenClosedException(
                "closed before a message to "
                    + address
                    + " was done; whether it was cannot be told"));
  }

  private void failAll(DgenException error) {
    List<Pending<M>> senders = new ArrayList<>();
    synchronized (this) {
      senders.addAll(inHand);
      senders.addAll(priority);
      senders.addAll(lane);
      priority.clear();
      lane.clear();
      inHand = List.of();
      queued = false;
    }
    engine.completions().fail(senders, error);
  }

  @SuppressWarnings("unchecked") // A server's name stands for its types: Engine.host checks it.
  private HostedServer<S, M> hosted() {
    return (HostedServer<S, M>) engine.hosted(address.server());
  }

  private static <T> List<T> firstOf(ArrayDeque<T> deque, int max) {
    List<T> first = new ArrayList<>(Math.min(max, deque.size()));
    for (T element : deque) {
      if (first.size() == max) {
        break;
      }
      first.add(element);
    }
    return first;
  }
}
