package io.dgen.internal.engine.tx;

import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.spi.Environment;

/**
 * An entity as one node accesses it.
 *
 * @param store the node's store
 * @param address the entity's address
 * @param keys the entity's keys
 */
public record Entity(NodeStore store, Address address, EntityKeys keys) {

  public Environment environment() {
    return store.environment();
  }

  public Transactor transactor() {
    return store.transactor();
  }

  public KeyLayout layout() {
    return store.layout();
  }

  public NodeId node() {
    return store.node();
  }

  public String server() {
    return address.server();
  }
}
