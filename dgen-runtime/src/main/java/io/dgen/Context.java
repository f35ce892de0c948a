package io.dgen;

import io.dgen.store.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Information about a callback's run, and operations within its transaction. A callback takes it as
 * an optional parameter.
 *
 * <p>Not thread-safe, and valid only until the callback returns.
 */
public interface Context {

  /**
   * Returns the server's name: the first part of every key of the entity.
   *
   * @return the name, as in {@code @DistributedServer}
   */
  String server();

  /**
   * Returns the entity's id.
   *
   * @return the id that the client was created with
   */
  String id();

  /**
   * Returns the number of attempts of this message, this one included.
   *
   * <p>Only failed runs count, and runs during which the process may have died: a run that is
   * repeated because its transaction conflicted is the same attempt.
   *
   * @return 1 for the first attempt
   */
  int attempt();

  /**
   * Returns the time by the clock of the node that runs the callback.
   *
   * @return the current time; two nodes may disagree
   */
  Instant now();

  /**
   * Replies to a caller that has been waiting since {@link Results#replyLater}, as part of this
   * callback's transaction: the caller gets the reply once it has committed. Has no effect if the
   * caller already has a reply, or has given up.
   *
   * @param from the caller
   * @param reply the reply; may be null
   * @param <R> the reply's type
   * @throws IllegalStateException in {@code handleLocked}, which has no transaction
   */
  <R> void reply(From<R> from, @Nullable R reply);

  /**
   * Returns the open transaction that the callback runs in, for keys of your own: writes are
   * committed atomically with the state, the reply and all other effects of the callback. Reads are
   * consistent with the state.
   *
   * <p>It ends with the callback: {@code commit}, {@code onError}, {@code cancel}, {@code close},
   * {@code watch} and {@code getVersionstamp} are refused, and so is every key that begins with
   * {@link DgenOptions#root}. Callbacks of several messages share one transaction, in which later
   * ones see what earlier ones wrote.
   *
   * @return the transaction, valid until the callback returns
   * @throws IllegalStateException in {@code handleLocked}, which has no transaction, on another
   *     thread, or after the callback has returned
   */
  Transaction transaction();

  /**
   * Cancels a delayed message as part of this callback's transaction.
   *
   * @param message what the sending method returned
   * @return true if the message was still pending: if the callback then returns normally, the
   *     message never runs
   * @throws IllegalArgumentException if the text is not that of a delayed message
   * @throws IllegalStateException in {@code handleLocked}, which has no transaction, on another
   *     thread, or after the callback has returned
   */
  boolean cancel(DelayedMessage message);
}
