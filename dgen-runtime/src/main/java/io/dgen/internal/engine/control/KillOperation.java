package io.dgen.internal.engine.control;

import io.dgen.error.CallbackException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.EntityKilledException;
import io.dgen.error.RefusedException;
import io.dgen.generated.codec.StateCodec;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.failure.CallbackProgress;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.TooLarge;
import io.dgen.internal.engine.later.OutgoingMessages;
import io.dgen.internal.engine.later.RoundIdempotency;
import io.dgen.internal.engine.later.RoundOutbox;
import io.dgen.internal.engine.round.CallbackContext;
import io.dgen.internal.engine.round.EntityState;
import io.dgen.internal.engine.round.RoundTransaction;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.engine.work.CallbackThread;
import io.dgen.internal.engine.work.Refusals;
import io.dgen.internal.engine.work.ThreadState;
import io.dgen.internal.engine.work.UserErrors;
import io.dgen.store.StoreException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Kills or resets an entity in turn with its rounds on this node. Messages that were sent here
 * before and are still in memory are killed too; later ones go to the new entity.
 */
public final class KillOperation implements Operation {

  private final Entity entity;
  private final Address address;
  private final EntityKill kill;
  private final EntityKill.Successor successor;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private KillOperation(Entity entity, EntityKill kill, EntityKill.Successor successor) {
    this.entity = entity;
    this.address = entity.address();
    this.kill = kill;
    this.successor = successor;
  }

  /** Returns a kill. */
  public static KillOperation kill(Entity entity, EntityKill.Services services) {
    return new KillOperation(entity, new EntityKill(entity, services), EntityKill.Successor.NONE);
  }

  /** Returns a reset, which replaces the state by that of the server's init. */
  public static <S> KillOperation reset(
      Entity entity,
      EntityKill.Services services,
      HostedServer<S, ?> server,
      OutgoingMessages outgoing) {
    return new KillOperation(
        entity,
        new EntityKill(entity, services),
        (attempt, replies) -> {
          StateCodec<S> codec = server.descriptor.states();
          S first = init(entity, server, outgoing, attempt, replies);
          EntityState.first(codec, entity.keys().state, first).write(attempt);
          return codec.version();
        });
  }

  private static <S> S init(
      Entity entity,
      HostedServer<S, ?> server,
      OutgoingMessages outgoing,
      Transactor.Attempt attempt,
      ReplyBatch replies) {
    Address address = entity.address();
    RoundIdempotency records = outgoing.records(attempt);
    RoundOutbox outbox = outgoing.outbox(attempt, records, replies);
    RoundOutbox.Scope scope = outbox.open(address);
    ThreadState state = ThreadState.enter();
    try {
      S first =
          server.descriptor.init(
              new CallbackContext(
                  address, 1, entity.environment(), RoundTransaction.ofInit(scope)));
      scope.keep();
      return first;
    } catch (Throwable thrown) {
      Throwable e = UserErrors.safe(thrown);
      StoreException failure = outbox.failure();
      if (failure != null) {
        throw failure;
      }
      RefusedException refusal = Refusals.of(thrown, server.policy);
      if (refusal != null) {
        throw RefusedException.of(refusal, Effect.NONE);
      }
      throw new CallbackException("init of " + address + " failed; nothing was changed: " + e, e);
    } finally {
      scope.close();
      state.restore();
    }
  }

  public CompletableFuture<Void> future() {
    return done;
  }

  @Override
  public void run(EntityLane lane) throws InterruptedException {
    CallbackProgress progress = lane.progress();
    try {
      kill.run(
          (attempt, replies) -> {
            progress.beginAttempt(attempt.reads());
            progress.callback("init");
            CallbackThread callback =
                CallbackThread.inTransaction(address, entity.store().opened());
            try {
              return successor.write(attempt, replies);
            } finally {
              callback.end();
              progress.noCallback();
              progress.endAttempt();
            }
          });
    } catch (StoreException e) {
      throw TooLarge.is(e) ? TooLarge.init(e, address) : e;
    }
    lane.forget();
    lane.fail(new EntityKilledException(EntityKill.killedText(address), Effect.NONE));
    complete(null);
  }

  @Override
  public void fail(DgenException error) {
    complete(error);
  }

  /** Completes the future on another thread, since continuations may run user code. */
  private void complete(@Nullable DgenException error) {
    entity
        .environment()
        .executeUserCode(
            () -> {
              if (error == null) {
                done.complete(null);
              } else {
                done.completeExceptionally(error);
              }
            });
  }
}
