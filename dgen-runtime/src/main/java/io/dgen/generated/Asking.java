package io.dgen.generated;

import io.dgen.Context;

/**
 * A callback of an entity that asks others: what a generated {@code OrderAsks} is made of. Not
 * thread-safe, and valid only until the callback returns.
 *
 * @param <A> the sealed interface over the asking server's messages
 */
public final class Asking<A> {

  private final CallbackOutbox outbox;
  private final MessageCodec<A> asker;

  private Asking(CallbackOutbox outbox, MessageCodec<A> asker) {
    this.outbox = outbox;
    this.asker = asker;
  }

  /**
   * Begins to ask, as part of a callback's transaction.
   *
   * @param context the callback's context
   * @param server the name of the server that asks
   * @param asker the codec of its messages, the answers among them
   * @param <A> the sealed interface over its messages
   * @return what asks
   * @throws IllegalArgumentException if the context is not one that dgen passed to a callback, or
   *     is that of another server: the answer goes to the entity whose callback asks
   * @throws IllegalStateException if the context has no transaction, as in {@code handleLocked}
   */
  public static <A> Asking<A> in(Context context, String server, MessageCodec<A> asker) {
    if (!(context instanceof Invocation invocation)) {
      throw new IllegalArgumentException(
          "asking needs the Context that was passed to the callback; found "
              + context.getClass().getName());
    }
    if (!context.server().equals(server)) {
      throw new IllegalArgumentException(
          "the answer goes to the entity whose callback asks, which is of the server "
              + context.server()
              + " and not of "
              + server
              + "; use the Asks class that is generated for "
              + context.server());
    }
    return new Asking<>(invocation.outbox(), asker);
  }

  /**
   * Returns a reference to the entity that is asked; it need not exist.
   *
   * @param server its server's name
   * @param id its id
   * @param codec the codec of its server's messages
   * @param <M> the sealed interface over its server's messages
   * @return the reference, valid as long as this
   * @throws IllegalArgumentException if the id is longer than {@value EntityRef#MAX_ID_BYTES} bytes
   */
  public <M extends ServerMessage> AskRef<M> to(String server, String id, MessageCodec<M> codec) {
    return new AskRef<>(outbox, asker, new Destination<>(server, id, codec, null), null);
  }
}
