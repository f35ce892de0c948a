package io.dgen.internal.engine;

import io.dgen.CallbackException;
import io.dgen.DgenException;
import io.dgen.EntityKilledException;
import io.dgen.codec.StateCodec;
import io.dgen.internal.engine.Activations.Address;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.store.StoreException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Kills or resets an entity in turn with its rounds on this node. What was sent here before and is
 * still in memory goes with it; what is sent later meets the new entity.
 */
final class EntityEnd implements Activation.Operation {

  private final Engine engine;
  private final Address address;
  private final EntityKeys keys;
  private final Kill.Successor successor;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private EntityEnd(Engine engine, Address address, EntityKeys keys, Kill.Successor successor) {
    this.engine = engine;
    this.address = address;
    this.keys = keys;
    this.successor = successor;
  }

  static EntityEnd kill(Engine engine, Address address) {
    EntityKeys keys = engine.layout().entity(address.server(), address.id());
    return new EntityEnd(engine, address, keys, Kill.Successor.NONE);
  }

  static <S> EntityEnd reset(Engine engine, Address address, HostedServer<S, ?> server) {
    EntityKeys keys = engine.layout().entity(address.server(), address.id());
    return new EntityEnd(
        engine,
        address,
        keys,
        (attempt, replies) -> {
          StateCodec<S> codec = server.descriptor.states();
          S first = init(engine, address, server, attempt, replies);
          EntityState.first(codec, keys.state, first).write(attempt);
          return codec.version();
        });
  }

  private static <S> S init(
      Engine engine,
      Address address,
      HostedServer<S, ?> server,
      Transactor.Attempt attempt,
      ReplyBatch replies) {
    RoundRecords records = engine.messaging().records(attempt);
    RoundOutbox outbox = engine.messaging().outbox(attempt, records);
    RoundOutbox.Scope scope = outbox.open(address);
    ThreadState state = ThreadState.enter();
    try {
      return server.descriptor.init(
          new CallbackContext(
              address, 1, engine.environment(), RoundTransaction.ofInit(replies, records, scope)));
    } catch (Throwable thrown) {
      Throwable e = UserErrors.safe(thrown);
      StoreException failure = outbox.failure();
      if (failure != null) {
        throw failure;
      }
      throw new CallbackException("init of " + address + " failed, nothing was changed: " + e, e);
    } finally {
      scope.close();
      state.restore();
    }
  }

  CompletableFuture<Void> future() {
    return done;
  }

  @Override
  public void run(Activation.EntityLane lane) throws InterruptedException {
    Progress progress = lane.progress();
    try {
      new Kill(engine, address, keys)
          .run(
              (attempt, replies) -> {
                progress.beginAttempt(attempt.reads());
                progress.callback("init");
                try {
                  return successor.write(attempt, replies);
                } finally {
                  progress.noCallback();
                  progress.endAttempt();
                }
              });
    } catch (StoreException e) {
      throw TooLarge.is(e) ? TooLarge.init(e, address) : e;
    }
    lane.forget();
    lane.fail(new EntityKilledException(Kill.killedText(address)));
    complete(null);
  }

  @Override
  public void fail(DgenException error) {
    complete(error);
  }

  /** What hangs on the future is the user's code, and runs elsewhere. */
  private void complete(@Nullable DgenException error) {
    engine
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
