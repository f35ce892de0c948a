package io.dgen.internal.engine.activation;

import io.dgen.Failure;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.control.LockHolder;
import io.dgen.internal.engine.failure.CallbackProgress;
import io.dgen.internal.engine.failure.EntitySuspects;
import io.dgen.internal.engine.failure.FailureCounter;
import io.dgen.internal.engine.failure.RefusedMessage;
import io.dgen.internal.engine.failure.Stopped;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.query.RememberedState;
import io.dgen.internal.engine.round.ActionRunner;
import io.dgen.internal.engine.round.CachedState;
import io.dgen.internal.engine.round.LockTaken;
import io.dgen.internal.engine.round.Outcome;
import io.dgen.internal.engine.round.Round;
import io.dgen.internal.engine.round.RoundServices;
import io.dgen.internal.engine.round.RoundSetup;
import io.dgen.internal.engine.send.Front;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.engine.work.CallbackThread;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the rounds of one entity, caches their results, and does everything that follows a
 * commit. Used by the thread of the entity's activation alone.
 */
final class RoundCommitter<S, M> {

  private static final Logger LOG = LoggerFactory.getLogger(RoundCommitter.class);

  /** The approximate number of nodes whose calls one entity is likely to take in one round. */
  private static final int MAX_CORRESPONDENTS = 8;

  private final Entity entity;
  private final Address address;
  private final ActivationServices services;
  private final RoundServices shared;
  private final ActionRunner<S> actions;
  private final CallbackProgress progress;
  private final EntitySuspects suspects;

  /** Written by the activation's thread alone; queries on other threads read it. */
  private volatile CachedState<S> memory = CachedState.none();

  /** The nodes that wait for replies to the last queued messages. */
  private List<NodeId> correspondents = List.of();

  RoundCommitter(
      Entity entity,
      ActionRunner<S> actions,
      CallbackProgress progress,
      ActivationServices services) {
    this.entity = entity;
    this.address = entity.address();
    this.services = services;
    this.shared = services.rounds();
    this.actions = actions;
    this.progress = progress;
    this.suspects =
        new EntitySuspects(
            services.remembered().suspects(), address, shared.limits().maxRoundMessages());
  }

  /** Returns which of the entity's queued messages are to be tried alone. */
  EntitySuspects suspects() {
    return suspects;
  }

  /** Returns a round that takes queued messages and then those of the lane. */
  Round<S, M> standard(List<Pending<M>> lane, int maxMessages, boolean expectsQueued) {
    return new Round<>(
        setup(true), memory, lane, maxMessages, expectsQueued, correspondents, suspects);
  }

  /** Returns a round past the queue. */
  Round<S, M> priority(List<Pending<M>> messages, int maxMessages) {
    return new Round<>(setup(false), memory, messages, maxMessages, false, List.of(), suspects);
  }

  private RoundSetup<S, M> setup(boolean readsQueue) {
    return new RoundSetup<>(entity, hosted(), shared, progress, readsQueue);
  }

  Address address() {
    return address;
  }

  /** Returns where the queue begins, as far as is known. */
  byte @Nullable [] head() {
    return memory.head();
  }

  /** Returns the cached state for a query, on any thread; null if none is cached. */
  @Nullable RememberedState published() {
    return memory.published();
  }

  /** Drops the cached state, which another node or operation has changed. */
  void forget() {
    remember(CachedState.none());
  }

  /** Returns how many bytes are cached. To be called while no round runs. */
  long rememberedBytes() {
    return memory.size().bytes();
  }

  private void remember(CachedState<S> next) {
    long before = memory.size().bytes();
    memory = next;
    Activations activations = services.remembered().activations();
    activations.remembered(next.size().bytes() - before);
    if (activations.remembersTooMuch()) {
      activations.trim();
      if (activations.remembersTooMuch() && next.size().bytes() > 0) {
        // All others are active, or this one alone is too large.
        memory = next.withoutState();
        activations.remembered(-next.size().bytes());
      }
    }
  }

  /** Commits a round. Nothing is reported before {@link #tell}. */
  Outcome<S, M> commit(Round<S, M> round) throws InterruptedException {
    long began = services.lanes().meter().begin();
    Transactor.Committed<Outcome<S, M>> done =
        entity
            .transactor()
            .run(
                attempt -> attempt(round, attempt), () -> services.ownership().conflicted(address));
    services
        .lanes()
        .meter()
        .committed(address.server(), began, round.ran(), round.queueLength(), done);
    Outcome<S, M> outcome = done.value();
    remember(memoryAfter(outcome, done.stamp()));
    rememberCallers(round.front());
    return outcome;
  }

  /** Makes one attempt. If it is given up in the meantime, it does not reach its commit. */
  private Outcome<S, M> attempt(Round<S, M> round, Transactor.Attempt attempt)
      throws InterruptedException {
    progress.beginAttempt(attempt.reads());
    CallbackThread callbacks = CallbackThread.inTransaction(address, entity.store().opened());
    try {
      return round.attempt(attempt);
    } finally {
      callbacks.end();
      progress.noCallback();
      progress.endAttempt();
    }
  }

  private void rememberCallers(Front front) {
    if (!front.messages().isEmpty()) {
      correspondents =
          front.messages().stream()
              .map(Queued::caller)
              .filter(caller -> caller != null && caller.ask() == null)
              .map(Caller::node)
              .distinct()
              .limit(MAX_CORRESPONDENTS)
              .toList();
    }
  }

  private CachedState<S> memoryAfter(Outcome<S, M> outcome, byte @Nullable [] stamp) {
    if (outcome.stopped() != null) {
      return CachedState.none();
    }
    if (!shared.settings().remembersState()) {
      return outcome.memory().withoutState();
    }
    if (!outcome.stateChanged()) {
      return outcome.memory();
    }
    // If the commit is known only from the receipt, the state's version is not known.
    return stamp == null ? outcome.memory().withoutState() : outcome.memory().at(stamp);
  }

  /** Reports the outcome. Rule 5: only now, after the commit, is anyone told. */
  void tell(Outcome<S, M> outcome) {
    shared.replies().completions().answer(outcome.answers());
    shared.replies().mailbox().complete(outcome.ownReplies());
    shared.outgoing().committed(outcome.sent());
    S state = outcome.state();
    if (state != null) {
      actions.run(outcome.actions(), state);
    }
    LockTaken<S, M> lock = outcome.lock();
    if (lock != null) {
      hold(lock);
    }
    for (RefusedMessage refused : outcome.refused()) {
      shared.failing().reports().refused(address, refused);
    }
    String deletedBy = outcome.deletedBy();
    if (deletedBy != null) {
      shared.failing().reports().deleted(address, deletedBy);
    }
    shared.failing().reports().late(address, outcome.late());
    Stopped stopped = outcome.stopped();
    if (stopped != null) {
      if (stopped.reason().isNormal()) {
        LOG.debug("{} stopped: {}", address, Texts.escaped(stopped.reason().text(), 1000));
      } else {
        new FailureCounter(entity, shared.failing()).report(stopped);
      }
    }
  }

  /** Holds a lock that was taken: runs {@code handleLocked}. */
  void hold(LockTaken<S, M> lock) {
    new LockHolder<>(setup(true), lock, actions, services.control()).start();
  }

  /** Reports the failure of a message of which nothing is recorded. */
  void report(Failure.Kind kind, Pending<M> pending, Throwable reason) {
    shared
        .failing()
        .reports()
        .report(address, kind, pending.codec.name(pending.message), 0, reason);
  }

  @SuppressWarnings("unchecked") // A server's name identifies its types: Engine.host checks it.
  HostedServer<S, M> hosted() {
    HostedServer<?, ?> hosted = shared.failing().servers().find(address.server());
    if (hosted == null) {
      throw new DgenException(address.server() + " is not hosted here", null, Effect.NONE);
    }
    return (HostedServer<S, M>) hosted;
  }
}
