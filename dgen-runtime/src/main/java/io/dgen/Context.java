package io.dgen;

import java.time.Instant;

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
}
