package io.dgen.internal.engine.tx;

import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.spi.Environment;
import io.dgen.store.Store;

/**
 * The store as one node uses it.
 *
 * @param opened the store itself
 * @param layout the layout of the keys
 * @param node this node
 * @param environment its time, threads and randomness; no interrupt ends a wait there
 * @param transactor its transactions
 */
public record NodeStore(
    Store opened, KeyLayout layout, NodeId node, Environment environment, Transactor transactor) {

  /** Returns an entity in this store. */
  public Entity entity(Address address) {
    return new Entity(this, address, layout.entity(address.server(), address.id()));
  }
}
