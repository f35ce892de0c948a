package io.dgen;

import io.dgen.store.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a callback may know of the run it is in. A callback takes it as an optional parameter.
 *
 * <p>Not thread-safe, and valid only until the callback returns.
 */
public interface Context {

  /**
   * The server's name: the first part of every key of the entity.
   *
   * @return the name, as in {@code @DistributedServer}
   */
  String server();

  /**
   * The entity's id.
   *
   * @return the id that the client was made with
   */
  String id();

  /**
   * How often this message was tried, this time included.
   *
   * <p>Only runs that failed count, and those after which the process may have ended: a run that is
   * repeated because its transaction conflicted is the same attempt.
   *
   * @return 1 for the first attempt
   */
  int attempt();

  /**
   * The time by the clock of the node that runs the callback.
   *
   * @return the current time; two nodes may disagree
   */
  Instant now();

  /**
   * Answers a caller that waits since {@link Results#replyLater}, as part of this callback's
   * transaction: the caller gets the reply once that has committed. Nothing happens if it has an
   * answer already, or has given up.
   *
   * @param from the caller
   * @param reply what it gets; may be null
   * @param <R> the reply's type
   * @throws IllegalStateException in {@code handleLocked}, which has no transaction
   */
  <R> void reply(From<R> from, @Nullable R reply);

  /**
   * The open transaction that the callback runs in, for keys of your own: what is written is
   * committed together with the state, the reply and everything else that comes of the callback, or
   * not at all. What is read is consistent with the state.
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
   * @param scheduled what {@link Scheduled#text} gave
   * @return whether it is in time: if true, and the callback returns, the message is never carried
   *     out
   * @throws IllegalArgumentException if the text is not of a handle
   * @throws IllegalStateException in {@code handleLocked}, which has no transaction, on another
   *     thread, or after the callback has returned
   */
  boolean cancel(String scheduled);
}
