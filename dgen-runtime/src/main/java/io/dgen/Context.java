package io.dgen;

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
   * <p>Only runs that failed count: a run that is repeated because its transaction conflicted is
   * the same attempt.
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
}
