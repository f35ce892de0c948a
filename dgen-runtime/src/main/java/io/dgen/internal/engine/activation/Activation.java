package io.dgen.internal.engine.activation;

import io.dgen.EntityStatus;
import io.dgen.error.DgenClosedException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.EntityKilledException;
import io.dgen.error.NotHostedException;
import io.dgen.internal.SafeLog;
import io.dgen.internal.engine.control.EntityKill;
import io.dgen.internal.engine.control.EntityLane;
import io.dgen.internal.engine.control.Operation;
import io.dgen.internal.engine.failure.CallbackProgress;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.query.RememberedState;
import io.dgen.internal.engine.round.ActionRunner;
import io.dgen.internal.engine.round.RoundServices;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.WatchLoop;
import io.dgen.internal.engine.work.Superseded;
import io.dgen.spi.Environment;
import io.dgen.store.StoreException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An entity in the memory of this node: the lane of messages that were sent here, its cached state,
 * and one thread while there is work.
 *
 * <p>The thread takes one step after another. While this node owns the entity, a step is a round;
 * if it does not, or the entity is locked, paused or backing off, the lane is pushed to the queue.
 * Steps of one activation never overlap and each takes from the front of the lane, so a sender's
 * messages keep their order, whichever way they go.
 *
 * <p>A callback may never return. If its entity is killed or reset in the meantime, this activation
 * is given up: another one takes its place with everything that waits here, and whatever the old
 * thread still does has no effect ({@link CallbackProgress}).
 */
public final class Activation<S, M> {

  private static final Logger LOG = LoggerFactory.getLogger(Activation.class);

  /** How long an entity's running code may delay its kill or reset, at most. */
  public static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Entity entity;
  private final ActivationServices services;
  private final Address address;
  private final Inbox<M> inbox;
  private final CallbackProgress progress;

  // Confined to the running thread:

  private final RoundCommitter<S, M> rounds;
  private final QueueLoop<S, M> standard;
  private final PriorityRounds<S, M> priorities;

  Activation(Entity entity, ActivationServices services) {
    this.entity = entity;
    this.address = entity.address();
    this.services = services;
    RoundServices shared = services.rounds();
    ActionRunner<S> actions =
        new ActionRunner<>(
            entity,
            services.busy(),
            shared.logContext(),
            shared.failing().reports(),
            this::proceed);
    this.inbox = new Inbox<>(entity, services, actions, this::drain);
    this.progress =
        new CallbackProgress(
            entity, services.lanes().deadlines(), shared.settings().slowCallback());
    this.rounds = new RoundCommitter<>(entity, actions, progress, services);
    this.standard = new QueueLoop<>(entity, rounds, inbox, services);
    this.priorities = new PriorityRounds<>(shared, rounds);
  }

  Address address() {
    return address;
  }

  /** Returns the inbox: what waits for the entity here. */
  public Inbox<M> inbox() {
    return inbox;
  }

  /** Drops this activation if it is idle and was not used since this was last asked. */
  boolean retireIfUnused() {
    return inbox.retireIfUnused();
  }

  /** Returns the state that it caches, on any thread; null if it caches none. */
  @Nullable RememberedState published() {
    return rounds.published();
  }

  /** Returns the running callback; null for none. */
  public EntityStatus.@Nullable Running runningCallback() {
    return progress.running();
  }

  /** Returns whether another activation has taken its place. */
  boolean isGivenUp() {
    return progress.isSuperseded();
  }

  /**
   * Gives up the attempt that keeps an operation from its turn, if an attempt does, and lets
   * another activation begin with the operation. The messages that the attempt works on move there:
   * they were not committed, and the old thread will never commit them.
   *
   * @return whether the operation still waits for its turn here
   */
  public boolean giveUpFor(Operation operation) {
    Successor<S, M> successor;
    synchronized (inbox) {
      if (!inbox.awaits(operation)) {
        return false;
      }
      if (!inbox.isAtWork() || !progress.supersede()) {
        return true;
      }
      successor = succeeded();
    }
    goOn(successor);
    return false;
  }

  /**
   * Reports that the entity was killed or reset on another node. An attempt that began before can
   * never commit; if it does not end within a while, it is given up, together with its messages.
   *
   * @param version the version of the store at which the entity was killed
   */
  void endedElsewhere(long version) {
    CallbackProgress.Attempted attempted = progress.attempted();
    if (attempted == null) {
      return;
    }
    Environment environment = entity.environment();
    try {
      if (environment.await(attempted.readVersion()) < version) {
        environment.schedule(PATIENCE, () -> environment.execute(() -> giveUp(attempted)));
      }
    } catch (StoreException | InterruptedException e) {
      LOG.debug("an attempt on {} ended while it was being examined", address, e);
    }
  }

  private void giveUp(CallbackProgress.Attempted attempted) {
    Successor<S, M> successor;
    List<Pending<M>> attempts;
    synchronized (inbox) {
      if (!inbox.isAtWork() || !progress.supersede(attempted)) {
        return;
      }
      // Sent before the attempt began, and so before the entity was killed.
      attempts = inbox.takeAttempted();
      successor = succeeded();
    }
    services
        .completions()
        .fail(attempts, new EntityKilledException(EntityKill.killedText(address), Effect.NONE));
    goOn(successor);
  }

  /** The activation that takes the place of one whose attempt was given up. */
  private record Successor<S, M>(Activation<S, M> next, @Nullable Operation dropped) {}

  private Successor<S, M> succeeded() {
    Activation<S, M> next = new Activation<>(entity, services);
    Operation dropped = inbox.handOver(next.inbox);
    services.remembered().activations().replace(this, next);
    return new Successor<>(next, dropped);
  }

  private void goOn(Successor<S, M> successor) {
    EntityStatus.Running callback = progress.running();
    LOG.warn(
        "{} of {} is given up, since it does not end and the entity is to",
        callback == null ? "an attempt" : callback.callback(),
        address);
    if (successor.dropped != null) {
      successor.dropped.fail(
          new DgenException(
              "init of "
                  + address
                  + " did not return before the entity was killed or reset again; it was given"
                  + " up, and nothing was changed",
              null,
              Effect.NONE));
    }
    successor.next.inbox.wake();
    services.lanes().turns().end();
    services.busy().end();
  }

  /** Returns how many bytes it caches. To be called once it is retired. */
  long rememberedBytes() {
    return rounds.rememberedBytes();
  }

  /** Reports that there is room for actions again. */
  private void proceed() {
    inbox.proceed();
  }

  /** Takes one step after another, as long as no other entity waits for a turn. */
  private void drain() {
    boolean more = false;
    try {
      services.rounds().logContext().enter(address);
      progress.begin();
      more = step();
      while (more && !services.lanes().turns().isContended()) {
        more = step();
      }
    } catch (Superseded e) {
      LOG.info("what ran of {} when it was given up has ended; it has no effect", address);
    } catch (Throwable e) {
      // Such as no memory for logging the failure. No sender may wait for a thread that is gone.
      more = survive(e);
    } finally {
      progress.end();
      if (!progress.isSuperseded()) {
        pass(more);
      }
      services.rounds().logContext().leave();
    }
  }

  /** Yields the turn to others, or ends it. */
  private void pass(boolean more) {
    if (more) {
      services.lanes().turns().giveWay(address.server(), this::drain);
    } else {
      services.lanes().turns().end();
      services.busy().end();
      services.remembered().activations().trim();
    }
  }

  /**
   * Handles a step that failed in handling its failure; returns true, since there may be more to
   * do.
   */
  private boolean survive(Throwable problem) {
    SafeLog.error(LOG, "a step of " + address + " failed", problem);
    inbox.failAll(
        new DgenException(
            "a step of " + address + " failed; its outcome is unknown", problem, Effect.UNKNOWN));
    return true;
  }

  /** Takes one step; returns false if there is nothing to do, and the thread is released. */
  private boolean step() {
    try {
      switch (inbox.next()) {
        case OPERATION -> runOperation();
        case PRIORITY -> runPriority();
        case ROUND -> standard.run();
        case FLUSH -> inbox.flush();
        case NOTHING -> {
          return false;
        }
      }
    } catch (Superseded e) {
      throw e;
    } catch (InterruptedException e) {
      inbox.failAll(
          new DgenClosedException("interrupted while working on " + address, Effect.UNKNOWN));
    } catch (DgenException e) {
      // The store has failed permanently, and its errors say so.
      inbox.failAll(e);
      lookAgain();
    } catch (OutOfMemoryError e) {
      // Any thread may have used up the memory, so it need not happen again.
      LOG.error("out of memory while working on {}; trying again", address, e);
      inbox.failAll(
          new DgenException(
              "this node has run out of memory ("
                  + e.getMessage()
                  + "); the outcome of "
                  + address
                  + " is unknown",
              e,
              Effect.UNKNOWN));
      lookAgain();
    } catch (RuntimeException | Error e) {
      LOG.error("bug in dgen: {} failed in an unexpected way", address, e);
      inbox.failAll(
          new DgenException(
              "bug in dgen: see the cause; the outcome of " + address + " is unknown",
              e,
              Effect.UNKNOWN));
      lookAgain();
    }
    return true;
  }

  private void runPriority() throws InterruptedException {
    List<Pending<M>> batch = inbox.takePriority();
    if (services.rounds().failing().servers().has(address.server())) {
      priorities.run(batch);
    } else {
      services.completions().fail(batch, notHosted("a priority or info message to"));
    }
    inbox.doneInHand();
  }

  /** Returns the error for work that needs the server in this process. */
  private NotHostedException notHosted(String what) {
    return new NotHostedException(
        what
            + " "
            + address
            + " needs the server in this process; call dgen.host("
            + address.server()
            + "Server.of()) first");
  }

  /** What an operation may do during its turn. */
  private final class OperationTurn implements EntityLane {

    private final Inbox.Marked<M> marked;

    OperationTurn(Inbox.Marked<M> marked) {
      this.marked = marked;
    }

    @Override
    public void fail(DgenException error) {
      services.completions().fail(inbox.takeBefore(marked), error);
    }

    @Override
    public void forget() {
      rounds.forget();
      inbox.lookAnew();
    }

    @Override
    public CallbackProgress progress() {
      return progress;
    }
  }

  private void runOperation() throws InterruptedException {
    Inbox.Marked<M> marked = inbox.takeOperation();
    Operation operation = marked.operation();
    try {
      operation.run(new OperationTurn(marked));
    } catch (Superseded e) {
      throw e;
    } catch (InterruptedException e) {
      operation.fail(
          new DgenClosedException("interrupted while working on " + address, Effect.UNKNOWN));
      throw e;
    } catch (DgenException e) {
      operation.fail(e);
    } catch (RuntimeException | Error e) {
      LOG.error("an operation on {} failed", address, e);
      operation.fail(
          new DgenException("an operation on " + address + " failed: " + e, e, Effect.UNKNOWN));
    } finally {
      inbox.doneOperation();
    }
  }

  /**
   * Fails every sender that still waits, and takes no further step: the node is closing and has no
   * more time. The current step is the last, and continues undisturbed.
   */
  void abandon() {
    inbox.abandon(
        new DgenClosedException(
            "this Dgen was closed while a message to "
                + address
                + " was pending; it is unknown whether it was executed",
            Effect.UNKNOWN));
  }

  /**
   * Looks at the queue again: queued messages have no sender here that learns of a failed step and
   * sends again.
   */
  private void lookAgain() {
    if (services.ownership().owns(address)) {
      services
          .control()
          .wakeups()
          .scheduleSignal(address, WatchLoop.AFTER_FAILURE.toNanos() / 1000);
    }
  }
}
