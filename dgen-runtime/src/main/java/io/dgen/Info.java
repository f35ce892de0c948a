package io.dgen;

/**
 * A message that goes past the queue: {@code handleInfo} runs at once, in a transaction of its own
 * on the sender's node, which must host the server.
 */
public interface Info {}
