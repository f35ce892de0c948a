package io.dgen;

/**
 * A server that a node can host. The processor generates one for each {@code @DistributedServer},
 * such as {@code CounterServer} for {@code Counter}; {@code CounterServer.of()} creates it. Not
 * meant to be implemented otherwise. Thread-safe if the user's callbacks are.
 */
public interface Server {

  /**
   * Returns the server's name.
   *
   * @return the name in the keys of its entities
   */
  String name();
}
