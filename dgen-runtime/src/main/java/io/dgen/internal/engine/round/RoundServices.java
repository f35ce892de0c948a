package io.dgen.internal.engine.round;

import io.dgen.internal.engine.cluster.Flights;
import io.dgen.internal.engine.failure.Failing;
import io.dgen.internal.engine.later.OutgoingMessages;
import io.dgen.internal.engine.send.Replies;
import io.dgen.internal.engine.work.LogContext;

/**
 * The services that the rounds of a node share.
 *
 * @param flights records what this node is running
 */
public record RoundServices(
    Replies replies,
    Failing failing,
    Flights flights,
    LogContext logContext,
    RoundSettings settings) {

  public OutgoingMessages outgoing() {
    return failing.outgoing();
  }

  public RoundLimits limits() {
    return settings.limits();
  }
}
