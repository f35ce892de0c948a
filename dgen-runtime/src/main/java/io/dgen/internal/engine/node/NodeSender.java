package io.dgen.internal.engine.node;

import io.dgen.DelayedMessage;
import io.dgen.EntityAdmin;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.OverloadedException;
import io.dgen.generated.Delivery;
import io.dgen.generated.Destination;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.MessageKind;
import io.dgen.generated.Outbox;
import io.dgen.generated.Sender;
import io.dgen.generated.Timing;
import io.dgen.internal.engine.activation.ActivationServices;
import io.dgen.internal.engine.activation.Inbox;
import io.dgen.internal.engine.activation.NodeActivations;
import io.dgen.internal.engine.failure.LetterReader;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.round.RoundLimits;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.send.UnreadReply;
import io.dgen.internal.engine.tx.CallerWork;
import io.dgen.internal.engine.work.CallbackThread;
import io.dgen.internal.engine.work.Lifecycle;
import io.dgen.internal.term.Terms;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sender for clients on one node. Thread-safe.
 *
 * <p>A method that returns a future completes it with every {@link DgenException}, and throws none.
 */
final class NodeSender implements Sender {

  private final ActivationServices services;
  private final NodeActivations activations;
  private final SenderServices senders;
  private final CallerWork work;
  private final EntityOperations.Services operations;

  NodeSender(
      ActivationServices services,
      NodeActivations activations,
      SenderServices senders,
      CallerWork work,
      Inspector inspector) {
    this.services = services;
    this.activations = activations;
    this.senders = senders;
    this.work = work;
    this.operations = new EntityOperations.Services(services, activations, inspector, this, work);
  }

  /** Returns the admin for entities of this node's store. */
  NodeAdmin admin() {
    return new NodeAdmin(operations, senders.defaultTimeout());
  }

  private Lifecycle lifecycle() {
    return services.control().lifecycle();
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
    refuseInCallback(address, codec, message, delivery);
    try {
      lifecycle().requireOpen("send to", address);
      Pending<M> pending = pending(address, codec, message, delivery, blocking, null);
      return offered(pending, address, to -> to.offer(pending));
    } catch (DgenException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <M> void refuseInCallback(
      Address to, MessageCodec<M> codec, M message, Delivery delivery) {
    if (CallbackThread.isNone()) {
      return;
    }
    if (codec.kind(message) == MessageKind.CALL) {
      CallbackThread.refuseCall(codec.name(message), to, delivery.isPriority(), senders.store());
    } else {
      CallbackThread.refuseSend(codec.name(message), to);
    }
  }

  @Override
  public <M> CompletableFuture<@Nullable Object> query(
      String server,
      String id,
      MessageCodec<M> codec,
      M message,
      Duration timeout,
      boolean blocking) {
    Address address = new Address(server, id);
    CallbackThread.refuseQuery(address);
    try {
      lifecycle().requireOpen("send to", address);
      Pending<M> pending = pending(address, codec, message, new Delivery(timeout), blocking, null);
      senders.timeouts().deadlines().add(pending, timeout);
      try {
        senders.queries().send(pending, address);
      } catch (OverloadedException | MessageTooLargeException e) {
        refused(pending, address, e);
        throw e;
      }
      return pending.future;
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
    Address address = new Address(server, id);
    for (M message : messages) {
      refuseInCallback(address, codec, message, delivery);
    }
    try {
      return offerAll(address, codec, messages, delivery);
    } catch (DgenException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <M> CompletableFuture<@Nullable Object> offerAll(
      Address address, MessageCodec<M> codec, List<? extends M> messages, Delivery delivery) {
    lifecycle().requireOpen("send to", address);
    if (messages.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    if (messages.size() > RoundLimits.MAX_BATCH) {
      throw new MessageTooLargeException(
          "a batch to "
              + address
              + " has "
              + messages.size()
              + " messages; at most "
              + RoundLimits.MAX_BATCH
              + " are allowed; send smaller batches",
          Effect.NONE);
    }
    Object batch = new Object();
    List<Pending<M>> all = new ArrayList<>(messages.size());
    for (M message : messages) {
      all.add(pending(address, codec, message, delivery, false, batch));
    }
    // The messages of a batch are done together, so one of them represents all.
    Pending<M> last = all.getLast();
    return offered(last, address, to -> to.offerAll(all));
  }

  private <M> Pending<M> pending(
      Address address,
      MessageCodec<M> codec,
      M message,
      Delivery delivery,
      boolean blocking,
      @Nullable Object batch) {
    Pending<M> pending =
        new Pending<>(
            codec, codec.freeze(message), delivery, blocking, senders.timeouts(), address, batch);
    pending.size = Terms.size(out -> codec.write(pending.message, out));
    return pending;
  }

  /**
   * Offers messages to an entity's activation. An activation that refuses them was dropped: another
   * one follows it, until the node closes.
   */
  private <M> CompletableFuture<@Nullable Object> offered(
      Pending<M> waiting, Address address, Predicate<Inbox<M>> offer) {
    senders.timeouts().deadlines().add(waiting, waiting.delivery.timeout());
    try {
      while (!offer.test(activations.<M>of(address).inbox())) {
        if (lifecycle().isClosed()) {
          senders.timeouts().deadlines().remove(waiting);
          lifecycle().requireOpen("send to", address);
        }
      }
    } catch (OverloadedException | MessageTooLargeException e) {
      refused(waiting, address, e);
      throw e;
    }
    return waiting.future;
  }

  private void refused(Pending<?> pending, Address address, DgenException error) {
    senders.timeouts().deadlines().remove(pending);
    if (error instanceof OverloadedException) {
      services.lanes().meter().overloaded(address.server());
    }
  }

  @Override
  public <M> DelayedMessage castLater(
      Destination<M> to, M message, Timing timing, Duration timeout) {
    Address address = new Address(to.server(), to.id());
    CallbackThread.refuseSend(to.codec().name(message), address);
    lifecycle().requireOpen("send to", address);
    return services.rounds().outgoing().casts().send(to, message, timing, timeout);
  }

  @Override
  public Outbox outbox(Transaction transaction) {
    lifecycle().requireOpen("send in a transaction");
    return services.rounds().outgoing().casts().in(transaction);
  }

  @Override
  public boolean cancel(DelayedMessage delayed) {
    CallbackThread.refuse("cancel a delayed message through Dgen", "use context.cancel(message)");
    return work.errand(
        "cancel a delayed message",
        () -> services.rounds().outgoing().casts().cancel(delayed.text()));
  }

  @Override
  public boolean cancel(DelayedMessage delayed, Transaction transaction) {
    lifecycle().requireOpen("cancel a delayed message");
    return services.rounds().outgoing().casts().cancel(delayed.text(), transaction);
  }

  /** Waits for a reply. One that came through a mailbox is decoded here, on the caller's thread. */
  @Override
  @SuppressWarnings({
    "unchecked",
    "NullAway"
  }) // The message's codec guarantees the reply's type, which may be nullable.
  public <T extends @Nullable Object> T await(CompletableFuture<T> future) {
    try {
      T value = senders.callers().await(future);
      return value instanceof UnreadReply<?> unread ? (T) unread.read() : value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DgenException(
          "interrupted while waiting; the message is not withdrawn and may still be executed",
          e,
          Effect.UNKNOWN);
    }
  }

  @Override
  public Duration defaultTimeout() {
    return senders.defaultTimeout();
  }

  @Override
  public <M> EntityAdmin<M> admin(
      String server, String id, MessageCodec<M> codec, Duration timeout) {
    return new EntityOperations<>(
        operations, Address.checked(server, id), LetterReader.of(codec), timeout);
  }
}
