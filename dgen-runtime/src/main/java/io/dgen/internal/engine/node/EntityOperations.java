package io.dgen.internal.engine.node;

import io.dgen.DeadLetters;
import io.dgen.EntityAdmin;
import io.dgen.EntityStatus;
import io.dgen.QueuedMessage;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.NotHostedException;
import io.dgen.generated.Delivery;
import io.dgen.generated.Sender;
import io.dgen.internal.Durations;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.activation.Activation;
import io.dgen.internal.engine.activation.ActivationServices;
import io.dgen.internal.engine.activation.NodeActivations;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.control.KillOperation;
import io.dgen.internal.engine.control.Locks;
import io.dgen.internal.engine.failure.DeadLetterBox;
import io.dgen.internal.engine.failure.HeadRemoval;
import io.dgen.internal.engine.failure.LetterReader;
import io.dgen.internal.engine.failure.Pauses;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.send.DeleteMessage;
import io.dgen.internal.engine.tx.CallerWork;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.work.CallbackThread;
import io.dgen.internal.engine.work.Lifecycle;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The admin of one entity, on one node. Immutable and thread-safe. */
final class EntityOperations<M> implements EntityAdmin<M> {

  private final Services services;
  private final Entity entity;
  private final Address address;
  private final LetterReader<M> letters;
  private final Duration timeout;

  /**
   * What operations need of a node.
   *
   * @param sender lets callers wait
   */
  record Services(
      ActivationServices shared,
      NodeActivations activations,
      Inspector inspector,
      Sender sender,
      CallerWork work) {}

  EntityOperations(Services services, Address address, LetterReader<M> letters, Duration timeout) {
    this.services = services;
    this.entity = services.activations().entity(address);
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
    return new EntityOperations<>(
        services, address, letters, Durations.positive("a timeout", value));
  }

  @Override
  public EntityStatus status() {
    return services.inspector().status(address.server(), address.id());
  }

  @Override
  public String stateAsJson() {
    return services.inspector().stateJson(address.server(), address.id());
  }

  @Override
  public List<QueuedMessage> queue(int limit) {
    return services.inspector().queue(address.server(), address.id(), limit);
  }

  @Override
  public DeadLetters<M> deadLetters() {
    return new DeadLetterBox<>(entity, letters, services.work());
  }

  @Override
  public long queueLength() {
    EntityKeys keys = entity.keys();
    return services
        .work()
        .transact(
            "read the queue length of " + address,
            attempt -> {
              var snapshot = attempt.reads().snapshot();
              var pushed = snapshot.get(keys.pushed);
              var meta = snapshot.get(keys.meta);
              byte[] pushedBytes = entity.environment().await(pushed);
              byte[] metaBytes = entity.environment().await(meta);
              return KeyLayout.counter(pushedBytes) - Meta.of(metaBytes).popped();
            });
  }

  @Override
  public boolean pause(String reason) {
    if (reason.length() > MAX_REASON_LENGTH) {
      throw new IllegalArgumentException(
          "the reason of a pause must have at most "
              + MAX_REASON_LENGTH
              + " characters; found one of "
              + reason.length()
              + " for "
              + address
              + "; shorten it");
    }
    return services.work().transact("pause " + address, attempt -> pauses().pause(attempt, reason));
  }

  @Override
  public boolean resume() {
    return services.work().transact("resume " + address, attempt -> pauses().resume(attempt));
  }

  private Pauses pauses() {
    return new Pauses(entity.keys(), entity.environment());
  }

  @Override
  public boolean breakLock() {
    return services
        .work()
        .userErrand(
            "break the lock of " + address,
            () -> {
              Optional<Locks.Released> released =
                  new Locks<>(
                          entity,
                          services.shared().rounds(),
                          services.shared().control().releases())
                      .release(
                          Locks.Release.BROKEN,
                          0,
                          new DgenException(
                              "an operator broke the lock of " + address, null, Effect.UNKNOWN));
              if (released.isEmpty()) {
                return false;
              }
              services.shared().rounds().replies().mailbox().complete(released.get().ownReplies());
              services.activations().signalIfOwned(address);
              return true;
            });
  }

  @Override
  public String setAside() {
    String letter =
        services
            .work()
            .userErrand(
                "set aside the first message of " + address,
                () -> new HeadRemoval(entity, services.shared().rounds().failing(), letters).run());
    Activation<?, ?> here = services.shared().remembered().activations().find(address);
    if (here != null) {
      here.inbox().lookAnew();
    }
    services.activations().signalIfOwned(address);
    return letter;
  }

  @Override
  public void kill() {
    services.sender().await(startKill());
  }

  @Override
  public CompletableFuture<Void> killAsync() {
    return startKill();
  }

  @Override
  public void reset() {
    services.sender().await(startReset());
  }

  @Override
  public CompletableFuture<Void> resetAsync() {
    return startReset();
  }

  @Override
  @SuppressWarnings("NullAway") // The reply is never null.
  public boolean delete() {
    return (Boolean) services.sender().await(startDelete(true));
  }

  @Override
  public CompletableFuture<Boolean> deleteAsync() {
    return startDelete(false).thenApply(existed -> (Boolean) existed);
  }

  private CompletableFuture<@Nullable Object> startDelete(boolean blocking) {
    CallbackThread.refuseEnd("delete", address, entity.store().opened());
    return services
        .sender()
        .send(
            address.server(),
            address.id(),
            DeleteMessage.alone(),
            DeleteMessage.message(),
            new Delivery(timeout),
            blocking);
  }

  private CompletableFuture<Void> startKill() {
    return operate("kill", KillOperation.kill(entity, services.shared().killing()));
  }

  private CompletableFuture<Void> startReset() {
    HostedServer<?, ?> hosted =
        services.shared().rounds().failing().servers().find(address.server());
    if (hosted == null) {
      return CompletableFuture.failedFuture(
          new NotHostedException(
              "to reset "
                  + address
                  + " its init is needed: call dgen.host("
                  + Texts.escaped(address.server())
                  + "Server.of()) first, or kill it"));
    }
    return operate(
        "reset",
        KillOperation.reset(
            entity, services.shared().killing(), hosted, services.shared().rounds().outgoing()));
  }

  private CompletableFuture<Void> operate(String what, KillOperation operation) {
    CallbackThread.refuseEnd(what, address, entity.store().opened());
    Lifecycle lifecycle = services.shared().control().lifecycle();
    try {
      lifecycle.requireOpen(what, address);
      while (!services.activations().of(address).inbox().offer(operation)) {
        if (lifecycle.isClosed()) {
          lifecycle.requireOpen(what, address);
        }
      }
    } catch (DgenException e) {
      return CompletableFuture.failedFuture(e);
    }
    Environment.Cancellable timer =
        entity.environment().schedule(timeout, () -> operation.fail(late(what)));
    Duration part = timeout.dividedBy(4);
    insist(operation, part.compareTo(Activation.PATIENCE) < 0 ? part : Activation.PATIENCE);
    var unused = operation.future().whenComplete((done, error) -> timer.cancel());
    return operation.future();
  }

  /** Gives up what keeps the operation from its turn for too long. */
  private void insist(KillOperation operation, Duration patience) {
    Environment environment = entity.environment();
    Environment.Cancellable timer =
        environment.schedule(
            patience,
            () ->
                environment.execute(
                    () -> {
                      if (services.activations().of(address).giveUpFor(operation)) {
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
            + " ms: it has not had its turn, or the store does not respond. It may still happen",
        null);
  }
}
