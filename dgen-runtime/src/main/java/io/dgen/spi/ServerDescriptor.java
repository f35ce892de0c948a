package io.dgen.spi;

import io.dgen.Context;
import io.dgen.Result;
import io.dgen.codec.StateCodec;

/**
 * A server that a node can host: its name, its codecs and its callbacks. Generated for each
 * {@code @DistributedServer}, and thread-safe if the user's callbacks are.
 *
 * @param <S> the state record
 * @param <M> the sealed interface over the server's messages
 */
public interface ServerDescriptor<S, M> {

  /**
   * The server's name.
   *
   * @return the name in every key of its entities
   */
  String name();

  /**
   * The codec of its messages and replies.
   *
   * @return a stateless codec
   */
  MessageCodec<M> messages();

  /**
   * The codec of its state.
   *
   * @return a stateless codec
   */
  StateCodec<S> states();

  /**
   * Makes the state of a new entity: the user's {@code init}.
   *
   * @param context the run
   * @return the first state
   */
  S init(Context context);

  /**
   * Runs the callback of a message.
   *
   * @param message the message
   * @param state the state before it
   * @param context the run
   * @return the callback's result: {@link io.dgen.Reply} for a call, {@link io.dgen.NoReply}
   *     otherwise; a callback that returned a plain state or a plain reply comes wrapped
   */
  Result<S> handle(M message, S state, Context context);
}
