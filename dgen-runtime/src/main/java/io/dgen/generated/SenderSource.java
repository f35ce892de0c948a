package io.dgen.generated;

import io.dgen.Dgen;

/**
 * Where generated clients find their sender: each node that {@link Dgen#open} returns is one. So
 * {@code Dgen} needs no method for it, which users would see.
 */
public interface SenderSource {

  /**
   * Returns what the clients of a node send through.
   *
   * @return the sender of the node
   */
  Sender sender();

  /**
   * Returns what the clients of a node send through.
   *
   * @param dgen the node
   * @return its sender
   */
  static Sender of(Dgen dgen) {
    if (dgen instanceof SenderSource source) {
      return source.sender();
    }
    throw new IllegalArgumentException(
        "a client sends through a node that Dgen.open returned; found a "
            + dgen.getClass().getName());
  }
}
