package io.dgen.generated;

import io.dgen.Context;
import io.dgen.LockedResult;
import io.dgen.QueryContext;
import io.dgen.Result;
import io.dgen.Server;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.generated.codec.StateCodec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server that a node can host: its name, its codecs and its callbacks. Generated for each
 * {@code @DistributedServer}, and thread-safe if the user's callbacks are.
 *
 * @param <S> the state record
 * @param <M> the sealed interface over the server's messages
 */
public interface ServerDescriptor<S, M> extends Server {

  /**
   * Returns the codec of its messages and replies.
   *
   * @return a stateless codec
   */
  MessageCodec<M> messages();

  /**
   * Returns the codec of its state.
   *
   * @return a stateless codec
   */
  StateCodec<S> states();

  /**
   * Creates the state of a new entity, by the user's {@code init}.
   *
   * @param context the context of the run
   * @return the first state
   * @throws Exception whatever the callback throws
   */
  S init(Context context) throws Exception;

  /**
   * Runs the callback of a message that is not a query.
   *
   * @param message the message
   * @param state the state before it
   * @param invocation the context of the run
   * @return the callback's result; a plain state or a plain reply is wrapped in one
   * @throws Exception whatever the callback throws
   */
  Result<S> handle(M message, S state, Invocation invocation) throws Exception;

  /**
   * Returns whether a message has a {@code handleLocked}, so that its callback may lock the entity.
   *
   * @param message the message
   * @return whether {@link #handleLocked} handles it
   */
  default boolean hasLocked(M message) {
    return false;
  }

  /**
   * Runs the user's {@code handleLocked}, outside any transaction.
   *
   * @param message the message that locked the entity
   * @param state the state that was stored with the lock
   * @param invocation the context of the run
   * @return the reply and the change of the state
   * @throws Exception whatever the callback throws
   */
  default LockedResult<?, S> handleLocked(M message, S state, Invocation invocation)
      throws Exception {
    throw new DgenException(
        name() + " has no handleLocked for " + messages().name(message) + "; declare it",
        null,
        Effect.UNKNOWN);
  }

  /**
   * Runs the callback of a query, outside of rounds.
   *
   * @param query the query
   * @param state the latest committed state; empty if the entity does not exist
   * @param context the context of the run
   * @return the reply
   * @throws io.dgen.error.EntityNotFoundException if the callback takes the state and there is none
   * @throws Exception what the callback throws
   */
  default @Nullable Object handleQuery(M query, Optional<S> state, QueryContext context)
      throws Exception {
    throw new DgenException(
        name() + " has no handleQuery for " + messages().name(query) + "; declare it",
        null,
        Effect.NONE);
  }

  /**
   * Runs the user's {@code handleDelete}, if there is one.
   *
   * @param state the state that is being deleted
   * @param context the context of the run
   * @throws Exception whatever the callback throws
   */
  default void handleDelete(S state, Context context) throws Exception {}

  /**
   * Runs the user's {@code handleDeadLetter}, if there is one.
   *
   * @param message the message that is given up
   * @param state the state
   * @param invocation the context of the run
   * @return its result; null if the message has no such callback
   * @throws Exception whatever the callback throws
   */
  default @Nullable Result<S> handleDeadLetter(M message, S state, Invocation invocation)
      throws Exception {
    return null;
  }
}
