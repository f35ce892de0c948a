package io.dgen.generated;

import io.dgen.EntityAdmin;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to one entity: the base class of the clients of all servers. Immutable and
 * thread-safe. Equality is by entity, timeout, idempotency key and priority.
 *
 * <p>A generated client adds methods for each message, which wait or, if their names end in {@code
 * Async}, do not: {@code place(String item, int count)} takes the components of a record {@code
 * Place} and calls {@code place(Place message)}, which takes the record.
 *
 * <p>Messages that one thread sends to one entity arrive in the order in which they were sent. A
 * method that sends throws an {@link io.dgen.error.DgenException} if the message fails or times
 * out; if its name ends in {@code Async}, its future fails with that exception instead. After a
 * timeout the message may still run.
 *
 * @param <M> the sealed interface over the server's messages
 * @param <C> the client itself
 */
public abstract class EntityClient<M, C> {

  /** The entity: a field, since methods named after messages cannot hide one. */
  protected final EntityRef<M> ref;

  private final Function<EntityRef<M>, C> client;

  /**
   * Creates a client.
   *
   * @param ref the entity
   * @param client makes another client of the same type
   */
  protected EntityClient(EntityRef<M> ref, Function<EntityRef<M>, C> client) {
    this.ref = ref;
    this.client = client;
  }

  /**
   * Returns the id of the entity.
   *
   * @return the id that the client was created with
   */
  public final String id() {
    return ref.id();
  }

  /**
   * Returns a client of the same entity with another timeout.
   *
   * @param timeout how long to wait for an acknowledgement or a reply; positive
   * @return a new client; this one is unchanged
   * @throws IllegalArgumentException if the timeout is zero or negative
   */
  public final C withTimeout(Duration timeout) {
    return client.apply(ref.withTimeout(timeout));
  }

  /**
   * Returns a client of the same entity whose messages count once for each key: once a message has
   * run under a key, the same message does not run again under it, and a repeated call gets the
   * first call's reply, for as long as {@link io.dgen.DgenOptions#idempotencyRetention}. A message
   * that failed may be sent again. Use a key for one message only.
   *
   * @param key 1 to 512 bytes in UTF-8; unique within the entity
   * @return a new client; this one is unchanged
   * @throws IllegalArgumentException if the key is empty or longer, or holds an unpaired surrogate
   */
  public final C withIdempotencyKey(String key) {
    return client.apply(ref.withIdempotencyKey(key));
  }

  /**
   * Returns a client that goes past the queue: its messages run at once, in a transaction on this
   * node, even while the entity is locked or paused. A message is not durable before it has run,
   * and the server must be hosted in this process.
   *
   * @return a new client; this one is unchanged
   */
  public final C priority() {
    return client.apply(ref.priority());
  }

  /**
   * Returns the entity's admin, for operations that are not messages: reading its status, pausing
   * it, killing it, handling its dead letters.
   *
   * @return the admin of the entity, with this client's timeout
   */
  public final EntityAdmin<M> entity() {
    return ref.admin();
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof EntityClient<?, ?> that && ref.equals(that.ref);
  }

  @Override
  public final int hashCode() {
    return ref.hashCode();
  }

  /** Returns the server and the id, as {@code Counter("visits")}. */
  @Override
  public final String toString() {
    return ref.toString();
  }
}
