package io.dgen.internal.engine.send;

/**
 * The ways in which senders on this node get answers.
 *
 * @param completions completes waiting senders
 * @param mailbox knows the calls that went through a queue
 */
public record Replies(Completions completions, ReplyMailbox mailbox) {}
