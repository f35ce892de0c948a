package io.dgen.internal.engine.control;

import io.dgen.Delete;
import io.dgen.From;
import io.dgen.LockLost;
import io.dgen.LockedResult;
import io.dgen.ReplyAndDelete;
import io.dgen.StopReason;
import io.dgen.Unlock;
import io.dgen.codec.CodecException;
import io.dgen.codec.SchemaVersion;
import io.dgen.codec.TermCodec;
import io.dgen.error.RefusedException;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.control.UnlockUpdate.Updated;
import io.dgen.internal.engine.failure.FailureCounter;
import io.dgen.internal.engine.failure.FailureCounter.Counted;
import io.dgen.internal.engine.failure.Stopped;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.IdempotencyRecord.What;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.LockRecord;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Meta.Flag;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.ReplyRecord.Problem;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.format.StepRecord;
import io.dgen.internal.engine.later.RoundIdempotency;
import io.dgen.internal.engine.later.RoundOutbox;
import io.dgen.internal.engine.later.StepRows;
import io.dgen.internal.engine.round.ActionRunner.MessageActions;
import io.dgen.internal.engine.round.EntityState;
import io.dgen.internal.engine.round.IdempotencyCheck;
import io.dgen.internal.engine.round.LockTaken;
import io.dgen.internal.engine.round.RoundServices;
import io.dgen.internal.engine.send.MailedReply;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases the lock of one entity: with the result of {@code handleLocked}, or without one when
 * that failed, when its node died, or when an operator breaks the lock.
 *
 * <p>Each release is one transaction that reads the meta key with a conflict and checks the token:
 * of a holder and those who take over from it, exactly one succeeds. The message leaves the queue
 * with the result, or stays in it with one more attempt counted.
 */
public final class Locks<S, M> {

  private static final Logger LOG = LoggerFactory.getLogger(Locks.class);

  private final Entity entity;
  private final Address address;
  private final EntityKeys keys;
  private final Environment environment;
  private final RoundServices services;
  private final Releases releases;

  public Locks(Entity entity, RoundServices services, Releases releases) {
    this.entity = entity;
    this.address = entity.address();
    this.keys = entity.keys();
    this.environment = entity.environment();
    this.services = services;
    this.releases = releases;
  }

  /** The effects of {@link #apply}. */
  record Applied<S>(
      S state,
      LockedResult<?, S> result,
      @Nullable Stopped stopped,
      List<MailedReply> ownReplies,
      RoundOutbox.Sent sent) {}

  /**
   * Applies the result of {@code handleLocked} to the current state, and unlocks.
   *
   * @param steps whether the message may have steps
   * @return empty if the lock was lost: nothing is then changed
   */
  Optional<Applied<S>> apply(
      HostedServer<S, M> server, LockTaken<S, M> taken, LockedResult<?, S> result, boolean steps)
      throws InterruptedException {
    return entity
        .transactor()
        .<Optional<Applied<S>>>run(attempt -> applyOnce(attempt, server, taken, result, steps))
        .value();
  }

  private Optional<Applied<S>> applyOnce(
      Transactor.Attempt attempt,
      HostedServer<S, M> server,
      LockTaken<S, M> taken,
      LockedResult<?, S> result,
      boolean steps)
      throws InterruptedException {
    long began = environment.nanoTime();
    ReplyBatch replies = services.replies().mailbox().replies(attempt);
    replies.expect(taken.caller());
    Held held = read(attempt.reads());
    if (held == null || held.record.token() != taken.token()) {
      return Optional.empty();
    }
    ReadTransaction snapshot = attempt.reads().snapshot();
    List<KeyValue> rows =
        environment.await(snapshot.getRange(keys.state, Keys.prefixEnd(keys.state), 0));
    EntityState<S> state =
        EntityState.stored(server.descriptor.states(), keys.state, rows, held.meta.writer());
    if (steps) {
      StepRows.clear(attempt.writes(), keys, held.record.origin());
    }
    // Before the update, which may send to this entity: a read that meets a key with an unresolved
    // stamp fails.
    Meta next = removed(attempt, held.meta, held.record.stamp());
    RoundIdempotency records = services.outgoing().records(attempt);
    Updated<S> updated =
        new UnlockUpdate<>(entity, services, server, taken, () -> from(server, taken))
            .run(attempt, records, replies, result, state, began);
    LockedResult<?, S> applied = updated.result();
    Stopped stopped = stopped(server, taken, applied);
    if (stopped != null && !stopped.reason().isNormal()) {
      Meta counted =
          new FailureCounter(entity, services.failing()).countStop(attempt, next, stopped);
      stopped = stopped.paused(counted != next);
      next = counted;
    }
    if (applied instanceof Unlock<?, ?>) {
      boolean changed = state.write(attempt);
      SchemaVersion writer = changed ? server.descriptor.states().version() : null;
      unlock(attempt.writes(), next, writer);
    } else {
      next = EntityState.delete(attempt, keys, next.without(Flag.LOCKED));
      unlock(attempt.writes(), next, null);
      replies.endOwed(address, IdempotencyCheck.owedByDeleted(address));
    }
    byte[] reply = replyOf(server, taken, applied);
    Caller caller = taken.caller();
    if (caller != null && reply != null) {
      replies.addLate(caller, reply);
    } else if (caller != null) {
      replies.defer(caller);
    }
    recordDone(records, server, taken, applied, reply);
    replies.write();
    return Optional.of(
        new Applied<>(
            state.get(), applied, stopped, replies.own(), updated.sent().and(replies.askers())));
  }

  /**
   * Returns the caller of the message that holds the lock.
   *
   * @throws IllegalStateException if it has none
   */
  From<?> from(HostedServer<S, M> server, LockTaken<S, M> taken) {
    Caller caller = taken.caller();
    if (caller == null) {
      throw new IllegalStateException("the message is not a call: no caller waits for a reply");
    }
    return RoundIdempotency.from(
        address, taken.idempotencyKey(), caller, server.codec.replyCodec(taken.message()));
  }

  /** Returns the reply of a result in the form that callers get; null if it has none. */
  private byte @Nullable [] replyOf(
      HostedServer<S, M> server, LockTaken<S, M> taken, LockedResult<?, S> result) {
    boolean isCall = taken.caller() != null;
    return switch (result) {
      case Unlock<?, S> it -> isCall ? replyOf(server, taken, it) : null;
      case ReplyAndDelete<?, S> it -> isCall ? value(server, taken, it.reply()) : null;
      case Delete<?, S> it ->
          isCall
              ? ReplyRecord.problem(
                  Problem.DELETED,
                  IdempotencyCheck.deletedText(address, server.codec.name(taken.message())))
              : null;
    };
  }

  private byte @Nullable [] replyOf(
      HostedServer<S, M> server, LockTaken<S, M> taken, Unlock<?, S> result) {
    RefusedException refusal = result.refusal();
    StopReason stop = result.stop();
    if (refusal != null) {
      return ReplyRecord.refusal(refusal);
    }
    if (result.replies()) {
      return value(server, taken, result.reply());
    }
    return stop == null
        ? null
        : ReplyRecord.problem(
            Problem.STOPPED,
            IdempotencyCheck.stoppedText(address, server.codec.name(taken.message()), stop));
  }

  private byte[] value(HostedServer<S, M> server, LockTaken<S, M> taken, @Nullable Object reply) {
    TermCodec<Object> codec = server.codec.replyCodec(taken.message());
    return ReplyRecord.value(codec, reply);
  }

  /** Returns why the entity stops; null if it does not. */
  private @Nullable Stopped stopped(
      HostedServer<S, M> server, LockTaken<S, M> taken, LockedResult<?, S> result) {
    return result instanceof Unlock<?, ?> it && it.stop() != null
        ? new Stopped(it.stop(), server.codec.name(taken.message()), false)
        : null;
  }

  /** Records under the idempotency key that the message has taken effect with the result. */
  private void recordDone(
      RoundIdempotency records,
      HostedServer<S, M> server,
      LockTaken<S, M> taken,
      LockedResult<?, S> result,
      byte @Nullable [] reply)
      throws InterruptedException {
    String key = taken.idempotencyKey();
    if (key == null) {
      return;
    }
    What what = What.of(server.codec, taken.message());
    Caller caller = taken.caller();
    RefusedException refusal = result instanceof Unlock<?, ?> it ? it.refusal() : null;
    if (refusal != null) {
      records.refused(address, key, what, caller != null, refusal);
    } else if (reply != null) {
      records.done(address, key, what, Sizes.kept(reply));
    } else if (caller != null) {
      records.waiting(address, key, what, caller);
    } else {
      records.done(address, key, what, null);
    }
  }

  /** Which lock is to be released without a result. */
  public enum Release {
    /** The holder's own, whose {@code handleLocked} failed. */
    FAILED,
    /** One whose lease has expired. */
    EXPIRED,
    /** Any, at an operator's request. */
    BROKEN
  }

  /** The effects of {@link #release}. */
  public record Released(List<MailedReply> ownReplies, @Nullable Counted counted) {}

  /**
   * Releases the lock without a result. The message is retried, as a further attempt; if the holder
   * was lost and the options say so, it is given up.
   *
   * @param token the holder's, if the holder calls
   * @return empty if the lock is not held, or no longer the same lock
   */
  public Optional<Released> release(Release why, long token, Throwable reason)
      throws InterruptedException {
    FailureCounter failures = new FailureCounter(entity, services.failing());
    // The commit rings the bell of the shard: the round that follows would otherwise be reported
    // first.
    Releases.Release underWay = releases.begin(address);
    try {
      Optional<Released> released =
          entity
              .transactor()
              .<Optional<Released>>run(
                  attempt -> releaseOnce(attempt, failures, why, token, reason))
              .value();
      released.map(Released::counted).ifPresent(failures::report);
      return released;
    } finally {
      underWay.end();
    }
  }

  private Optional<Released> releaseOnce(
      Transactor.Attempt attempt,
      FailureCounter failures,
      Release why,
      long token,
      Throwable reason)
      throws InterruptedException {
    Held held = read(attempt.reads());
    if (held == null || (why == Release.FAILED && held.record.token() != token)) {
      return Optional.empty();
    }
    if (why == Release.EXPIRED) {
      long lease =
          LockRecord.leaseOf(environment.await(attempt.reads().snapshot().get(keys.lease())));
      if (lease == LockRecord.WOKEN
          || lease > environment.await(attempt.reads().getReadVersion())) {
        return Optional.empty();
      }
    }
    ReplyBatch replies = services.replies().mailbox().replies(attempt);
    LockRecord.Sleep sleep = held.record.sleep();
    if (sleep != null) {
      services.outgoing().delayed().clearWaking(attempt.writes(), sleep.ticket(address));
      // Nobody looks at an entity whose work sleeps.
      attempt.writes().set(keys.ready, KeyLayout.NOTHING);
    }
    if (held.record.isDamaged()) {
      // Its message is in the queue, and is retried.
      unlock(attempt.writes(), held.meta, null);
      return Optional.of(new Released(replies.own(), null));
    }
    byte[] stamp = held.record.stamp();
    Meta next = held.meta;
    Counted counted = null;
    if (why == Release.FAILED || services.settings().lockLost() == LockLost.REDELIVER) {
      counted = failures.count(attempt, next, stamp, reason);
      next = counted == null ? next : counted.meta();
    } else {
      Envelope dropped = message(attempt.reads().snapshot(), stamp);
      if (dropped != null) {
        services.outgoing().givenUp(attempt, address, dropped);
      }
      Caller caller = dropped == null ? null : dropped.caller();
      if (dropped != null && caller != null) {
        replies.add(
            caller,
            ReplyRecord.problem(
                Problem.LOCK_LOST,
                dropped.name() + " to " + address + " was dropped: " + reason.getMessage()));
      }
      next = removed(attempt, held.meta, stamp);
      StepRows.clear(attempt.writes(), keys, held.record.origin());
    }
    unlock(attempt.writes(), next, null);
    replies.write();
    return Optional.of(new Released(replies.own(), counted));
  }

  /**
   * Takes the lock for this node, to go on with work that has slept.
   *
   * @return empty if there is no such work any more, or another node has taken it
   * @throws CodecException if this node cannot decode the message or the state
   */
  public Optional<LockTaken<S, M>> resume(HostedServer<S, M> server) throws InterruptedException {
    return entity
        .transactor()
        .<Optional<LockTaken<S, M>>>run(attempt -> resumeOnce(attempt, server))
        .value();
  }

  private Optional<LockTaken<S, M>> resumeOnce(
      Transactor.Attempt attempt, HostedServer<S, M> server) throws InterruptedException {
    Held held = read(attempt.reads());
    long lease = LockRecord.leaseOf(environment.await(attempt.reads().get(keys.lease())));
    LockRecord.Sleep sleep = held == null ? null : held.record.sleep();
    if (held == null || sleep == null || lease != LockRecord.WOKEN) {
      return Optional.empty();
    }
    ReadTransaction snapshot = attempt.reads().snapshot();
    Envelope message = message(snapshot, held.record.stamp());
    if (message == null) {
      throw new CodecException(
          "the message that holds the lock of " + address + " is not in its queue");
    }
    M decoded = server.decode(message);
    List<KeyValue> rows =
        environment.await(snapshot.getRange(keys.state, Keys.prefixEnd(keys.state), 0));
    EntityState<S> state =
        EntityState.stored(server.descriptor.states(), keys.state, rows, held.meta.writer());
    LockTaken<S, M> taken =
        new LockTaken<>(
            decoded,
            message.attempt(),
            environment.random().nextLong(),
            state.get(),
            message.caller(),
            message.idempotencyKey(),
            true);
    held.record.heldBy(entity.node(), taken.token()).write(attempt.writes(), keys);
    long version = environment.await(attempt.reads().getReadVersion());
    LockRecord.lease(attempt.writes(), keys, version + services.settings().lockTimeoutMicros());
    StepRecord slept = StepRecord.sleeping(sleep.sinceMillis(), sleep.due());
    attempt
        .writes()
        .set(
            keys.steps(held.record.origin()).sleep(sleep.ordinal()),
            slept.done(environment.now().toEpochMilli(), slept.outcome()).chunks().getFirst());
    return Optional.of(taken);
  }

  private record Held(Meta meta, LockRecord record) {}

  /** Returns the lock and the meta key, with a conflict; null if the entity is not locked. */
  private @Nullable Held read(Transaction transaction) throws InterruptedException {
    var metaRead = transaction.get(keys.meta);
    var lockRead = transaction.get(keys.lock());
    byte[] stored = environment.await(metaRead);
    byte[] lock = environment.await(lockRead);
    if (stored == null || lock == null) {
      return null;
    }
    Meta meta = Meta.decode(stored);
    return meta.has(Flag.LOCKED) ? new Held(meta, decoded(lock, address)) : null;
  }

  /** Returns a lock's record; the stand-in for a damaged one if it cannot be read. */
  static LockRecord decoded(byte[] lock, Address address) {
    try {
      return LockRecord.decode(lock);
    } catch (CodecException e) {
      LOG.warn("the lock of {} is damaged: no node holds it", address, e);
      return LockRecord.damaged();
    }
  }

  private @Nullable Envelope message(ReadTransaction snapshot, byte[] stamp)
      throws InterruptedException {
    List<KeyValue> rows =
        environment.await(snapshot.getRange(keys.queueKey(stamp, 0), keys.behind(stamp), 0));
    return rows.isEmpty() ? null : Envelope.decode(Envelope.joined(rows));
  }

  /**
   * Takes the locking message out of the queue. It need not be the first: others may have been
   * pushed before it while it was still in a lane.
   */
  private Meta removed(Transactor.Attempt attempt, Meta meta, byte[] stamp)
      throws InterruptedException {
    byte[] begin = keys.behind(meta.head());
    List<KeyValue> first =
        environment.await(attempt.reads().snapshot().getRange(begin, keys.queueEnd, 1));
    attempt.writes().clear(keys.queueKey(stamp, 0), keys.behind(stamp));
    boolean isFirst =
        !first.isEmpty() && Arrays.equals(keys.stampOf(first.getFirst().key()), stamp);
    return isFirst ? meta.popped(stamp, 1) : meta.removed(1);
  }

  /**
   * Unlocks, and wakes the owner, which may be another node; writer is null if the state has not
   * changed.
   */
  private void unlock(Transaction transaction, Meta meta, @Nullable SchemaVersion writer) {
    Meta next = meta.without(Flag.LOCKED);
    LockRecord.clear(transaction, keys);
    if (writer != null) {
      transaction.mutate(
          MutationType.SET_VERSIONSTAMPED_VALUE, keys.meta, next.versionstampOperand(writer));
    } else {
      transaction.set(keys.meta, next.encoded());
    }
    transaction.mutate(MutationType.ADD, keys.bump, KeyLayout.one());
  }

  /**
   * Extends the lease.
   *
   * @return whether the lock is still held under the token
   */
  boolean renew(long token) throws InterruptedException {
    return entity
        .transactor()
        .runIdempotent(
            TransactionOptions.DEFAULT,
            transaction -> {
              Held held = read(transaction);
              if (held == null || held.record.token() != token) {
                return false;
              }
              long version = environment.await(transaction.getReadVersion());
              LockRecord.lease(
                  transaction, keys, version + services.settings().lockTimeoutMicros());
              return true;
            });
  }

  /** Reports that the entity was stopped, once that has committed. */
  void report(Stopped stopped) {
    if (stopped.reason().isNormal()) {
      LOG.debug("{} stopped: {}", address, Texts.escaped(stopped.reason().text(), 1000));
    } else {
      new FailureCounter(entity, services.failing()).report(stopped);
    }
  }

  /** Returns the actions of a locked result, for the log under the message's name. */
  List<MessageActions<S>> actions(
      HostedServer<S, M> server, LockTaken<S, M> taken, LockedResult<?, S> result) {
    return result.actions().isEmpty()
        ? List.of()
        : List.of(new MessageActions<>(server.codec.name(taken.message()), result.actions()));
  }
}
