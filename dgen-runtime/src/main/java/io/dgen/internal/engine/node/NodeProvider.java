package io.dgen.internal.engine.node;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.store.Store;

/** Creates nodes for {@link Dgen#open}, so that the API does not depend on the engine. */
public final class NodeProvider implements Dgen.Provider {

  /** Creates the provider, for the service loader. */
  public NodeProvider() {}

  @Override
  public Dgen open(Store store, DgenOptions options) {
    return Node.open(store, options);
  }
}
