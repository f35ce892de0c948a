package io.dgen;

import java.time.Instant;

/**
 * Information about a run of {@code handleQuery}, which takes it as an optional parameter. A query
 * changes nothing, so there is no transaction, and nothing can be sent. Immutable and thread-safe.
 */
public interface QueryContext {

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
   * Returns the time by the clock of the node that runs the query.
   *
   * @return the current time; two nodes may disagree
   */
  Instant now();
}
