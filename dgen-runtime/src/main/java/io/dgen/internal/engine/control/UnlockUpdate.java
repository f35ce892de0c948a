package io.dgen.internal.engine.control;

import io.dgen.Delete;
import io.dgen.From;
import io.dgen.LockedResult;
import io.dgen.LockedUpdate;
import io.dgen.ReplyAndDelete;
import io.dgen.Results;
import io.dgen.Unlock;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.later.RoundIdempotency;
import io.dgen.internal.engine.later.RoundOutbox;
import io.dgen.internal.engine.round.CallbackContext;
import io.dgen.internal.engine.round.EntityState;
import io.dgen.internal.engine.round.LockTaken;
import io.dgen.internal.engine.round.RoundServices;
import io.dgen.internal.engine.round.RoundTransaction;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.engine.work.CallbackThread;
import io.dgen.internal.engine.work.Refusals;
import io.dgen.internal.engine.work.ThreadState;
import io.dgen.spi.Environment;
import io.dgen.store.StoreException;
import java.util.function.Supplier;

/**
 * Runs the update of a locked result, or {@code handleDelete}, in the transaction that releases the
 * lock, as a callback of a round runs in the round's: what it does is held back until it has
 * returned, and dropped if it refuses.
 */
final class UnlockUpdate<S, M> {

  private final Entity entity;
  private final Address address;
  private final Environment environment;
  private final RoundServices services;
  private final HostedServer<S, M> server;
  private final LockTaken<S, M> taken;
  private final Supplier<From<?>> caller;

  /**
   * Creates it.
   *
   * @param caller the message's caller; throws an {@link IllegalStateException} if it has none
   */
  UnlockUpdate(
      Entity entity,
      RoundServices services,
      HostedServer<S, M> server,
      LockTaken<S, M> taken,
      Supplier<From<?>> caller) {
    this.entity = entity;
    this.address = entity.address();
    this.environment = entity.environment();
    this.services = services;
    this.server = server;
    this.taken = taken;
    this.caller = caller;
  }

  /**
   * What an update did.
   *
   * @param result the result; a refusal that keeps the state as it is, if the update refused
   * @param sent what is to be woken once the transaction has committed
   */
  record Updated<S>(LockedResult<?, S> result, RoundOutbox.Sent sent) {}

  /**
   * Updates the state.
   *
   * @param began when the attempt's transaction began, by {@link Environment#nanoTime}
   */
  Updated<S> run(
      Transactor.Attempt attempt,
      RoundIdempotency records,
      ReplyBatch replies,
      LockedResult<?, S> result,
      EntityState<S> state,
      long began) {
    RoundOutbox outbox = services.outgoing().outbox(attempt, records, replies);
    RoundOutbox.Scope scope = outbox.open(address);
    long ready = environment.nanoTime();
    ThreadState thread = ThreadState.enter();
    CallbackThread callback = CallbackThread.inTransaction(address, entity.store().opened());
    try {
      CallbackContext context =
          new CallbackContext(
              address, taken.attempt(), environment, new RoundTransaction(scope, caller));
      switch (result) {
        case Unlock<?, S> it -> update(it, state, context);
        case Delete<?, S> it -> delete(state, scope, context);
        case ReplyAndDelete<?, S> it -> delete(state, scope, context);
      }
      scope.keep();
    } catch (Exception e) {
      checkStore(outbox, began, ready);
      RefusedException refusal = Refusals.of(e, services.failing().policy(entity));
      if (refusal == null) {
        throw e instanceof RuntimeException unchecked ? unchecked : failed(e);
      }
      LockedUpdate<S> none = (kept, context) -> kept;
      return new Updated<>(Results.unlockRefused(refusal, none), RoundOutbox.Sent.NOTHING);
    } finally {
      scope.close();
      callback.end();
      thread.restore();
    }
    checkStore(outbox, began, ready);
    checkTime(began, ready);
    return new Updated<>(result, outbox.sent());
  }

  private void update(Unlock<?, S> result, EntityState<S> state, CallbackContext context) {
    S updated = result.update().apply(state.get(), context);
    if (updated == null) {
      throw new NullPointerException("the update of handleLocked returned null");
    }
    state.set(updated);
  }

  private void delete(EntityState<S> state, RoundOutbox.Scope scope, CallbackContext context)
      throws Exception {
    scope.deleteDelayed();
    server.descriptor.handleDelete(state.get(), context);
  }

  private DgenException failed(Exception e) {
    return new DgenException("handleDelete of " + address + " failed: " + e, e, Effect.NONE);
  }

  /** Fails the attempt if the store failed a read of the update, even if that caught it. */
  private void checkStore(RoundOutbox outbox, long began, long ready) {
    StoreException failure = outbox.failure();
    if (failure != null) {
      checkTime(began, ready);
      throw failure;
    }
  }

  /**
   * Gives up an update whose transaction the store would refuse, each time that it is repeated. If
   * most of the time passed before it began, the store was slow, and the update is not blamed.
   */
  private void checkTime(long began, long ready) {
    long now = environment.nanoTime();
    if (now - began > services.limits().maxTransactionTime().toNanos()
        && now - ready > ready - began) {
      throw new DgenException(
          "the update of handleLocked of "
              + address
              + " took "
              + (now - ready) / 1_000_000
              + " ms, but its transaction lives for 5 s; do slow work before it, in handleLocked"
              + " itself",
          null,
          Effect.NONE);
    }
  }
}
