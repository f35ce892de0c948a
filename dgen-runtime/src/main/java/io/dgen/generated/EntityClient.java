package io.dgen.generated;

import io.dgen.EntityAdmin;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages to one entity: what the clients of all servers have alike. Immutable and
 * thread-safe. Equality is by entity, timeout, idempotency key and priority.
 *
 * <p>A generated client adds methods for each message, which wait or, if their names end in {@code
 * Async}, do not: {@code place(String item, int count)} takes the components of a record {@code
 * Place} and calls {@code place(Place message)}, which takes the record.
 *
 * <p>Messages that one thread sends to one entity arrive in the order in which they were sent. A
 * method that sends throws an {@link io.dgen.error.DgenException} if the message failed or the time
 * is up, and the future of one whose name ends in {@code Async} fails with it. After a timeout the
 * message may still be carried out.
 *
 * @param <M> the sealed interface over the server's messages
 * @param <C> the client itself
 */
public abstract class EntityClient<M, C> {

  /** The entity. Methods that are named after messages cannot hide a field. */
  protected final EntityRef<M> ref;

  private final Function<EntityRef<M>, C> client;

  /**
   * Makes a client.
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
   * @return the id that the client was made with
   */
  public final String id() {
    return ref.id();
  }

  /**
   * Returns a client of the same entity with another timeout.
   *
   * @param timeout how long to wait for an acknowledgement or a reply; positive
   * @return a client; this one stays as it is
   * @throws IllegalArgumentException if the timeout is zero or negative
   */
  public final C withTimeout(Duration timeout) {
    return client.apply(ref.withTimeout(timeout));
  }

  /**
   * Returns a client of the same entity whose messages count once for each key: what is sent again
   * under a key that was carried out is not carried out again, and a call gets the reply that the
   * first one got, for as long as {@link io.dgen.DgenOptions#idempotencyRetention}. One that failed
   * may be sent again. Use a key for one message.
   *
   * @param key 1 to 512 bytes in UTF-8; unique within the entity
   * @return a client; this one stays as it is
   * @throws IllegalArgumentException if the key is empty or longer, or holds an unpaired surrogate
   */
  public final C withIdempotencyKey(String key) {
    return client.apply(ref.withIdempotencyKey(key));
  }

  /**
   * Returns a client that goes past the queue: what it sends runs at once, in a transaction on this
   * node, also while the entity is locked or paused. It is not durable before it has run, and needs
   * the server hosted in this process.
   *
   * @return a client; this one stays as it is
   */
  public final C priority() {
    return client.apply(ref.priority());
  }

  /**
   * Returns what is done to the entity from outside, and is no message: its status, pausing it,
   * killing it, its dead letters.
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

  /** The server and the id, as {@code Counter("visits")}. */
  @Override
  public final String toString() {
    return ref.toString();
  }
}
