package io.dgen.spi;

import io.dgen.Dgen;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * One entity, as a client sees it. Immutable and thread-safe.
 *
 * @param <M> the sealed interface over the server's messages
 */
@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals", "UnusedVariable"})
public final class EntityRef<M> {

  private final String id;

  private EntityRef(String id) {
    this.id = id;
  }

  /**
   * Makes a reference.
   *
   * @param dgen the node
   * @param server the server's name
   * @param id the entity's id
   * @param codec the codec of the messages
   * @param <M> the messages
   * @return the reference
   */
  public static <M> EntityRef<M> of(Dgen dgen, String server, String id, MessageCodec<M> codec) {
    return new EntityRef<>(id);
  }

  /**
   * Sets the timeout.
   *
   * @param timeout the timeout
   * @return a reference
   */
  public EntityRef<M> withTimeout(Duration timeout) {
    return this;
  }

  /**
   * The id.
   *
   * @return the id
   */
  public String id() {
    return id;
  }

  /**
   * The length of the queue.
   *
   * @return the length
   */
  public long queueLength() {
    throw new UnsupportedOperationException();
  }

  /**
   * Sends a cast.
   *
   * @param message the message
   */
  public void cast(M message) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sends a cast.
   *
   * @param message the message
   * @return completed when it is durable
   */
  public CompletableFuture<Void> castAsync(M message) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sends a call.
   *
   * @param message the message
   * @param <R> the reply's type
   * @return the reply
   */
  public <R> R call(M message) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sends a call.
   *
   * @param message the message
   * @param <R> the reply's type
   * @return completed with the reply
   */
  public <R> CompletableFuture<R> callAsync(M message) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sends an info.
   *
   * @param message the message
   */
  public void info(M message) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sends an info.
   *
   * @param message the message
   * @return completed when it ran
   */
  public CompletableFuture<Void> infoAsync(M message) {
    throw new UnsupportedOperationException();
  }
}
