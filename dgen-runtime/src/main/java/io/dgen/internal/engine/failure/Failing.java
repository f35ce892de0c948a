package io.dgen.internal.engine.failure;

import io.dgen.FailurePolicy;
import io.dgen.internal.engine.cluster.HostedServers;
import io.dgen.internal.engine.later.LetterRetention;
import io.dgen.internal.engine.later.OutgoingMessages;
import io.dgen.internal.engine.send.ReplyMailbox;
import io.dgen.internal.engine.tx.Entity;

/**
 * What a node needs to handle messages that fail.
 *
 * @param reports counts failures, and passes them to the user's listener
 * @param backOff the delay before a message is retried
 * @param servers their policies decide
 * @param mailbox answers the callers of messages that are given up
 * @param outgoing knows what was sent under idempotency keys
 * @param retention how long dead letters are kept
 */
public record Failing(
    FailureReports reports,
    BackOff backOff,
    HostedServers servers,
    ReplyMailbox mailbox,
    OutgoingMessages outgoing,
    LetterRetention retention) {

  /** Returns the policy of an entity's server. */
  public FailurePolicy policy(Entity entity) {
    return servers.policy(entity.server());
  }
}
