package io.dgen.internal.engine.activation;

import io.dgen.Failure;
import io.dgen.codec.CodecException;
import io.dgen.error.CallbackException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.control.EntityKill;
import io.dgen.internal.engine.control.Locks;
import io.dgen.internal.engine.control.Locks.Release;
import io.dgen.internal.engine.control.Locks.Released;
import io.dgen.internal.engine.failure.DamagedQueue;
import io.dgen.internal.engine.failure.DeadLettering;
import io.dgen.internal.engine.failure.FailureCounter;
import io.dgen.internal.engine.failure.RoundFailure;
import io.dgen.internal.engine.failure.RoundFailure.Fault;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.LockRecord;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.TooLarge;
import io.dgen.internal.engine.round.LockTaken;
import io.dgen.internal.engine.round.Obstacle;
import io.dgen.internal.engine.round.Outcome;
import io.dgen.internal.engine.round.Round;
import io.dgen.internal.engine.round.RoundServices;
import io.dgen.internal.engine.send.Answer;
import io.dgen.internal.engine.send.Damage;
import io.dgen.internal.engine.send.Front;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.spi.Environment;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the messages of the queue and the lane, and handles those that fail and what keeps them from
 * running. Used by the thread of the entity's activation alone.
 */
final class QueueLoop<S, M> {

  private static final Logger LOG = LoggerFactory.getLogger(QueueLoop.class);

  /** How often a message that must be tried alone checks whether another trial has ended. */
  private static final long TRIAL_POLL_MICROS = 5_000;

  private final Entity entity;
  private final Address address;
  private final RoundCommitter<S, M> rounds;
  private final Inbox<M> inbox;
  private final ActivationServices services;
  private final RoundServices shared;

  QueueLoop(
      Entity entity, RoundCommitter<S, M> rounds, Inbox<M> inbox, ActivationServices services) {
    this.entity = entity;
    this.address = entity.address();
    this.rounds = rounds;
    this.inbox = inbox;
    this.services = services;
    this.shared = services.rounds();
  }

  /** Runs a round, or as many as it takes to reach a message that fails. */
  void run() throws InterruptedException {
    int limit = shared.limits().maxRoundMessages();
    run(inbox.lane(limit), limit, inbox.takeSignal());
  }

  private void run(List<Pending<M>> batch, int maxMessages, boolean signalled)
      throws InterruptedException {
    int limit = maxMessages;
    Failed failed = null;
    while (true) {
      Round<S, M> round = rounds.standard(batch, limit, signalled);
      try {
        Outcome<S, M> outcome = rounds.commit(round);
        inbox.taken(outcome.taken());
        Queued buried = round.buried();
        if (buried != null) {
          // Before the next message has the lock, whose failures are reported on another thread.
          new DeadLettering(entity, shared.failing()).report(buried);
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

  /** Returns the failure of a message that was alone in its round. */
  private Failed tooLarge(StoreException error, Front front, List<Pending<M>> batch) {
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
      case BACK_OFF -> inbox.backOff(obstacle.micros());
      case LOCKED, PAUSED -> inbox.block(obstacle.micros());
      case ASLEEP -> {
        inbox.block(0);
        clearReadyOfSleeper();
      }
      case WOKEN -> resume();
      case LOCK_EXPIRED -> takeOver();
      case SUSPECT -> throw new IllegalStateException("a suspect is tried, not waited for");
      case KILLED -> {
        new EntityKill(entity, services.killing()).sweep();
        inbox.signal();
      }
      case NONE -> {
        if (outcome.more()) {
          inbox.signal();
          if (outcome.taken() == 0) {
            // The queue is longer than a round: the lane goes to its end, or it would starve.
            inbox.flush();
          }
        } else if (outcome.sawQueue() || signalled) {
          // Signalled, yet the queue is empty: a node popped all and died before it cleared the
          // key.
          clearReady();
        }
      }
    }
  }

  /**
   * Runs the first queued message, which may have crashed a node, in a round of its own. The trial
   * is counted before, and durably: if this process crashes too, the next one knows.
   */
  private void tryAlone(Queued suspect) throws InterruptedException {
    Envelope message = suspect.envelope();
    boolean wasRunning = rounds.suspects().wasRunning(suspect.stamp);
    if (!services.remembered().trials().tryBegin(wasRunning || message.unfinished() > 0)) {
      inbox.backOff(TRIAL_POLL_MICROS);
      return;
    }
    try {
      DeadLettering burial = new DeadLettering(entity, shared.failing());
      if (burial.isOverdue(message)) {
        burial.withoutCallback(
            suspect,
            new DgenException(
                "the process ended while its handleDeadLetter ran", null, Effect.NONE));
        inbox.signal();
      } else if (new FailureCounter(entity, shared.failing()).ofTrial(suspect, wasRunning)) {
        rounds.suspects().beginTrial(suspect.stamp);
        run(List.of(), 1, true);
      } else {
        inbox.signal();
      }
    } finally {
      rounds.suspects().endTrial();
      services.remembered().trials().end();
    }
  }

  /** Takes over from the holder of the lock, which is gone: its message is retried, or dropped. */
  private void takeOver() throws InterruptedException {
    Optional<Released> released =
        new Locks<S, M>(entity, shared, services.control().releases())
            .release(
                Release.EXPIRED,
                0,
                new DgenException(
                    "the node that held the lock of "
                        + address
                        + " did not renew it within the lock timeout",
                    null,
                    Effect.UNKNOWN));
    if (released.isPresent()) {
      LOG.warn("the lock of {} was taken from a node that did not renew it", address);
      shared.replies().mailbox().complete(released.get().ownReplies());
    }
    inbox.signal();
  }

  /** Goes on with work that has slept. */
  private void resume() throws InterruptedException {
    try {
      Optional<LockTaken<S, M>> taken =
          new Locks<S, M>(entity, shared, services.control().releases()).resume(rounds.hosted());
      taken.ifPresent(rounds::hold);
      inbox.signal();
    } catch (CodecException e) {
      LOG.warn(
          "{} has slept under its lock and cannot go on here; trying again. If no node can read"
              + " it, break the lock",
          address,
          e);
      inbox.backOff(shared.failing().backOff().longest());
    }
  }

  /**
   * Clears the ready key of an entity whose work sleeps, so that no scan finds it: a hundred
   * thousand sleepers are rows, and nothing that anyone looks at. What wakes the work, or releases
   * its lock, sets the key again, and writes the lease, which is read with a conflict.
   */
  private void clearReadyOfSleeper() throws InterruptedException {
    Environment environment = entity.environment();
    var unused =
        entity
            .transactor()
            .runIdempotent(
                TransactionOptions.DEFAULT,
                transaction -> {
                  byte[] lease = environment.await(transaction.get(entity.keys().lease()));
                  boolean asleep = LockRecord.leaseOf(lease) == LockRecord.ASLEEP;
                  if (asleep) {
                    transaction.clear(entity.keys().ready);
                  }
                  return asleep;
                });
  }

  /**
   * Clears the ready key. Rule 3: only a transaction that reads the queue as empty does so. Then
   * everything that was pushed was popped, and the two counts are reset, so that an idle entity has
   * no key for them: the meta key is read with a conflict, so that no pop comes between, and a push
   * writes into the range that was read. A counter that is damaged, and says that a non-empty queue
   * is empty, is corrected; otherwise no round would look.
   */
  private void clearReady() throws InterruptedException {
    byte[] head = rounds.head();
    byte[] begin = head == null ? entity.keys().queue : entity.keys().behind(head);
    Environment environment = entity.environment();
    boolean empty =
        entity
            .transactor()
            .runIdempotent(
                TransactionOptions.DEFAULT,
                transaction -> {
                  var first = transaction.getRange(begin, entity.keys().queueEnd, 1);
                  var metaRead = transaction.get(entity.keys().meta);
                  var pushedRead = transaction.snapshot().get(entity.keys().pushed);
                  boolean none = environment.await(first).isEmpty();
                  byte[] meta = environment.await(metaRead);
                  byte[] pushed = environment.await(pushedRead);
                  long popped = meta == null ? 0 : Meta.decode(meta).popped();
                  if (!none && KeyLayout.counter(pushed) <= popped) {
                    transaction.set(entity.keys().pushed, KeyLayout.littleEndian(popped + 1));
                  }
                  if (none) {
                    transaction.clear(entity.keys().ready);
                    if (pushed != null) {
                      transaction.clear(entity.keys().pushed);
                    }
                    if (meta != null) {
                      Meta left = Meta.decode(meta).withoutPops();
                      if (left.isTraceless()) {
                        // An entity that came into being for no message: each was refused by init.
                        transaction.clear(entity.keys().meta);
                      } else if (pushed != null) {
                        transaction.set(entity.keys().meta, left.encoded());
                      }
                    }
                  }
                  return none;
                });
    if (!empty) {
      inbox.signal();
    }
  }

  /** A message that failed, found again by its place once the messages before it are committed. */
  private final class Failed {

    private final RoundFailure failure;
    private final @Nullable Queued queuedMessage;
    private final @Nullable Damage damage;
    private final @Nullable Pending<M> pending;

    Failed(RoundFailure failure, Front front, List<Pending<M>> batch) {
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
      new DamagedQueue(entity, shared.replies().mailbox())
          .setAside(failed.queuedMessage, failed.damage, reason);
      inbox.signal();
      return;
    }
    if (fault == Fault.INIT || fault == Fault.STATE) {
      failLane(fault, reason);
    }
    Queued queuedMessage = failed.queuedMessage;
    Pending<M> pending = failed.pending;
    if (queuedMessage != null) {
      recordFailure(queuedMessage, fault, reason);
    } else if (pending != null && inbox.isFirst(pending)) {
      recordFailureOfFirst(pending, reason);
    }
  }

  private void recordFailure(Queued queuedMessage, Fault fault, Throwable reason)
      throws InterruptedException {
    FailureCounter record = new FailureCounter(entity, shared.failing());
    if (fault == Fault.UNDECODABLE || fault == Fault.STATE) {
      record.note(
          queuedMessage,
          fault == Fault.STATE ? Failure.Kind.STATE : Failure.Kind.UNDECODABLE,
          reason);
      inbox.backOff(shared.failing().backOff().longest());
      return;
    }
    DeadLettering burial = new DeadLettering(entity, shared.failing());
    if (burial.isDue(queuedMessage.envelope())) {
      burial.withoutCallback(queuedMessage, reason);
      inbox.signal();
      return;
    }
    rest(record.ofQueued(queuedMessage, reason));
  }

  /** Lets the first queued message wait, unless it is given up, or gone. */
  private void rest(long micros) {
    if (micros > 0) {
      inbox.backOff(micros);
    } else {
      inbox.signal();
    }
  }

  private void recordFailureOfFirst(Pending<M> pending, Throwable reason)
      throws InterruptedException {
    FailureCounter record = new FailureCounter(entity, shared.failing());
    Envelope message;
    try {
      message = record.envelope(pending);
    } catch (DgenException e) {
      // It ran in memory, and cannot be stored to be retried.
      e.addSuppressed(reason);
      services.completions().fail(List.of(pending), e);
      inbox.taken(1);
      return;
    }
    long wait = record.ofLane(message, reason);
    pending.attemptFailed(reason);
    rest(wait);
    if (!pending.isCall()) {
      services.completions().answer(List.of(new Answer<>(pending, null)));
    }
    inbox.taken(1);
  }

  /**
   * Fails the lane's senders, since the entity's state cannot be created or read: nothing is
   * stored.
   */
  private void failLane(Fault fault, Throwable reason) {
    List<Pending<M>> senders = inbox.takeAll();
    if (senders.isEmpty()) {
      return;
    }
    LOG.warn("{} cannot be activated", address, reason);
    rounds.report(
        fault == Fault.INIT ? Failure.Kind.INIT : Failure.Kind.STATE, senders.getFirst(), reason);
    services
        .completions()
        .fail(
            senders,
            new CallbackException(
                "the state of " + address + " cannot be created or read: " + reason, reason));
  }
}
