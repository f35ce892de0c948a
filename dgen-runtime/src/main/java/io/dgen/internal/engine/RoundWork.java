package io.dgen.internal.engine;

import io.dgen.DgenException;
import io.dgen.From;
import io.dgen.Lock;
import io.dgen.NoReply;
import io.dgen.Reply;
import io.dgen.ReplyAndStop;
import io.dgen.ReplyLater;
import io.dgen.Result;
import io.dgen.Stop;
import io.dgen.StopReason;
import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.codec.Terms;
import io.dgen.internal.engine.ActionRunner.MessageActions;
import io.dgen.internal.engine.Meta.Flag;
import io.dgen.internal.engine.Outcome.Answer;
import io.dgen.internal.engine.Outcome.Obstacle;
import io.dgen.internal.engine.Outcome.Stopped;
import io.dgen.internal.engine.QueueReader.Front;
import io.dgen.internal.engine.QueueReader.Queued;
import io.dgen.internal.engine.ReplyForm.Problem;
import io.dgen.internal.engine.RoundFailure.Fault;
import io.dgen.spi.Environment;
import io.dgen.spi.Invocation;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The callbacks of one attempt of a round, and what comes of them. */
final class RoundWork<S, M> {

  private final RoundSetup<S, M> setup;
  private final Engine engine;
  private final HostedServer<S, M> server;
  private final Environment environment;
  private final Limits limits;
  private final Meta meta;
  private final long began;
  private final int maxMessages;
  private final EntityState<S> state;
  private final ReplyBatch replies;
  private final ReadTransaction snapshot;
  private final RoundOutbox outbox;
  private final RoundRecords records;
  private final KeyedMessages<M> keyed;
  private final List<Answer<M>> answers = new ArrayList<>();
  private final List<MessageActions<S>> actions = new ArrayList<>(0);

  /** The messages that have run. */
  private int ran;

  /** Those of them that came from the lane. */
  private int taken;

  private int bytes;

  /** Whether the last message must be the last of its round. */
  private boolean over;

  private @Nullable LockTaken<S, M> lock;

  /** The locking message, if it is to be pushed. */
  private @Nullable Pending<M> lockedSender;

  private @Nullable Stopped stopped;
  private final Burial burial;
  private @Nullable Queued buried;

  RoundWork(
      RoundSetup<S, M> setup,
      Meta meta,
      long began,
      int maxMessages,
      List<KeyValue> stored,
      @Nullable S remembered,
      Transactor.Attempt attempt) {
    this.setup = setup;
    this.engine = setup.engine();
    this.server = setup.server();
    this.environment = engine.environment();
    this.limits = engine.limits();
    this.meta = meta;
    this.began = began;
    this.maxMessages = maxMessages;
    this.replies = new ReplyBatch(engine);
    this.snapshot = attempt.reads().snapshot();
    this.outbox = engine.messaging().outbox(attempt);
    this.records = engine.messaging().records(attempt);
    this.keyed = new KeyedMessages<>(records, setup.address(), server.codec, new KeyedAnswers());
    this.burial = new Burial(engine, setup.address(), setup.keys());
    this.state = state(stored, remembered);
  }

  private EntityState<S> state(List<KeyValue> stored, @Nullable S remembered) {
    byte[] prefix = setup.keys().state;
    RoundOutbox.Scope scope = outbox.open(setup.address());
    try {
      if (remembered != null) {
        return EntityState.remembered(server.descriptor.states(), prefix, remembered);
      }
      if (meta.exists()) {
        return stored(stored);
      }
      Recipient<M> nobody = Recipient.nobody();
      S first = server.descriptor.init(invocation(null, nobody, 1, scope));
      if (first == null) {
        throw new NullPointerException("init returned null; return the first state");
      }
      return EntityState.first(server.descriptor.states(), prefix, first);
    } catch (RoundFailure e) {
      throw e;
    } catch (Throwable e) {
      checkStore();
      boolean isNew = remembered == null && !meta.exists();
      throw new RoundFailure(isNew ? Fault.INIT : Fault.STATE, 0, e);
    } finally {
      scope.close();
      forgetInterrupt();
    }
  }

  private EntityState<S> stored(List<KeyValue> rows) {
    try {
      return EntityState.stored(
          server.descriptor.states(), setup.keys().state, rows, meta.writer());
    } catch (CodecException e) {
      throw RoundFailure.undecodable(Fault.STATE, 0, setup.address(), e);
    }
  }

  /** Runs queued messages. One that failed before runs alone, so that it fails alone. */
  void runQueued(Front front) throws InterruptedException {
    for (Queued queued : front.messages()) {
      keyed.prefetch(queued.idempotencyKey());
    }
    for (Queued queued : front.messages()) {
      if (isFull()) {
        return;
      }
      Envelope envelope = decoded(queued);
      if (envelope.attempts() > 0 && ran > 0) {
        over = true;
        return;
      }
      over = envelope.attempts() > 0;
      M message = messageOf(envelope);
      if (!burial.isDue(envelope)) {
        run(message, envelope.attempts() + 1, Recipient.of(envelope));
      } else if (!wasDone(message, Recipient.of(envelope))) {
        bury(queued, message);
      }
      bytes += queued.bytes.length;
      ran++;
    }
  }

  /** How many messages have run. */
  int ran() {
    return ran;
  }

  /** Whether the lane's messages may follow the queued ones. */
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
      run(pending.message, 1, Recipient.sender(pending));
      ran++;
      taken++;
    }
  }

  private boolean isFull() {
    return over
        || ran >= maxMessages
        || bytes + outbox.bytes() > limits.maxRoundBytes()
        || (ran > 0 && environment.nanoTime() - began > limits.maxRoundTime().toNanos());
  }

  private Envelope decoded(Queued queued) {
    try {
      return queued.envelope();
    } catch (CodecException e) {
      throw RoundFailure.undecodable(Fault.UNDECODABLE, ran, setup.address(), e);
    }
  }

  private M messageOf(Envelope envelope) {
    try {
      return server.decode(envelope);
    } catch (CodecException e) {
      throw RoundFailure.undecodable(Fault.UNDECODABLE, ran, setup.address(), e);
    }
  }

  /** Gives a message up, which is alone in its round: {@code handleDeadLetter} runs for it. */
  private void bury(Queued queued, M message) {
    Envelope envelope = queued.envelope();
    buried = queued;
    engine.logContext().message(server.codec, message);
    RoundOutbox.Scope scope = outbox.open(setup.address());
    try {
      Recipient<M> nobody = Recipient.nobody();
      Result<S> result =
          server.descriptor.handleDeadLetter(
              message, state.get(), invocation(message, nobody, envelope.attempts(), scope));
      if (result instanceof Lock<?, ?>) {
        throw new DgenException("handleDeadLetter of " + envelope.name() + " cannot lock");
      }
      if (result != null) {
        state.set(result.state());
        conclude(result, message, envelope.attempts(), nobody);
        if (!result.actions().isEmpty()) {
          actions.add(new MessageActions<>(envelope.name(), result.actions()));
        }
      }
    } catch (Throwable e) {
      checkStore();
      throw new RoundFailure(Fault.MESSAGE, ran, e);
    } finally {
      engine.logContext().endMessage();
      scope.close();
      forgetInterrupt();
    }
    checkStore();
    burial.reply(replies, envelope);
  }

  /** The message that was given up; null for none. */
  @Nullable Queued buried() {
    return buried;
  }

  /** Errors are failures of the message too: a callback cannot end the node. */
  private void run(M message, int attempt, Recipient<M> recipient) throws InterruptedException {
    if (wasDone(message, recipient)) {
      return;
    }
    engine.logContext().message(server.codec, message);
    RoundOutbox.Scope scope = outbox.open(setup.address());
    Result<S> result;
    try {
      result =
          server.descriptor.handle(
              message, state.get(), invocation(message, recipient, attempt, scope));
      state.set(result.state());
      conclude(result, message, attempt, recipient);
      if (!result.actions().isEmpty()) {
        actions.add(new MessageActions<>(server.codec.name(message), result.actions()));
      }
    } catch (Throwable e) {
      checkStore();
      throw new RoundFailure(Fault.MESSAGE, ran, e);
    } finally {
      engine.logContext().endMessage();
      scope.close();
      forgetInterrupt();
    }
    checkStore();
    recordDone(message, recipient, result);
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

  /** Whether a message was carried out before, under the same idempotency key. */
  private boolean wasDone(M message, Recipient<M> recipient) throws InterruptedException {
    try {
      return keyed.wasDone(message, recipient) || isAtWork(message, recipient);
    } catch (CodecException e) {
      throw new RoundFailure(Fault.MESSAGE, ran, e);
    }
  }

  /**
   * Whether the message under the same key holds the lock. Others wait for it; a priority message
   * cannot, and is refused.
   */
  private boolean isAtWork(M message, Recipient<M> recipient) throws InterruptedException {
    String key = recipient.idempotencyKey();
    if (key == null || setup.readsQueue() || !meta.has(Flag.LOCKED)) {
      return false;
    }
    if (!key.equals(Locks.keyOfHolder(snapshot, setup.keys(), environment))) {
      return false;
    }
    problem(
        recipient,
        Problem.KEY_REUSED,
        "the message under the idempotency key \""
            + key
            + "\" holds the lock of "
            + setup.address()
            + " and is being carried out: a priority "
            + server.codec.name(message)
            + " cannot wait for it; send it without priority()");
    return true;
  }

  /**
   * A read of a callback's that the store failed is no fault of the callback's: the round is
   * repeated, unless it was the callback that let the transaction grow too old.
   */
  private void checkStore() {
    StoreException failure = outbox.failure();
    if (failure != null) {
      checkTime(ran);
      throw failure;
    }
  }

  /** The flag is the callback's: left set, it would end the next wait for the store. */
  private static void forgetInterrupt() {
    var unused = Thread.interrupted();
  }

  private Invocation invocation(
      @Nullable M message, Recipient<M> recipient, int attempt, RoundOutbox.Scope scope) {
    return new CallbackContext(
        setup.address(),
        attempt,
        environment,
        new CallbackContext.Transactional() {
          @Override
          public From<?> from() {
            if (message == null || !recipient.isCaller()) {
              throw new IllegalStateException(
                  "the message is not a call: nobody waits for a reply");
            }
            TermCodec<?> codec = server.codec.replyCodec(message);
            Caller caller = Objects.requireNonNull(waiting(recipient));
            return RoundRecords.from(setup.address(), recipient.idempotencyKey(), caller, codec);
          }

          @Override
          public RoundOutbox.Scope scope() {
            return scope;
          }

          @Override
          public void reply(From<?> from, byte[] reply) {
            scope.checkThread();
            for (Caller caller : scope.read(() -> records.answer(from, reply))) {
              bytes += reply.length;
              replies.addLate(caller, reply);
            }
          }
        });
  }

  private void conclude(Result<S> result, M message, int attempt, Recipient<M> recipient) {
    switch (result) {
      case Reply<?, S> it -> reply(recipient, message, it.reply());
      case NoReply<S> it -> acknowledge(recipient);
      case ReplyLater<?, S> it -> waiting(recipient);
      case ReplyAndStop<?, S> it -> {
        reply(recipient, message, it.reply());
        stop(it.reason(), message);
      }
      case Stop<?, S> it -> {
        if (recipient.isCaller()) {
          problem(
              recipient,
              Problem.STOPPED,
              KeyedMessages.stoppedText(setup.address(), server.codec.name(message), it));
        } else {
          acknowledge(recipient);
        }
        stop(it.reason(), message);
      }
      case Lock<?, S> it -> lock(message, attempt, recipient);
    }
  }

  private void reply(Recipient<M> recipient, M message, @Nullable Object reply) {
    TermCodec<Object> codec = server.codec.replyCodec(message);
    Pending<M> pending = recipient.pending();
    Caller caller = recipient.caller();
    if (pending != null) {
      Object frozen = codec.freeze(reply);
      long size = Terms.size(codec, frozen);
      if (size > Sizes.MAX_BYTES) {
        problem(recipient, Problem.TOO_LARGE, Sizes.tooLarge(size));
      } else {
        answers.add(new Answer<>(pending, frozen));
      }
    } else if (caller != null) {
      byte[] encoded = ReplyForm.value(codec, reply);
      bytes += encoded.length;
      replies.add(caller, encoded);
    }
  }

  private void problem(Recipient<M> recipient, Problem problem, String text) {
    Pending<M> pending = recipient.pending();
    Caller caller = recipient.caller();
    if (pending != null) {
      answers.add(new Answer<>(pending, null, problem.exception(text)));
    } else if (caller != null) {
      replies.add(caller, ReplyForm.problem(problem, text));
    }
  }

  private void acknowledge(Recipient<M> recipient) {
    Pending<M> pending = recipient.pending();
    if (pending != null) {
      answers.add(new Answer<>(pending, null));
    }
  }

  /** A message that locks is durable from then on. */
  private void acknowledgeCast(Recipient<M> recipient) {
    if (!recipient.isCaller()) {
      acknowledge(recipient);
    }
  }

  /** The caller, if there is one, waits in the mailbox from now on. */
  private @Nullable Caller waiting(Recipient<M> recipient) {
    Pending<M> pending = recipient.pending();
    Caller caller = recipient.caller();
    if (pending != null && pending.isCall()) {
      engine.mailbox().register(pending);
      return new Caller(engine.node(), pending.call);
    }
    return caller;
  }

  /** What senders get whose messages are not run, since they were before. */
  private final class KeyedAnswers implements KeyedMessages.Answers<M> {

    @Override
    public void reply(Recipient<M> recipient, M message, byte[] reply) {
      bytes += reply.length;
      Pending<M> pending = recipient.pending();
      Caller caller = recipient.caller();
      if (pending != null) {
        answers.add(answer(pending, reply));
      } else if (caller != null) {
        replies.add(caller, reply);
      }
    }

    private Answer<M> answer(Pending<M> pending, byte[] reply) {
      try {
        return new Answer<>(
            pending, ReplyForm.read(reply, server.codec.replyCodec(pending.message)));
      } catch (DgenException e) {
        return new Answer<>(pending, null, e);
      }
    }

    @Override
    public void problem(Recipient<M> recipient, Problem problem, String text) {
      RoundWork.this.problem(recipient, problem, text);
    }

    @Override
    public void acknowledge(Recipient<M> recipient) {
      RoundWork.this.acknowledge(recipient);
    }

    @Override
    public @Nullable Caller replyLater(Recipient<M> recipient) {
      return waiting(recipient);
    }
  }

  private void stop(StopReason reason, M message) {
    stopped = new Stopped(reason, server.codec.name(message), false);
    over = true;
  }

  private void lock(M message, int attempt, Recipient<M> recipient) {
    String name = server.codec.name(message);
    if (!server.descriptor.hasLocked(message)) {
      throw new DgenException(
          "the callback of "
              + name
              + " returned lock, and there is no handleLocked for it; declare one");
    }
    if (meta.has(Flag.LOCKED)) {
      throw new DgenException(
          setup.address() + " is locked already: " + name + " cannot lock it; try again later");
    }
    Pending<M> pending = recipient.pending();
    acknowledgeCast(recipient);
    lockedSender = pending;
    lock =
        new LockTaken<>(
            message,
            attempt,
            environment.random().nextLong(),
            state.get(),
            waiting(recipient),
            recipient.idempotencyKey());
    over = true;
  }

  /** The store would refuse the commit, and do so each time that the round is repeated. */
  private void checkTime(int last) {
    long nanos = environment.nanoTime() - began;
    if (nanos > limits.maxTransactionTime().toNanos()) {
      throw new RoundFailure(
          Fault.TIME,
          last,
          new DgenException(
              "the callback took "
                  + nanos / 1_000_000
                  + " ms, and its transaction lives for 5 s; do less in it, or do slow work"
                  + " outside and send its result"));
    }
  }

  /** Writes what the callbacks did. */
  Outcome<S, M> write(Transactor.Attempt attempt, Front front, QueueReader queue)
      throws InterruptedException {
    if (ran > 0) {
      checkTime(ran - 1);
    }
    boolean changed = ran > 0 && writeState(attempt);
    int ranOfQueue = ran - taken;
    boolean locksQueued = lock != null && lockedSender == null;
    int popped = locksQueued ? ranOfQueue - 1 : ranOfQueue;
    Meta next = meta;
    if (popped > 0) {
      next = meta.popped(front.messages().get(popped - 1).stamp, popped);
      attempt.writes().clear(queue.begin(meta.head()), setup.keys().behind(next.head()));
    }
    LockTaken<S, M> taking = lock;
    if (taking != null) {
      next = next.with(Flag.LOCKED);
      writeLock(attempt, taking, locksQueued ? front.messages().get(popped).stamp : null);
    }
    if (buried != null) {
      burial.bury(attempt, buried);
    }
    next = countStop(attempt, next);
    replies.write(attempt);
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
        new Memory<>(meta.version(), next.head(), state.toRemember(changed)),
        changed,
        state.get(),
        taken,
        answers,
        replies.own(),
        actions,
        taking,
        stopped,
        outbox.sent(),
        !front.messages().isEmpty(),
        front.more() || popped < front.messages().size(),
        Obstacle.NONE);
  }

  /** An abnormal stop is a failure of the entity, though its message is done. */
  private Meta countStop(Transactor.Attempt attempt, Meta next) throws InterruptedException {
    Stopped stop = stopped;
    if (stop == null || stop.reason().isNormal()) {
      return next;
    }
    Meta counted =
        new FailureRecord(engine, setup.keys(), setup.address()).countStop(attempt, next, stop);
    stopped = stop.paused(counted != next);
    return counted;
  }

  private boolean writeState(Transactor.Attempt attempt) {
    try {
      return state.write(attempt);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw new RoundFailure(Fault.MESSAGE, ran - 1, e);
    }
  }

  /**
   * Takes the lock. The locking message is in the queue, or goes there now, and stays there until
   * the lock is given back: whatever becomes of this node, it is not lost.
   */
  private void writeLock(
      Transactor.Attempt attempt, LockTaken<S, M> taking, byte @Nullable [] queuedStamp)
      throws InterruptedException {
    String name = server.codec.name(taking.message());
    long now = environment.now().toEpochMilli();
    Pending<M> pending = lockedSender;
    if (pending != null) {
      Envelope envelope = envelope(pending, now);
      byte[] stamp = Push.writeOne(attempt.writes(), setup.keys(), envelope);
      LockRecord.of(stamp, taking.token(), engine.node(), now, name)
          .writeWithPushed(attempt.writes(), setup.keys());
    } else {
      LockRecord.of(Objects.requireNonNull(queuedStamp), taking.token(), engine.node(), now, name)
          .write(attempt.writes(), setup.keys());
    }
    long version = environment.await(attempt.reads().getReadVersion());
    LockRecord.lease(attempt.writes(), setup.keys(), version + engine.lockTimeoutMicros());
  }

  private Envelope envelope(Pending<M> pending, long now) {
    try {
      return Push.envelope(pending, engine.node(), now);
    } catch (RuntimeException e) {
      throw new RoundFailure(Fault.MESSAGE, ran - 1, e);
    }
  }
}
