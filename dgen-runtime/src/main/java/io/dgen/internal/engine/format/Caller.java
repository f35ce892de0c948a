package io.dgen.internal.engine.format;

import org.jspecify.annotations.Nullable;

/**
 * Who waits for the reply to a call: a sender, in the mailbox of its node, or an entity that asked.
 *
 * @param node the node of the sender; for an entity, the number of its ask
 * @param call the number of the call there
 * @param ask what the entity asked; null if a sender waits
 */
public record Caller(NodeId node, long call, @Nullable Ask ask) {

  /** Creates the caller that waits in a node's mailbox. */
  public Caller(NodeId node, long call) {
    this(node, call, null);
  }

  /** Returns the caller that is an entity. */
  public static Caller of(Ask ask) {
    return new Caller(new NodeId(ask.number()), Ask.NO_CALL, ask);
  }
}
