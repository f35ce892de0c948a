package io.dgen.internal.engine;

import io.dgen.CallTimeoutException;
import io.dgen.DeadLetters;
import io.dgen.Dgen;
import io.dgen.DgenException;
import io.dgen.MessageTooLargeException;
import io.dgen.NotHostedException;
import io.dgen.OverloadedException;
import io.dgen.Scheduled;
import io.dgen.codec.Terms;
import io.dgen.internal.engine.Activations.Address;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.spi.Delivery;
import io.dgen.spi.Destination;
import io.dgen.spi.Environment;
import io.dgen.spi.MessageCodec;
import io.dgen.spi.Outbox;
import io.dgen.spi.Sender;
import io.dgen.spi.Texts;
import io.dgen.spi.Timing;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What clients on one node send through, and what they do to an entity. Thread-safe.
 *
 * <p>A method that returns a future puts every {@link DgenException} into it, and throws none.
 */
final class NodeSender implements Sender {

  /** How long what runs of an entity may keep it from being killed or reset, at most. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Engine engine;
  private final Duration defaultTimeout;

  NodeSender(Engine engine, Duration defaultTimeout) {
    this.engine = engine;
    this.defaultTimeout = defaultTimeout;
  }

  @Override
  public <M> CompletableFuture<@Nullable Object> send(
      String server,
      String id,
      MessageCodec<M> codec,
      M message,
      Delivery delivery,
      boolean blocking) {
    Address address = new Address(server, id);
    try {
      engine.requireOpen("send to", address);
      Pending<M> pending =
          new Pending<>(codec, codec.freeze(message), delivery, blocking, engine, address, null);
      pending.size = Terms.size(out -> codec.write(pending.message, out));
      return offered(pending, address, to -> to.offer(pending));
    } catch (DgenException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public <M> CompletableFuture<@Nullable Object> sendAll(
      String server,
      String id,
      MessageCodec<M> codec,
      List<? extends M> messages,
      Delivery delivery) {
    try {
      return offerAll(new Address(server, id), codec, messages, delivery);
    } catch (DgenException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <M> CompletableFuture<@Nullable Object> offerAll(
      Address address, MessageCodec<M> codec, List<? extends M> messages, Delivery delivery) {
    engine.requireOpen("send to", address);
    if (messages.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    if (messages.size() > Limits.MAX_BATCH) {
      throw new MessageTooLargeException(
          "a batch to "
              + address
              + " has "
              + messages.size()
              + " messages, and at most "
              + Limits.MAX_BATCH
              + " are possible; send smaller batches");
    }
    Object batch = new Object();
    List<Pending<M>> all = new ArrayList<>(messages.size());
    for (M message : messages) {
      Pending<M> pending =
          new Pending<>(codec, codec.freeze(message), delivery, false, engine, address, batch);
      pending.size = Terms.size(out -> codec.write(pending.message, out));
      all.add(pending);
    }
    // Those of a batch are done together, so one of them stands for all.
    Pending<M> last = all.getLast();
    return offered(last, address, to -> to.offerAll(all));
  }

  /**
   * An activation that takes nothing was dropped: another one follows it, until the node closes.
   */
  private <M> CompletableFuture<@Nullable Object> offered(
      Pending<M> waiting, Address address, Predicate<Activation<?, M>> offer) {
    engine.deadlines().add(waiting, waiting.delivery.timeout());
    try {
      while (!offer.test(engine.activation(address))) {
        if (engine.isClosed()) {
          engine.deadlines().remove(waiting);
          engine.requireOpen("send to", address);
        }
      }
    } catch (OverloadedException | MessageTooLargeException e) {
      engine.deadlines().remove(waiting);
      if (e instanceof OverloadedException) {
        engine.meter().overloaded(address.server());
      }
      throw e;
    }
    return waiting.future;
  }

  @Override
  public <M> Scheduled castLater(Destination<M> to, M message, Timing timing, Duration timeout) {
    engine.requireOpen("send to", new Address(to.server(), to.id()));
    return engine.messaging().casts().send(to, message, timing, timeout);
  }

  @Override
  public Outbox outbox(Transaction transaction) {
    engine.requireOpen("send in a transaction");
    return engine.messaging().casts().in(transaction);
  }

  @Override
  public boolean cancel(String scheduled) {
    return engine.errand(
        "cancel a delayed message", () -> engine.messaging().casts().cancel(scheduled));
  }

  @Override
  public boolean cancel(String scheduled, Transaction transaction) {
    engine.requireOpen("cancel a delayed message");
    return engine.messaging().casts().cancel(scheduled, transaction);
  }

  /**
   * The handle of a delayed message.
   *
   * @param text its name
   * @return the handle
   * @throws IllegalArgumentException if it is no name of one
   */
  Scheduled scheduled(String text) {
    return Scheduled.of(this, Ticket.parse(text).text());
  }

  @Override
  public CompletableFuture<Void> kill(
      String server, String id, Duration timeout, boolean blocking) {
    return operate(Address.checked(server, id), "kill", timeout, blocking, EntityEnd::kill);
  }

  @Override
  public CompletableFuture<Void> reset(
      String server, String id, Duration timeout, boolean blocking) {
    Address address = Address.checked(server, id);
    HostedServer<?, ?> hosted = engine.hosted(server);
    if (hosted == null) {
      return CompletableFuture.failedFuture(
          new NotHostedException(
              "to reset "
                  + address
                  + " its init is needed: call dgen.host("
                  + Texts.escaped(server)
                  + "Server.of()) first, or kill it"));
    }
    return operate(
        address, "reset", timeout, blocking, (engine, at) -> EntityEnd.reset(engine, at, hosted));
  }

  @Override
  public boolean breakLock(String server, String id) {
    Address address = Address.checked(server, id);
    return engine.userErrand(
        "break the lock of " + address,
        () -> {
          Optional<Locks.Released> released =
              new Locks<>(engine, address, engine.layout().entity(server, id))
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

  private CompletableFuture<Void> operate(
      Address address,
      String what,
      Duration timeout,
      boolean blocking,
      BiFunction<Engine, Address, EntityEnd> maker) {
    EntityEnd operation;
    try {
      engine.requireOpen(what, address);
      if (blocking) {
        refuseOwn(address, what);
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
        engine.environment().schedule(timeout, () -> operation.fail(late(address, what, timeout)));
    Duration part = timeout.dividedBy(4);
    insist(address, operation, part.compareTo(PATIENCE) < 0 ? part : PATIENCE);
    var unused = operation.future().whenComplete((done, error) -> timer.cancel());
    return operation.future();
  }

  /** It would wait for the callback that waits for it. */
  private void refuseOwn(Address address, String what) {
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
  private void insist(Address address, EntityEnd operation, Duration patience) {
    Environment environment = engine.environment();
    Environment.Cancellable timer =
        environment.schedule(
            patience,
            () ->
                environment.execute(
                    () -> {
                      if (engine.activation(address).giveUpFor(operation)) {
                        insist(address, operation, patience);
                      }
                    }));
    var unused = operation.future().whenComplete((done, error) -> timer.cancel());
  }

  private static CallTimeoutException late(Address address, String what, Duration timeout) {
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

  /** What came through a mailbox is decoded here, on the thread of who asked for it. */
  @Override
  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // The codec of the message vouches for the reply's type, which may be nullable.
  public <T extends @Nullable Object> T await(CompletableFuture<T> future) {
    try {
      T value = engine.callers().await(future);
      return value instanceof UnreadReply<?> unread ? (T) unread.read() : value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DgenException(
          "interrupted while waiting; the message is not withdrawn and may still be executed", e);
    }
  }

  @Override
  public Duration defaultTimeout() {
    return defaultTimeout;
  }

  @Override
  public long queueLength(String server, String id) {
    Address address = Address.checked(server, id);
    EntityKeys keys = engine.layout().entity(server, id);
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
  public <M> DeadLetters<M> deadLetters(String server, String id, MessageCodec<M> codec) {
    return new DeadLetterBox<>(engine, Address.checked(server, id), codec);
  }

  @Override
  public boolean pause(String server, String id, String reason) {
    Address address = Address.checked(server, id);
    if (reason.length() > Dgen.MAX_REASON_LENGTH) {
      throw new IllegalArgumentException(
          "the reason of a pause has at most "
              + Dgen.MAX_REASON_LENGTH
              + " characters; found one of "
              + reason.length()
              + " for "
              + address
              + "; say it in fewer words");
    }
    Pauses pauses = new Pauses(engine.layout().entity(server, id), engine.environment());
    return engine.transact("pause " + address, attempt -> pauses.pause(attempt, reason));
  }

  @Override
  public boolean resume(String server, String id) {
    Address address = Address.checked(server, id);
    Pauses pauses = new Pauses(engine.layout().entity(server, id), engine.environment());
    return engine.transact("resume " + address, pauses::resume);
  }
}
