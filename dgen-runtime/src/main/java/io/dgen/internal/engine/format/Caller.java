package io.dgen.internal.engine.format;

/**
 * A call that waits for its reply in a node's mailbox.
 *
 * @param node the node
 * @param call the number of the call there
 */
public record Caller(NodeId node, long call) {}
