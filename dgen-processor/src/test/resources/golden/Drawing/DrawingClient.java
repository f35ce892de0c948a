package sample;

import io.dgen.Dgen;
import io.dgen.spi.EntityRef;
import java.lang.Object;
import java.lang.Override;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.lang.Void;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.annotation.processing.Generated;

/**
 * Sends messages to one entity of {@link Drawing}. Immutable and thread-safe.
 *
 * <p>Messages that one thread sends to one entity arrive in the order in which they were
 * sent.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
final class DrawingClient {
  private final EntityRef<DrawingMessage> entity;

  private DrawingClient(EntityRef<DrawingMessage> entity) {
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
  public static DrawingClient of(Dgen dgen, String id) {
    return new DrawingClient(EntityRef.of(dgen, "Drawing", id, DrawingCodec.MESSAGES));
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
  public DrawingClient withTimeout(Duration timeout) {
    return new DrawingClient(entity.withTimeout(timeout));
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
   * A client that goes past the queue: what it sends runs at once, in a transaction on this node,
   * also while the entity is locked or paused. It is not durable before it has run, and needs the
   * server hosted in this process.
   *
   * @return a client; this one stays as it is
   */
  public DrawingClient priority() {
    return new DrawingClient(entity.priority());
  }

  /**
   * Sends casts that are enqueued all together or not at all, and waits until they are durable.
   *
   * @param messages what to send, in order; at most 10,000
   * @throws io.dgen.MessageTooLargeException if they do not fit into one transaction
   */
  public void castAll(List<? extends DrawingMessage.Cast> messages) {
    entity.castAll(messages);
  }

  /**
   * Sends casts that are enqueued all together or not at all.
   *
   * @param messages what to send, in order; at most 10,000
   * @return completes when they are durable
   * @throws io.dgen.MessageTooLargeException if they do not fit into one transaction
   */
  public CompletableFuture<Void> castAllAsync(List<? extends DrawingMessage.Cast> messages) {
    return entity.castAllAsync(messages);
  }

  /**
   * Ends the entity: its state, queue, lock and dead letters go, and those who wait for its messages
   * get a {@link io.dgen.EntityKilledException}. The next message makes a new entity.
   *
   * @throws io.dgen.DgenException if the store fails
   */
  public void kill() {
    entity.kill();
  }

  /**
   * As {@link #kill}, without waiting.
   *
   * @return completes when nothing is left of the entity
   */
  public CompletableFuture<Void> killAsync() {
    return entity.killAsync();
  }

  /**
   * Ends the entity as {@link #kill} does, and begins it anew: its {@code init} runs in the same
   * transaction.
   *
   * @throws io.dgen.NotHostedException if the server is not hosted in this process
   * @throws io.dgen.DgenException if {@code init} or the store fails; nothing is changed then
   */
  public void reset() {
    entity.reset();
  }

  /**
   * As {@link #reset}, without waiting.
   *
   * @return completes when the first state is stored
   */
  public CompletableFuture<Void> resetAsync() {
    return entity.resetAsync();
  }

  /**
   * Takes the lock from whoever holds it. What its {@code handleLocked} comes to is dropped, and the
   * message is tried again or dropped, as {@link io.dgen.DgenOptions#lockLost} says.
   *
   * @return whether the entity was locked
   * @throws io.dgen.DgenException if the store fails
   */
  public boolean breakLock() {
    return entity.breakLock();
  }

  /**
   * Sends {@link Drawing.Draw} and waits until the message, or its effect, is durable.
   *
   * @param locale the message's {@code locale}
   * @param figures the message's {@code figures}
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public void draw(Locale locale, Drawing.Figure... figures) {
    this.entity.cast(new DrawingMessage.Draw(new Drawing.Draw(locale, figures)));
  }

  /**
   * Sends {@link Drawing.Draw} without waiting.
   *
   * @param locale the message's {@code locale}
   * @param figures the message's {@code figures}
   * @return a future, completed with null once the message, or its effect, is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Void> drawAsync(Locale locale, Drawing.Figure... figures) {
    return this.entity.castAsync(new DrawingMessage.Draw(new Drawing.Draw(locale, figures)));
  }

  /**
   * Sends {@link Drawing.Find} and waits for its reply, which is durable together with the state.
   *
   * @param name the message's {@code name}
   * @return the reply, null if the callback replied null
   * @throws io.dgen.DgenException if the message failed, or the time is up; after a timeout it may
   *     still be carried out
   */
  public Drawing.Result<Drawing.Figure> find(String name) {
    return this.entity.call(new DrawingMessage.Find(new Drawing.Find(name)));
  }

  /**
   * Sends {@link Drawing.Find} without waiting.
   *
   * @param name the message's {@code name}
   * @return a future, completed with the reply once it is durable,
   *     or with a {@link io.dgen.DgenException}
   */
  public CompletableFuture<Drawing.Result<Drawing.Figure>> findAsync(String name) {
    return this.entity.callAsync(new DrawingMessage.Find(new Drawing.Find(name)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DrawingClient that && entity.equals(that.entity);
  }

  @Override
  public int hashCode() {
    return entity.hashCode();
  }

  @Override
  public String toString() {
    return "DrawingClient[" + entity.id() + "]";
  }
}
