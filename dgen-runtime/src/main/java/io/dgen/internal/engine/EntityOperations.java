package io.dgen.internal.engine;

import io.dgen.CallTimeoutException;
import io.dgen.DeadLetters;
import io.dgen.DgenException;
import io.dgen.EntityAdmin;
import io.dgen.EntityStatus;
import io.dgen.NotHostedException;
import io.dgen.QueuedMessage;
import io.dgen.internal.Durations;
import io.dgen.internal.engine.Activations.Address;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.spi.Environment;
import io.dgen.spi.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** What is done to one entity from outside, on one node. Immutable and thread-safe. */
final class EntityOperations<M> implements EntityAdmin<M> {

  /** How long what runs of an entity may keep it from being killed or reset, at most. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Engine engine;
  private final Address address;
  private final LetterReader<M> letters;
  private final Duration timeout;

  EntityOperations(Engine engine, Address address, LetterReader<M> letters, Duration timeout) {
    this.engine = engine;
    this.address = address;
    this.letters = letters;
    this.timeout = timeout;
  }

  @Override
  public String server() {
    return address.server();
  }

  @Override
  public String id() {
    return address.id();
  }

  @Override
  public EntityAdmin<M> withTimeout(Duration value) {
    return new EntityOperations<>(engine, address, letters, Durations.positive("a timeout", value));
  }

  @Override
  public EntityStatus status() {
    return engine.inspector().status(address.server(), address.id());
  }

  @Override
  public String stateAsJson() {
    return engine.inspector().stateJson(address.server(), address.id());
  }

  @Override
  public List<QueuedMessage> queue(int limit) {
    return engine.inspector().queue(address.server(), address.id(), limit);
  }

  @Override
  public DeadLetters<M> deadLetters() {
    return new DeadLetterBox<>(engine, address, letters);
  }

  @Override
  public long queueLength() {
    EntityKeys keys = engine.layout().entity(address.server(), address.id());
    return engine.transact(
        "read the queue length of " + address,
        attempt -> {
          var snapshot = attempt.reads().snapshot();
          var pushed = snapshot.get(keys.pushed);
          var meta = snapshot.get(keys.meta);
          byte[] pushedBytes = engine.environment().await(pushed);
          byte[] metaBytes = engine.environment().await(meta);
          return KeyLayout.counter(pushedBytes)
              - (metaBytes == null ? Meta.NONE : Meta.decode(metaBytes)).popped();
        });
  }

  @Override
  public boolean pause(String reason) {
    if (reason.length() > MAX_REASON_LENGTH) {
      throw new IllegalArgumentException(
          "the reason of a pause has at most "
              + MAX_REASON_LENGTH
              + " characters; found one of "
              + reason.length()
              + " for "
              + address
              + "; say it in fewer words");
    }
    return engine.transact("pause " + address, attempt -> pauses().pause(attempt, reason));
  }

  @Override
  public boolean resume() {
    return engine.transact("resume " + address, attempt -> pauses().resume(attempt));
  }

  private Pauses pauses() {
    return new Pauses(engine.layout().entity(address.server(), address.id()), engine.environment());
  }

  @Override
  public boolean breakLock() {
    return engine.userErrand(
        "break the lock of " + address,
        () -> {
          Optional<Locks.Released> released =
              new Locks<>(engine, address, engine.layout().entity(address.server(), address.id()))
                  .release(
                      Locks.Release.BROKEN,
                      0,
                      new DgenException("an operator broke the lock of " + address));
          if (released.isEmpty()) {
            return false;
          }
          engine.mailbox().complete(released.get().ownReplies());
          engine.signalIfOwned(address);
          return true;
        });
  }

  @Override
  public void kill() {
    engine.sender().await(operate("kill", true, EntityEnd::kill));
  }

  @Override
  public CompletableFuture<Void> killAsync() {
    return operate("kill", false, EntityEnd::kill);
  }

  @Override
  public void reset() {
    engine.sender().await(reset(true));
  }

  @Override
  public CompletableFuture<Void> resetAsync() {
    return reset(false);
  }

  private CompletableFuture<Void> reset(boolean blocking) {
    HostedServer<?, ?> hosted = engine.hosted(address.server());
    if (hosted == null) {
      return CompletableFuture.failedFuture(
          new NotHostedException(
              "to reset "
                  + address
                  + " its init is needed: call dgen.host("
                  + Texts.escaped(address.server())
                  + "Server.of()) first, or kill it"));
    }
    return operate("reset", blocking, (at, of) -> EntityEnd.reset(at, of, hosted));
  }

  private CompletableFuture<Void> operate(
      String what, boolean blocking, BiFunction<Engine, Address, EntityEnd> maker) {
    EntityEnd operation;
    try {
      engine.requireOpen(what, address);
      if (blocking) {
        refuseOwn(what);
      }
      operation = maker.apply(engine, address);
      while (!engine.activation(address).offer(operation)) {
        if (engine.isClosed()) {
          engine.requireOpen(what, address);
        }
      }
    } catch (DgenException e) {
      return CompletableFuture.failedFuture(e);
    }
    Environment.Cancellable timer =
        engine.environment().schedule(timeout, () -> operation.fail(late(what)));
    Duration part = timeout.dividedBy(4);
    insist(operation, part.compareTo(PATIENCE) < 0 ? part : PATIENCE);
    var unused = operation.future().whenComplete((done, error) -> timer.cancel());
    return operation.future();
  }

  /** It would wait for the callback that waits for it. */
  private void refuseOwn(String what) {
    Activation<?, ?> own = engine.activations().find(address);
    if (own != null && own.isRunHere()) {
      throw new IllegalStateException(
          what
              + "() of "
              + address
              + " was called in one of its own callbacks, for whose end it would wait; return"
              + " Results.stop(...) to end, or call "
              + what
              + "Async(), which does so behind the callback");
    }
  }

  /** What keeps the operation from its turn for too long is given up. */
  private void insist(EntityEnd operation, Duration patience) {
    Environment environment = engine.environment();
    Environment.Cancellable timer =
        environment.schedule(
            patience,
            () ->
                environment.execute(
                    () -> {
                      if (engine.activation(address).giveUpFor(operation)) {
                        insist(operation, patience);
                      }
                    }));
    var unused = operation.future().whenComplete((done, error) -> timer.cancel());
  }

  private CallTimeoutException late(String what) {
    return new CallTimeoutException(
        "no "
            + what
            + " of "
            + address
            + " within "
            + timeout.toMillis()
            + " ms: it has not had its turn, or the store does not answer. It may still happen",
        null);
  }
}
