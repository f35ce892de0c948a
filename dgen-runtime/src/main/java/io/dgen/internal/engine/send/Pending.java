package io.dgen.internal.engine.send;

import io.dgen.error.CallTimeoutException;
import io.dgen.error.Effect;
import io.dgen.generated.Delivery;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.MessageKind;
import io.dgen.internal.engine.format.Address;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A message that was sent on this node and whose sender waits: for a reply if it is a call, for the
 * acknowledgement otherwise.
 */
public final class Pending<M> extends Deadlines.Entry {

  /** How long the store may take to say where a message is. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** The place of the message, for the error of a sender that timed out. */
  enum Place {
    LANE("it waited in this node's memory for its turn"),
    QUEUE("it is in the entity's queue"),
    FAILED("its last attempt failed, and it is in the entity's queue");

    private final String text;

    Place(String text) {
      this.text = text;
    }
  }

  public final MessageCodec<M> codec;
  public final M message;
  final MessageKind kind;

  /** The way in which its sender sent it. */
  public final Delivery delivery;

  /** Whether the sender blocks: then the future has no continuations. */
  final boolean blocking;

  public final CompletableFuture<@Nullable Object> future = new CompletableFuture<>();

  /** The approximate size of its term; set before it is offered to an activation. */
  public long size;

  /** The number under which its reply comes back; 0 until the message goes to the queue. */
  public long call;

  private final SenderTimeouts timeouts;
  private final Address address;

  /** The batch that this message must be durable together with; null if it has none. */
  private final @Nullable Object batch;

  private volatile Place place = Place.LANE;

  /** Where the message is if it is a query, for the error of a sender that timed out. */
  private volatile String whereQueried = "it waited for a thread";

  private volatile @Nullable Throwable lastFailure;

  /** Whether a reply has come, rather than an error in its place. */
  private volatile boolean replied;

  /** The failure's text, which only the failure's own code can produce. */
  private volatile String lastFailureText = "";

  public Pending(
      MessageCodec<M> codec,
      M message,
      Delivery delivery,
      boolean blocking,
      SenderTimeouts timeouts,
      Address address,
      @Nullable Object batch) {
    this.codec = codec;
    this.message = message;
    this.kind = codec.kind(message);
    this.delivery = delivery;
    this.blocking = blocking;
    this.timeouts = timeouts;
    this.address = address;
    this.batch = batch;
  }

  /** Returns whether it runs at once, past the queue. */
  public boolean isPriority() {
    return kind == MessageKind.INFO || delivery.isPriority();
  }

  /** Returns the batch that this message must be durable together with; null if it has none. */
  @Nullable Object batch() {
    return batch;
  }

  public boolean isBatched() {
    return batch != null;
  }

  public boolean isCall() {
    return kind == MessageKind.CALL;
  }

  /**
   * Returns how long its sender still waits, in microseconds: at least 1, since 0 stands for a
   * sender that waits for ever.
   */
  long patienceMicros() {
    long nanos = timeouts.deadlines().left(this);
    return nanos == Long.MAX_VALUE ? 0 : Math.max(1, nanos / 1000);
  }

  /** Returns whether it only reads, outside of rounds. */
  public boolean isQuery() {
    return kind == MessageKind.QUERY;
  }

  void moved(Place to) {
    place = to;
  }

  /** Records where a query is, for the error of a sender that times out. */
  public void queried(String where) {
    whereQueried = where;
  }

  public void attemptFailed(Throwable failure) {
    lastFailureText = " (" + failure + ")";
    lastFailure = failure;
    place = Place.FAILED;
  }

  void replied() {
    replied = true;
  }

  /** Returns whether a reply has come, which may still have to be decoded. */
  public boolean hasReply() {
    return replied;
  }

  public void complete(@Nullable Object value) {
    timeouts.deadlines().remove(this);
    future.complete(value);
  }

  public void fail(Throwable error) {
    timeouts.deadlines().remove(this);
    future.completeExceptionally(error);
  }

  /**
   * Fails the sender. The message is not withdrawn: a late reply is dropped. The error says where
   * the message is, but finding out has a bound: a store that hangs delays the sender only for a
   * while.
   */
  @Override
  public void expired() {
    Environment environment = timeouts.environment();
    Environment.Cancellable fallback =
        environment.schedule(
            PATIENCE,
            () ->
                environment.execute(
                    () ->
                        timeOut(
                            (isQuery() ? whereQueried : place.text)
                                + "; the store does not respond")));
    timeOut(whereabouts());
    fallback.cancel();
  }

  /**
   * Fails the future: a sender that blocks is woken at once; otherwise continuations may run user
   * code.
   */
  private void timeOut(String whereabouts) {
    if (future.isDone()) {
      return;
    }
    CallTimeoutException error = timeout(whereabouts);
    if (blocking) {
      future.completeExceptionally(error);
    } else {
      timeouts.environment().executeUserCode(() -> future.completeExceptionally(error));
    }
  }

  private CallTimeoutException timeout(String whereabouts) {
    Throwable failure = lastFailure;
    if (isQuery()) {
      return new CallTimeoutException(
          "no reply to "
              + describe()
              + " within "
              + delivery.timeout().toMillis()
              + " ms: "
              + whereabouts
              + ". A query changes nothing and may be sent again",
          failure,
          Effect.NONE);
    }
    return new CallTimeoutException(
        "no "
            + (isCall() ? "reply" : "acknowledgement")
            + " to "
            + describe()
            + " within "
            + delivery.timeout().toMillis()
            + " ms: "
            + whereabouts
            + lastFailureText
            + ". It is not withdrawn and may still be executed",
        failure);
  }

  /**
   * Returns where the message is. A call with a number has left the lane, even if nothing moved it
   * to the queue.
   */
  private String whereabouts() {
    if (isQuery()) {
      return whereQueried;
    }
    if (call == 0) {
      return place.text;
    }
    Place left = place == Place.LANE ? Place.QUEUE : place;
    return left.text + timeouts.whereabouts().of(address, call);
  }

  /** Returns the name of the message's record. */
  public String messageName() {
    return codec.name(message);
  }

  /** Returns the message and its destination, for errors. */
  public String describe() {
    return codec.name(message) + " to " + address;
  }
}
