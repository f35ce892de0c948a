package io.dgen.internal.engine.send;

import io.dgen.error.DgenException;
import org.jspecify.annotations.Nullable;

/**
 * A sender on this node and its answer.
 *
 * @param problem the error that it gets in place of a reply; null for none
 */
public record Answer<M>(
    Pending<M> pending, @Nullable Object reply, @Nullable DgenException problem) {

  public Answer(Pending<M> pending, @Nullable Object reply) {
    this(pending, reply, null);
  }
}
