package io.dgen.internal.engine.control;

import io.dgen.FailurePolicy;
import io.dgen.From;
import io.dgen.LockedResult;
import io.dgen.Results;
import io.dgen.Unlock;
import io.dgen.error.RefusedException;
import io.dgen.generated.codec.WaitingCaller;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.control.Locks.Applied;
import io.dgen.internal.engine.control.Locks.Release;
import io.dgen.internal.engine.failure.FailureReports;
import io.dgen.internal.engine.failure.RefusedMessage;
import io.dgen.internal.engine.failure.Stopped;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.later.OutgoingMessages;
import io.dgen.internal.engine.later.RoundOutbox;
import io.dgen.internal.engine.round.ActionRunner;
import io.dgen.internal.engine.round.CallbackContext;
import io.dgen.internal.engine.round.LockTaken;
import io.dgen.internal.engine.round.RoundSetup;
import io.dgen.internal.engine.send.ReplyMailbox;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.work.CallbackThread;
import io.dgen.internal.engine.work.LogContext;
import io.dgen.internal.engine.work.Refusals;
import io.dgen.internal.engine.work.ThreadState;
import io.dgen.internal.engine.work.Timers;
import io.dgen.internal.engine.work.UserErrors;
import io.dgen.spi.Environment;
import io.dgen.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds an entity's lock on this node: runs {@code handleLocked} on a thread of its own, outside
 * any transaction and without a time limit, renews the lease in the meantime, and applies the
 * result.
 */
public final class LockHolder<S, M> {

  private static final Logger LOG = LoggerFactory.getLogger(LockHolder.class);

  private final ControlServices control;
  private final LogContext logContext;
  private final Environment environment;
  private final ReplyMailbox mailbox;
  private final OutgoingMessages outgoing;
  private final Address address;
  private final HostedServer<S, M> server;
  private final LockTaken<S, M> taken;
  private final ActionRunner<S> actions;
  private final Locks<S, M> locks;

  private final Entity entity;
  private final Store store;
  private final FailureReports reports;
  private final FailurePolicy policy;
  private final Duration renewalPause;
  private final AtomicBoolean renewing = new AtomicBoolean();

  /** The timer of the next renewal; null before the first and after the last. */
  private Environment.@Nullable Cancellable renewal;

  private boolean finished;

  /** Whether the work sleeps, confined to its thread. */
  private boolean asleep;

  public LockHolder(
      RoundSetup<S, M> setup,
      LockTaken<S, M> taken,
      ActionRunner<S> actions,
      ControlServices control) {
    this.control = control;
    this.logContext = setup.services().logContext();
    this.environment = setup.environment();
    this.mailbox = setup.services().replies().mailbox();
    this.outgoing = setup.services().outgoing();
    this.address = setup.address();
    this.server = setup.server();
    this.taken = taken;
    this.actions = actions;
    this.locks = new Locks<>(setup.entity(), setup.services(), control.releases());
    this.entity = setup.entity();
    this.store = setup.entity().store().opened();
    this.reports = setup.services().failing().reports();
    this.policy = setup.services().failing().policy(setup.entity());
    this.renewalPause =
        Duration.ofNanos(setup.services().settings().lockTimeoutMicros() * 1000 / 4);
  }

  public void start() {
    control.busy().begin();
    scheduleRenewal();
    environment.executeUserCode(this::work);
  }

  private void work() {
    logContext.enter(address);
    logContext.message(server.codec, taken.message());
    try {
      LockedResult<?, S> result;
      Throwable failure = null;
      LockedRun run =
          new LockedRun(
              address,
              taken.attempt(),
              environment,
              new OutsideTransaction(),
              new HeldSteps(entity, outgoing.delayed(), taken.token(), message()));
      ThreadState state = ThreadState.enter();
      CallbackThread callback = CallbackThread.locked(address, store);
      try {
        result = run(run);
      } catch (Throwable e) {
        RefusedException refusal = Refusals.of(e, policy);
        result =
            refusal == null ? null : Results.unlockRefused(refusal, UnaryOperator.<S>identity());
        failure = e;
      } finally {
        run.end();
        callback.end();
        state.restore();
      }
      Ticket sleeps = run.sleepsUnder();
      if (sleeps != null) {
        // The lock is nobody's now; whatever was returned or thrown is void.
        asleep = true;
        if (!(failure instanceof Asleep)) {
          LOG.warn(
              "handleLocked of {} caught the error that ends it while it sleeps, in {}; what it did"
                  + " afterwards has no effect",
              address,
              message());
        }
        outgoing.committed(new RoundOutbox.Sent(Set.of(), List.of(sleeps)));
        return;
      }
      if (control.lifecycle().isClosed()) {
        // Its receipts may be swept: nothing is written in the name of a node that has left.
        LOG.warn(
            "the node was closed while {} held the lock of {}; its result is dropped, and the lock"
                + " is taken over",
            message(),
            address);
        return;
      }
      if (result != null) {
        failure = apply(result, run.hasSteps() || taken.mayHaveSteps());
      }
      if (failure != null) {
        release(failure);
      }
    } catch (InterruptedException e) {
      LOG.warn(
          "interrupted while unlocking {} after {}; its lock is taken over", address, message());
    } catch (RuntimeException | Error e) {
      LOG.error(
          "cannot unlock {} after {}; its lock is taken over when its lease expires",
          address,
          message(),
          e);
    } finally {
      finish();
      logContext.leave();
      control.busy().end();
      if (!asleep) {
        control.wakeups().signalIfOwned(address);
      }
    }
  }

  private LockedResult<?, S> run(LockedRun run) throws Exception {
    LockedResult<?, S> result = server.descriptor.handleLocked(taken.message(), taken.state(), run);
    if (result == null) {
      throw new NullPointerException("handleLocked returned null; return Results.unlock(...)");
    }
    return result;
  }

  /** Applies a result; returns why that is not possible, if the result is at fault. */
  private @Nullable Throwable apply(LockedResult<?, S> result, boolean steps)
      throws InterruptedException {
    // The commit rings the bell of the shard: the actions of the round that follows would otherwise
    // run first.
    Releases.Release underWay = control.releases().begin(address);
    try {
      return applyAndTell(result, steps);
    } finally {
      underWay.end();
    }
  }

  private @Nullable Throwable applyAndTell(LockedResult<?, S> result, boolean steps)
      throws InterruptedException {
    Optional<Applied<S>> applied;
    try {
      applied = locks.apply(server, taken, result, steps);
    } catch (RuntimeException | Error e) {
      // From the update, or about the state it returned. If it is the store's fault, releasing
      // fails too.
      return e;
    }
    if (applied.isEmpty()) {
      LOG.warn("the lock of {} was lost while {} ran; its result is dropped", address, message());
      return null;
    }
    mailbox.complete(applied.get().ownReplies());
    outgoing.committed(applied.get().sent());
    LockedResult<?, S> counts = applied.get().result();
    RefusedException refusal = counts instanceof Unlock<?, ?> it ? it.refusal() : null;
    if (refusal != null) {
      reports.refused(address, new RefusedMessage(message(), refusal, taken.caller() != null));
    }
    Stopped stopped = applied.get().stopped();
    if (stopped != null) {
      control.wakeups().forget(address);
      locks.report(stopped);
    }
    if (!(counts instanceof Unlock<?, ?>)) {
      control.wakeups().forget(address);
      reports.deleted(address, message());
    }
    actions.run(locks.actions(server, taken, counts), applied.get().state());
    return null;
  }

  private void release(Throwable failure) throws InterruptedException {
    locks
        .release(Release.FAILED, taken.token(), UserErrors.safe(failure))
        .ifPresentOrElse(
            released -> mailbox.complete(released.ownReplies()),
            () ->
                LOG.warn(
                    "the lock of {} was lost while {} ran, which failed: {}",
                    address,
                    message(),
                    failure.toString()));
  }

  /**
   * Schedules the next renewal. Each timer sets the next one before anything else, so that a
   * failure never stops the renewals. There are three chances before the lease expires.
   */
  private synchronized void scheduleRenewal() {
    if (!finished) {
      renewal = Timers.insist(environment, renewalPause, this::renewSoon);
    }
  }

  private void renewSoon() {
    scheduleRenewal();
    environment.execute(this::renew);
  }

  private void renew() {
    // A slow renewal is not overtaken by the next.
    if (!renewing.compareAndSet(false, true)) {
      return;
    }
    try {
      if (!locks.renew(taken.token())) {
        finish();
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      LOG.warn(
          "cannot renew the lock of {} for {}; trying again: {}", address, message(), e.toString());
    } finally {
      renewing.set(false);
    }
  }

  private synchronized void finish() {
    finished = true;
    if (renewal != null) {
      renewal.cancel();
      renewal = null;
    }
  }

  /** The context of {@code handleLocked}, which has a caller but no transaction. */
  private final class OutsideTransaction implements CallbackContext.Transactional {

    @Override
    public From<?> from() {
      return locks.from(server, taken);
    }

    @Override
    public RoundOutbox.Scope scope() {
      throw new IllegalStateException(
          "handleLocked of "
              + address
              + " runs outside any transaction: it cannot write or send in one; do that in the"
              + " update of its result: unlock(reply, (state, context) -> ...)");
    }

    @Override
    public void reply(WaitingCaller<?> from, byte[] reply) {
      throw new IllegalStateException(
          "handleLocked runs outside any transaction and cannot reply to another call; do that in"
              + " the update of its result: unlock(reply, (state, context) -> ...)");
    }
  }

  private String message() {
    return server.codec.name(taken.message());
  }
}
