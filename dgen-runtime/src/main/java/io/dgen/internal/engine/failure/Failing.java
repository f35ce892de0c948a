package io.dgen.internal.engine.failure;

import io.dgen.FailurePolicy;
import io.dgen.internal.engine.cluster.HostedServers;
import io.dgen.internal.engine.later.OutgoingMessages;
import io.dgen.internal.engine.send.ReplyMailbox;
import io.dgen.internal.engine.tx.Entity;

/**
 * What a node does about messages that fail.
 *
 * @param reports counts failures, and tells the user's listener of them
 * @param backOff how long a message waits before it is tried again
 * @param servers whose policies decide
 * @param mailbox answers the callers of messages that are given up
 * @param outgoing knows what was sent under idempotency keys
 */
public record Failing(
    FailureReports reports,
    BackOff backOff,
    HostedServers servers,
    ReplyMailbox mailbox,
    OutgoingMessages outgoing) {

  FailurePolicy policy(Entity entity) {
    return servers.policy(entity.server());
  }
}
