package io.dgen.internal.engine.round;

import io.dgen.Delete;
import io.dgen.Lock;
import io.dgen.NoReply;
import io.dgen.Refuse;
import io.dgen.Reply;
import io.dgen.ReplyAndDelete;
import io.dgen.ReplyAndStop;
import io.dgen.ReplyLater;
import io.dgen.Result;
import io.dgen.Stop;
import io.dgen.StopReason;
import io.dgen.codec.CodecException;
import io.dgen.error.ChangeTooLargeException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import io.dgen.generated.Invocation;
import io.dgen.generated.MessageKind;
import io.dgen.internal.engine.cluster.FlightRecorder;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.failure.DeadLettering;
import io.dgen.internal.engine.failure.EntitySuspects;
import io.dgen.internal.engine.failure.FailureCounter;
import io.dgen.internal.engine.failure.RoundFailure;
import io.dgen.internal.engine.failure.RoundFailure.Fault;
import io.dgen.internal.engine.failure.Stopped;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Meta.Flag;
import io.dgen.internal.engine.format.ReplyRecord.Problem;
import io.dgen.internal.engine.later.OutgoingMessages;
import io.dgen.internal.engine.later.RoundIdempotency;
import io.dgen.internal.engine.later.RoundOutbox;
import io.dgen.internal.engine.later.StepRows;
import io.dgen.internal.engine.round.ActionRunner.MessageActions;
import io.dgen.internal.engine.round.RoundCallbacks.Refused;
import io.dgen.internal.engine.send.DeleteMessage;
import io.dgen.internal.engine.send.Front;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.send.Push;
import io.dgen.internal.engine.send.QueueReader;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The callbacks of one attempt of a round, and their effects. */
final class RoundAttempt<S, M> {

  private final RoundSetup<S, M> setup;
  private final HostedServer<S, M> server;
  private final Meta meta;
  private final RoundTime time;
  private final int maxMessages;

  /** The state that the messages change; null as long as there is none. */
  private @Nullable EntityState<S> state;

  private final RoundAnswers<M> answers;
  private final RoundLock<S, M> lock;
  private final RoundOutbox outbox;
  private final RoundCallbacks<S, M> callbacks;
  private final IdempotencyCheck<M> keyed;
  private final RoundAsks asks;
  private final List<MessageActions<S>> actions = new ArrayList<>(0);

  /** The messages that have run. */
  private int ran;

  /** Those of them that came from the lane. */
  private int taken;

  private int bytes;

  /** Whether the last message must be the last of its round. */
  private boolean over;

  /** The name of the message that deleted the entity; null if none did. */
  private @Nullable String deletedBy;

  private @Nullable Stopped stopped;
  private final DeadLettering burial;
  private @Nullable Queued buried;

  /** The answer that takes the lock, in the form in which it stays in the queue; null for none. */
  private @Nullable Envelope locking;

  RoundAttempt(
      RoundSetup<S, M> setup,
      Meta meta,
      long began,
      int maxMessages,
      List<KeyValue> stored,
      CachedState<S> known,
      Transactor.Attempt attempt,
      ReplyBatch replies) {
    this.setup = setup;
    this.server = setup.server();
    this.meta = meta;
    this.time = new RoundTime(setup.environment(), setup.services().limits(), began);
    this.maxMessages = maxMessages;
    this.answers = new RoundAnswers<>(setup, replies);
    this.lock = new RoundLock<>(setup, answers);
    OutgoingMessages outgoing = setup.services().outgoing();
    RoundIdempotency records = outgoing.records(attempt);
    this.outbox = outgoing.outbox(attempt, records, replies);
    this.keyed = new IdempotencyCheck<>(setup, meta, attempt.reads().snapshot(), records, answers);
    this.callbacks = new RoundCallbacks<>(setup, answers, outbox, time);
    this.asks = new RoundAsks(setup, attempt);
    this.burial = new DeadLettering(setup.entity(), setup.services().failing());
    this.state = callbacks.state(meta, stored, known);
  }

  /**
   * Runs queued messages. One that failed before runs alone, so that it fails alone; one that may
   * have crashed a node is left for a round of its own.
   */
  void runQueued(Front front, FlightRecorder.Recording recording, EntitySuspects suspects)
      throws InterruptedException {
    for (Queued queued : front.messages()) {
      keyed.prefetch(queued.idempotencyKey());
      answers.replies().expect(queued.caller());
      asks.expect(queued);
    }
    for (Queued queued : front.messages()) {
      if (isFull()) {
        return;
      }
      if (ran > 0) {
        recording.running(queued.stamp);
      }
      Envelope envelope = decoded(queued);
      if (ran > 0 && (envelope.begun() > 0 || suspects.isSuspect(queued.stamp))) {
        over = true;
        return;
      }
      over = envelope.begun() > 0;
      if (envelope.kind() == MessageKind.ANSWER) {
        runAnswer(queued, envelope);
        bytes += queued.bytes.length;
        ran++;
        continue;
      }
      M message = messageOf(queued, envelope);
      if (!burial.isDue(envelope)) {
        run(message, envelope.attempt(), Recipient.of(envelope));
      } else if (!wasDone(message, Recipient.of(envelope))) {
        bury(queued, message);
      }
      bytes += queued.bytes.length;
      ran++;
    }
  }

  /** Returns the state that is to be stored; null if there is none. */
  @Nullable EntityState<S> state() {
    return deletedBy == null ? state : null;
  }

  /** Returns the state for the next message, which exists from then on. */
  private EntityState<S> existing() throws Refused {
    EntityState<S> current = state;
    if (current == null) {
      current = callbacks.first(ran);
      state = current;
    }
    return current;
  }

  /** Returns how many messages have run. */
  int ran() {
    return ran;
  }

  /** Returns whether the lane's messages may follow the queued ones. */
  boolean hasRunAllOf(Front front) {
    return !over && ran == front.messages().size();
  }

  void runLane(List<Pending<M>> lane) throws InterruptedException {
    for (Pending<M> pending : lane) {
      keyed.prefetch(pending.delivery.idempotencyKey());
    }
    for (Pending<M> pending : lane) {
      if (isFull()) {
        return;
      }
      // A copy, if the callback could change it: the message may be retried.
      run(server.codec.freeze(pending.message), 1, Recipient.sender(pending));
      ran++;
      taken++;
    }
  }

  private boolean isFull() {
    return over
        || ran >= maxMessages
        || bytes + answers.bytes() + outbox.bytes() > setup.services().limits().maxRoundBytes()
        || (ran > 0 && time.isOver());
  }

  private Envelope decoded(Queued queued) {
    try {
      return queued.envelope();
    } catch (CodecException e) {
      throw RoundFailure.undecodable(ran, setup.address(), queued, e);
    }
  }

  private M messageOf(Queued queued, Envelope envelope) {
    try {
      return server.decode(envelope);
    } catch (CodecException e) {
      throw RoundFailure.undecodable(ran, setup.address(), queued, e);
    }
  }

  /** Runs an answer, unless it is late: then nothing of it is left. */
  private void runAnswer(Queued queued, Envelope envelope) throws InterruptedException {
    RoundAsks.Open open = found(queued, envelope);
    if (open == null) {
      return;
    }
    M message;
    try {
      message = server.answer(envelope.name(), open.answer());
    } catch (CodecException e) {
      throw RoundFailure.undecodable(ran, setup.address(), queued, e);
    }
    if (burial.isDue(envelope)) {
      bury(queued, message);
      return; // Burying it ends the ask.
    }
    run(message, envelope.attempt(), Recipient.of(envelope));
    asks.close(open);
    if (lock.isOfQueued()) {
      // It stays in the queue until the lock is released, and has to be whole by itself.
      locking = envelope.withPayload(open.answer().encoded());
    }
  }

  private RoundAsks.@Nullable Open found(Queued queued, Envelope envelope)
      throws InterruptedException {
    try {
      return asks.find(envelope);
    } catch (CodecException e) {
      throw RoundFailure.undecodable(ran, setup.address(), queued, e);
    }
  }

  /** Gives up a message, which is alone in its round: {@code handleDeadLetter} runs for it. */
  private void bury(Queued queued, M message) {
    Envelope envelope = queued.envelope();
    buried = queued;
    if (DeleteMessage.is(message)) {
      return;
    }
    Recipient<M> nobody = Recipient.nobody();
    try {
      EntityState<S> current = existing();
      callbacks.message(
          ran,
          message,
          burial.tries(envelope),
          nobody,
          (context, scope) -> {
            Result<S> result = server.descriptor.handleDeadLetter(message, current.get(), context);
            if (result instanceof Lock<?, ?>) {
              throw new DgenException(
                  "handleDeadLetter of " + envelope.name() + " cannot lock", null, Effect.NONE);
            }
            if (result instanceof Refuse<?, ?>) {
              throw new DgenException(
                  "handleDeadLetter of "
                      + envelope.name()
                      + " cannot refuse: the message is given up already",
                  null,
                  Effect.NONE);
            }
            if (result != null) {
              deleteFor(result, message, current, context, scope);
              conclude(result, current, message, burial.tries(envelope), nobody);
            }
            return result != null;
          });
    } catch (Refused e) {
      // There is nobody to refuse to.
      throw new RoundFailure(Fault.MESSAGE, ran, e.refusal());
    }
  }

  /** Returns the message that was given up; null for none. */
  @Nullable Queued buried() {
    return buried;
  }

  private void run(M message, int attempt, Recipient<M> recipient) throws InterruptedException {
    if (wasDone(message, recipient)) {
      return;
    }
    try {
      if (DeleteMessage.is(message)) {
        deleteForOperator(message, attempt, recipient);
        return;
      }
      EntityState<S> current = existing();
      Result<S> result =
          callbacks.message(
              ran,
              message,
              attempt,
              recipient,
              (context, scope) -> {
                Result<S> given =
                    server.codec.kind(message) == MessageKind.ANSWER
                        ? server.descriptor.handle(message, current.get(), context)
                        : callbacks.refusable(
                            () -> server.descriptor.handle(message, current.get(), context));
                deleteFor(given, message, current, context, scope);
                conclude(given, current, message, attempt, recipient);
                return given;
              });
      recordDone(message, recipient, result);
    } catch (Refused e) {
      // If an earlier attempt took the lock, what was stored with it stands.
      RefusedException refusal = RefusedException.of(e.refusal(), recipient.effectIfDropped());
      answers.refuse(recipient, message, refusal);
      keyed.refused(message, recipient, refusal);
    }
  }

  /**
   * Does what belongs to the end of the entity, if a message deletes it: as a part of the callback,
   * so that a refusal or a failure in it drops the rest too.
   */
  private void deleteFor(
      Result<S> result,
      M message,
      EntityState<S> current,
      Invocation context,
      RoundOutbox.Scope scope)
      throws Exception {
    if (!(result instanceof Delete<?, ?>) && !(result instanceof ReplyAndDelete<?, ?>)) {
      return;
    }
    if (meta.has(Flag.LOCKED)) {
      throw new DgenException(
          setup.address()
              + " is locked: "
              + server.codec.name(message)
              + ", which goes past the lock, cannot delete it; send it without priority()",
          null,
          Effect.NONE);
    }
    callbacks.delete(current.get(), context, scope);
  }

  /** Deletes the entity, if there is one: none is made for that. */
  private void deleteForOperator(M message, int attempt, Recipient<M> recipient) throws Refused {
    EntityState<S> current = state;
    boolean exists = current != null;
    callbacks.message(
        ran,
        message,
        attempt,
        recipient,
        (context, scope) -> {
          if (current == null) {
            scope.deleteDelayed();
          } else {
            callbacks.delete(current.get(), context, scope);
          }
          answers.reply(recipient, message, exists);
          return exists;
        });
    if (exists) {
      delete(message);
    }
  }

  private void recordDone(M message, Recipient<M> recipient, Result<S> result)
      throws InterruptedException {
    try {
      keyed.done(message, recipient, result);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      // The reply cannot be written as a term.
      throw new RoundFailure(Fault.MESSAGE, ran, e);
    }
  }

  /** Returns whether a message has run before, under the same idempotency key. */
  private boolean wasDone(M message, Recipient<M> recipient) throws InterruptedException {
    try {
      return keyed.wasDone(message, recipient);
    } catch (CodecException e) {
      throw new RoundFailure(Fault.MESSAGE, ran, e);
    }
  }

  private void conclude(
      Result<S> result, EntityState<S> current, M message, int attempt, Recipient<M> recipient) {
    S next = result.state();
    if (next != null) {
      current.set(next);
    }
    switch (result) {
      case Reply<?, S> it -> answers.reply(recipient, message, it.reply());
      case NoReply<S> it -> answers.acknowledge(recipient);
      case ReplyLater<?, S> it -> answers.defer(recipient);
      case ReplyAndStop<?, S> it -> {
        answers.reply(recipient, message, it.reply());
        stop(it.reason(), message);
      }
      case Stop<?, S> it -> {
        if (recipient.isCaller()) {
          answers.problem(
              recipient,
              Problem.STOPPED,
              IdempotencyCheck.stoppedText(
                  setup.address(), server.codec.name(message), it.reason()));
        } else {
          answers.acknowledge(recipient);
        }
        stop(it.reason(), message);
      }
      case Lock<?, S> it -> {
        lock.take(meta, message, attempt, current.get(), recipient);
        over = true;
      }
      case ReplyAndDelete<?, S> it -> {
        answers.reply(recipient, message, it.reply());
        delete(message);
      }
      case Delete<?, S> it -> {
        if (recipient.isCaller()) {
          answers.problem(
              recipient,
              Problem.DELETED,
              IdempotencyCheck.deletedText(setup.address(), server.codec.name(message)));
        } else {
          answers.acknowledge(recipient);
        }
        delete(message);
      }
      case Refuse<?, S> it -> {
        if (server.codec.kind(message) == MessageKind.ANSWER) {
          throw new DgenException(
              "handleAnswer of "
                  + server.codec.name(message)
                  + " cannot refuse: nobody waits for an answer to an answer",
              null,
              Effect.NONE);
        }
        answers.refuse(recipient, message, it.refusal());
      }
    }
    if (!result.actions().isEmpty()) {
      actions.add(new MessageActions<>(server.codec.name(message), result.actions()));
    }
  }

  private void stop(StopReason reason, M message) {
    stopped = new Stopped(reason, server.codec.name(message), false);
    over = true;
  }

  /** The messages behind it run in the next round, in a new entity. */
  private void delete(M message) {
    deletedBy = server.codec.name(message);
    over = true;
  }

  /** Writes the effects of the callbacks. */
  Outcome<S, M> write(Transactor.Attempt attempt, Front front, QueueReader queue)
      throws InterruptedException {
    if (ran > 0) {
      time.check(ran - 1);
    }
    EntityState<S> last = state;
    boolean changed = ran > 0 && last != null && writeState(attempt, last);
    int ranOfQueue = ran - taken;
    int popped = lock.isOfQueued() ? ranOfQueue - 1 : ranOfQueue;
    Meta next = meta;
    if (popped > 0) {
      next = meta.popped(front.messages().get(popped - 1).stamp, popped);
      // Only now is it known how many. What the callbacks sent to this entity was set before, and
      // stays: its stamps are above the read version, and those of what was read are not.
      attempt.writes().clear(queue.begin(meta.head()), setup.keys().behind(next.head()));
      clearSteps(attempt, front.messages().subList(0, popped));
    }
    if (deletedBy != null) {
      next = EntityState.delete(attempt, setup.keys(), next);
      endOwed();
    }
    if (lock.taken() != null) {
      next = next.with(Flag.LOCKED);
      Queued queued = lock.isOfQueued() ? front.messages().get(popped) : null;
      lock.write(attempt, queued, ran - 1);
      if (locking != null && queued != null) {
        Push.rewrite(attempt.writes(), setup.keys(), queued.stamp, locking);
      }
    }
    if (buried != null) {
      burial.bury(attempt, buried, answers.replies());
    }
    next = countStop(attempt, next);
    answers.replies().write();
    if (changed) {
      attempt
          .writes()
          .mutate(
              MutationType.SET_VERSIONSTAMPED_VALUE,
              setup.keys().meta,
              next.versionstampOperand(server.descriptor.states().version()));
      attempt.wantVersionstamp();
    } else if (next != meta) {
      attempt.writes().set(setup.keys().meta, next.encoded());
    }
    return new Outcome<>(
        last == null || deletedBy != null
            ? new CachedState<>(meta.version(), next.head(), null, StateSize.NONE)
            : new CachedState<>(meta.version(), next.head(), last.toRemember(changed), last.size()),
        changed,
        last == null || actions.isEmpty() ? null : last.get(),
        taken,
        answers.answers(),
        answers.replies().own(),
        actions,
        lock.taken(),
        stopped,
        deletedBy,
        answers.refused(),
        outbox.sent().and(answers.replies().askers()),
        asks.late() + answers.replies().late(),
        !front.messages().isEmpty(),
        front.more() || popped < front.messages().size(),
        Obstacle.NONE);
  }

  /** Clears the steps of messages that an earlier attempt took, and that are done without them. */
  private void clearSteps(Transactor.Attempt attempt, List<Queued> done) {
    for (Queued queued : done) {
      if (queued != buried && queued.envelope().mayHaveSteps()) {
        StepRows.clear(attempt.writes(), setup.keys(), queued.envelope().origin(queued.stamp));
      }
    }
  }

  /** Counts an abnormal stop: it is a failure of the entity, though its message is done. */
  private Meta countStop(Transactor.Attempt attempt, Meta next) throws InterruptedException {
    Stopped stop = stopped;
    if (stop == null || stop.reason().isNormal()) {
      return next;
    }
    Meta counted =
        new FailureCounter(setup.entity(), setup.services().failing())
            .countStop(attempt, next, stop);
    stopped = stop.paused(counted != next);
    return counted;
  }

  private void endOwed() throws InterruptedException {
    try {
      answers.replies().endOwed(setup.address(), IdempotencyCheck.owedByDeleted(setup.address()));
    } catch (ChangeTooLargeException e) {
      throw new RoundFailure(Fault.MESSAGE, ran - 1, e);
    }
  }

  private boolean writeState(Transactor.Attempt attempt, EntityState<S> last) {
    if (deletedBy != null) {
      return false;
    }
    try {
      return last.write(attempt);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new RoundFailure(Fault.MESSAGE, ran - 1, e);
    }
  }
}
