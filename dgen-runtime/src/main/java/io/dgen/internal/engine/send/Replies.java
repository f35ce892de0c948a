package io.dgen.internal.engine.send;

/**
 * How senders on this node get answers.
 *
 * @param completions completes those who wait
 * @param mailbox knows the calls that went through a queue
 */
public record Replies(Completions completions, ReplyMailbox mailbox) {}
