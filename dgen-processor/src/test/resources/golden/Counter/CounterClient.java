package sample;

import io.dgen.Dgen;
import io.dgen.spi.EntityRef;
import java.lang.Long;
import java.lang.Object;
import java.lang.Override;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.lang.Void;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * Sends messages to one entity of {@link Counter}. Immutable and thread-safe.
 *
 * <p>Messages that one thread sends to one entity arrive in the order in which they were
 * sent.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class CounterClient {
  private final EntityRef<CounterMessage> entity;

  private CounterClient(EntityRef<CounterMessage> entity) {
    this.entity = entity;
  }

  /**
   * Makes a client of one entity. This reads and writes nothing: the entity comes into being
   * with its first message.
   *
   * @param dgen the node to send from
   * @param id the entity's id
   * @return the client
   */
  public static CounterClient of(Dgen dgen, String id) {
    return new CounterClient(EntityRef.of(dgen, "Counter", id, CounterCodec.MESSAGES));
  }

  /**
   * The id of the entity.
   *
   * @return the id that the client was made with
   */
  public String id() {
    return entity.id();
  }

  /**
   * The same client with another timeout.
   *
   * @param timeout how long to wait for an acknowledgement or a reply
   * @return a client; this one stays as it is
   */
  public CounterClient withTimeout(Duration timeout) {
    return new CounterClient(entity.withTimeout(timeout));
  }

  /**
   * How many messages wait in the entity's durable queue.
   *
   * @return the number of messages
   * @throws io.dgen.DgenException if the store cannot be read
   */
  public long queueLength() {
    return entity.queueLength();
  }

  /**
   * Sends {@link Counter.Increment} and waits until the message, or its effect, is durable.
   *
   * @param by the message's {@code by}
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void increment(long by) {
    this.entity.cast(new CounterMessage.Increment(new Counter.Increment(by)));
  }

  /**
   * Sends {@link Counter.Increment} without waiting.
   *
   * @param by the message's {@code by}
   * @return a future, completed with null once the message, or its effect, is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> incrementAsync(long by) {
    return this.entity.castAsync(new CounterMessage.Increment(new Counter.Increment(by)));
  }

  /**
   * Sends {@link Counter.Value} and waits for its reply, which is durable together with the state.
   *
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Long value() {
    return this.entity.call(new CounterMessage.Value(new Counter.Value()));
  }

  /**
   * Sends {@link Counter.Value} without waiting.
   *
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Long> valueAsync() {
    return this.entity.callAsync(new CounterMessage.Value(new Counter.Value()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CounterClient that && entity.equals(that.entity);
  }

  @Override
  public int hashCode() {
    return entity.hashCode();
  }

  @Override
  public String toString() {
    return "CounterClient[" + entity.id() + "]";
  }
}
