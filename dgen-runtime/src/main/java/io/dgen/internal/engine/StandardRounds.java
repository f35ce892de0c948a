package io.dgen.internal.engine;

import io.dgen.CallbackException;
import io.dgen.DgenException;
import io.dgen.Failure;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.internal.engine.Locks.Release;
import io.dgen.internal.engine.Locks.Released;
import io.dgen.internal.engine.Outcome.Answer;
import io.dgen.internal.engine.Outcome.Obstacle;
import io.dgen.internal.engine.RoundFailure.Fault;
import io.dgen.spi.Environment;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the messages of the queue and the lane, and deals with those that fail and with what keeps
 * them from running. Used by the thread of the entity's activation alone.
 */
final class StandardRounds<S, M> {

  private static final Logger LOG = LoggerFactory.getLogger(StandardRounds.class);

  /** How long a message waits that must be tried alone while another one is. */
  private static final long TRIAL_POLL_MICROS = 5_000;

  private final Engine engine;
  private final Activations.Address address;
  private final EntityKeys keys;
  private final EntityRounds<S, M> rounds;
  private final Source<M> source;

  StandardRounds(
      Engine engine,
      Activations.Address address,
      EntityKeys keys,
      EntityRounds<S, M> rounds,
      Source<M> source) {
    this.engine = engine;
    this.address = address;
    this.keys = keys;
    this.rounds = rounds;
    this.source = source;
  }

  /** Where the messages are: the activation's lane, and what it knows of the queue. */
  interface Source<M> {

    /** Whether the queue may hold messages that no round has looked for; forgets it. */
    boolean takeSignal();

    /** Says that it does. */
    void signal();

    /** The first messages of the lane, which stay in it. */
    List<Pending<M>> lane(int max);

    /** Takes the first messages out of the lane. */
    void taken(int count);

    boolean isFirst(Pending<M> pending);

    /** Takes every message out of the lane. */
    List<Pending<M>> takeAll();

    /** Pushes the front of the lane to the queue. */
    void flush() throws InterruptedException;

    /** Lets the queue rest for a number of microseconds. */
    void backOff(long micros);

    /** Lets the queue rest until a signal comes, or a number of microseconds if that is not 0. */
    void block(long micros);
  }

  /** Runs a round, or as many as it takes to get to a message that fails. */
  void run() throws InterruptedException {
    int limit = engine.limits().maxRoundMessages();
    run(source.lane(limit), limit, source.takeSignal());
  }

  private void run(List<Pending<M>> batch, int maxMessages, boolean signalled)
      throws InterruptedException {
    int limit = maxMessages;
    Failed failed = null;
    while (true) {
      Round<S, M> round = rounds.standard(batch, limit, signalled);
      try {
        Outcome<S, M> outcome = rounds.commit(round);
        source.taken(outcome.taken());
        QueueReader.Queued buried = round.buried();
        if (buried != null) {
          // Before the one behind it has the lock, whose failures are told on another thread.
          new Burial(engine, address, keys).report(buried);
        }
        rounds.tell(outcome);
        if (failed != null) {
          recordFailure(failed);
        }
        if (outcome.obstacle().is(Obstacle.Kind.SUSPECT)) {
          tryAlone(round.front().messages().getFirst());
        } else {
          afterRound(outcome, signalled);
        }
        return;
      } catch (RoundFailure e) {
        failed = new Failed(e, round.front(), batch);
        if (e.index() == 0) {
          recordFailure(failed);
          return;
        }
        if (e.fault() == Fault.TIME) {
          // It did not fail: it will have more time as the first of its round.
          failed = null;
        }
        // The messages before it are committed without it.
        limit = e.index();
      } catch (StoreException e) {
        if (!TooLarge.is(e)) {
          throw e;
        }
        if (round.isFirstStateTooLarge()) {
          RoundFailure init = new RoundFailure(Fault.INIT, 0, TooLarge.init(e, address));
          recordFailure(new Failed(init, round.front(), batch));
          return;
        }
        int ran = Math.min(limit, batch.size() + round.front().messages().size());
        if (ran <= 1) {
          recordFailure(tooLarge(e, round.front(), batch));
          return;
        }
        failed = null;
        limit = ran / 2;
      }
    }
  }

  /** The failure of a message that was alone in its round. */
  private Failed tooLarge(StoreException error, QueueReader.Front front, List<Pending<M>> batch) {
    String name =
        front.messages().isEmpty()
            ? batch.getFirst().codec.name(batch.getFirst().message)
            : front.messages().getFirst().envelope().name();
    return new Failed(
        new RoundFailure(Fault.MESSAGE, 0, TooLarge.of(error, name, address)), front, batch);
  }

  private void afterRound(Outcome<S, M> outcome, boolean signalled) throws InterruptedException {
    Obstacle obstacle = outcome.obstacle();
    switch (obstacle.kind()) {
      case BACK_OFF -> source.backOff(obstacle.micros());
      case LOCKED, PAUSED -> source.block(obstacle.micros());
      case LOCK_EXPIRED -> takeOver();
      case SUSPECT -> throw new IllegalStateException("a suspect is tried, not waited for");
      case KILLED -> {
        new Kill(engine, address, keys).sweep();
        source.signal();
      }
      case NONE -> {
        if (outcome.more()) {
          source.signal();
          if (outcome.taken() == 0) {
            // The queue is longer than a round: the lane takes its place behind it, or it would
            // starve.
            source.flush();
          }
        } else if (outcome.sawQueue() || signalled) {
          // Signalled, yet nothing there: a node popped all and died before it cleared the key.
          clearReady();
        }
      }
    }
  }

  /**
   * Runs the first queued message, which may have ended a node, in a round of its own. That it is
   * begun is counted before, and durably: if it ends this process too, the next one knows.
   */
  private void tryAlone(QueueReader.Queued suspect) throws InterruptedException {
    Envelope message = suspect.envelope();
    boolean wasRunning = rounds.suspects().wasRunning(suspect.stamp);
    if (!engine.trials().tryBegin(wasRunning || message.unfinished() > 0)) {
      source.backOff(TRIAL_POLL_MICROS);
      return;
    }
    try {
      Burial burial = new Burial(engine, address, keys);
      if (burial.isOverdue(message)) {
        burial.withoutCallback(
            suspect, new DgenException("the process ended while its handleDeadLetter ran"));
        source.signal();
      } else if (new FailureRecord(engine, keys, address).ofTrial(suspect, wasRunning)) {
        rounds.suspects().beginTrial(suspect.stamp);
        run(List.of(), 1, true);
      } else {
        source.signal();
      }
    } finally {
      rounds.suspects().endTrial();
      engine.trials().end();
    }
  }

  /** The holder of the lock is gone: the message that it held is tried again, or dropped. */
  private void takeOver() throws InterruptedException {
    Optional<Released> released =
        new Locks<S, M>(engine, address, keys)
            .release(
                Release.EXPIRED,
                0,
                new DgenException(
                    "the node that held the lock of "
                        + address
                        + " did not renew it within the lock timeout"));
    if (released.isPresent()) {
      LOG.warn("the lock of {} was taken from a node that did not renew it", address);
      engine.mailbox().complete(released.get().ownReplies());
    }
    source.signal();
  }

  /**
   * Rule 3: the ready key is cleared only in a transaction that reads the queue as empty. Then all
   * that was pushed was popped, and the two counts begin anew, so that an idle entity has no key
   * for them: the meta key is read with a conflict, so that no pop comes between, and a push writes
   * into the range that was read. A counter that says that a queue is empty which is not, since it
   * was damaged, is set right, or no round would look.
   */
  private void clearReady() throws InterruptedException {
    byte[] head = rounds.head();
    byte[] begin = head == null ? keys.queue : keys.behind(head);
    Environment environment = engine.environment();
    boolean empty =
        engine
            .transactor()
            .runIdempotent(
                TransactionOptions.DEFAULT,
                transaction -> {
                  var first = transaction.getRange(begin, keys.queueEnd, 1);
                  var metaRead = transaction.get(keys.meta);
                  var pushedRead = transaction.snapshot().get(keys.pushed);
                  boolean none = environment.await(first).isEmpty();
                  byte[] meta = environment.await(metaRead);
                  byte[] pushed = environment.await(pushedRead);
                  long popped = meta == null ? 0 : Meta.decode(meta).popped();
                  if (!none && KeyLayout.counter(pushed) <= popped) {
                    transaction.set(keys.pushed, KeyLayout.littleEndian(popped + 1));
                  }
                  if (none) {
                    transaction.clear(keys.ready);
                    if (pushed != null) {
                      transaction.clear(keys.pushed);
                      if (meta != null) {
                        transaction.set(keys.meta, Meta.decode(meta).withoutPops().encoded());
                      }
                    }
                  }
                  return none;
                });
    if (!empty) {
      source.signal();
    }
  }

  /** A message that failed, found again by its place when the messages before it are committed. */
  private final class Failed {

    private final RoundFailure failure;
    private final QueueReader.@Nullable Queued queuedMessage;
    private final QueueReader.@Nullable Damage damage;
    private final @Nullable Pending<M> pending;

    Failed(RoundFailure failure, QueueReader.Front front, List<Pending<M>> batch) {
      this.failure = failure;
      damage = front.damage();
      int index = failure.index();
      int fromQueue = front.messages().size();
      queuedMessage = index < fromQueue ? front.messages().get(index) : null;
      int inLane = index - fromQueue;
      pending = inLane >= 0 && inLane < batch.size() ? batch.get(inLane) : null;
    }
  }

  /** Counts a failed attempt durably and lets the message wait (DESIGN section 6, failures). */
  private void recordFailure(Failed failed) throws InterruptedException {
    Fault fault = failed.failure.fault();
    Throwable reason = failed.failure.reason();
    if (fault == Fault.DAMAGED) {
      new DamagedQueue(engine, address, keys).setAside(failed.queuedMessage, failed.damage, reason);
      source.signal();
      return;
    }
    if (fault == Fault.INIT || fault == Fault.STATE) {
      failLane(fault, reason);
    }
    QueueReader.Queued queuedMessage = failed.queuedMessage;
    Pending<M> pending = failed.pending;
    if (queuedMessage != null) {
      recordFailure(queuedMessage, fault, reason);
    } else if (pending != null && source.isFirst(pending)) {
      recordFailureOfFirst(pending, reason);
    }
  }

  private void recordFailure(QueueReader.Queued queuedMessage, Fault fault, Throwable reason)
      throws InterruptedException {
    FailureRecord record = new FailureRecord(engine, keys, address);
    if (fault == Fault.UNDECODABLE || fault == Fault.STATE) {
      record.note(
          queuedMessage,
          fault == Fault.STATE ? Failure.Kind.STATE : Failure.Kind.UNDECODABLE,
          reason);
      source.backOff(engine.backOff().longest());
      return;
    }
    Burial burial = new Burial(engine, address, keys);
    if (burial.isDue(queuedMessage.envelope())) {
      burial.withoutCallback(queuedMessage, reason);
      source.signal();
      return;
    }
    rest(record.ofQueued(queuedMessage, reason));
  }

  /** Lets the first queued message wait; it need not if it is given up, or gone. */
  private void rest(long micros) {
    if (micros > 0) {
      source.backOff(micros);
    } else {
      source.signal();
    }
  }

  private void recordFailureOfFirst(Pending<M> pending, Throwable reason)
      throws InterruptedException {
    FailureRecord record = new FailureRecord(engine, keys, address);
    Envelope message;
    try {
      message = record.envelope(pending);
    } catch (DgenException e) {
      // It ran in memory, and cannot be kept to be tried again.
      e.addSuppressed(reason);
      engine.completions().fail(List.of(pending), e);
      source.taken(1);
      return;
    }
    long wait = record.ofLane(message, reason);
    pending.attemptFailed(reason);
    rest(wait);
    if (!pending.isCall()) {
      engine.completions().answer(List.of(new Answer<>(pending, null)));
    }
    source.taken(1);
  }

  /** The entity's state cannot be made or read: nothing is stored, and the senders hear why. */
  private void failLane(Fault fault, Throwable reason) {
    List<Pending<M>> senders = source.takeAll();
    if (senders.isEmpty()) {
      return;
    }
    LOG.warn("{} cannot be activated", address, reason);
    rounds.report(
        fault == Fault.INIT ? Failure.Kind.INIT : Failure.Kind.STATE, senders.getFirst(), reason);
    engine
        .completions()
        .fail(
            senders,
            new CallbackException(
                "the state of " + address + " cannot be made or read: " + reason, reason));
  }
}
