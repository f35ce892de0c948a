package io.dgen.generated;

import io.dgen.Dgen;

/**
 * The source of a generated client's sender: each node that {@link Dgen#open} returns implements
 * it. It keeps the sender out of {@code Dgen}, the interface that users see.
 */
public interface SenderSource {

  /**
   * Returns the sender for the clients of this node.
   *
   * @return the sender of the node
   */
  Sender sender();

  /**
   * Returns the sender for the clients of a node.
   *
   * @param dgen the node
   * @return its sender
   */
  static Sender of(Dgen dgen) {
    if (dgen instanceof SenderSource source) {
      return source.sender();
    }
    throw new IllegalArgumentException(
        "a client needs a node that Dgen.open returned; found a " + dgen.getClass().getName());
  }
}
