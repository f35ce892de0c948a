import org.jspecify.annotations.NullMarked;

/** The API for servers and their clients, the engine that runs them, and the store in memory. */
@NullMarked
@SuppressWarnings("module") // The store modules are compiled after this one.
module io.dgen.runtime {
  requires transitive io.dgen.annotations;
  requires transitive org.jspecify;
  requires fdb.java;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.dataformat.cbor;

  exports io.dgen;
  exports io.dgen.codec;
  exports io.dgen.error;
  exports io.dgen.generated;
  exports io.dgen.generated.codec;
  exports io.dgen.spi;
  exports io.dgen.store;
  exports io.dgen.store.memory;
  exports io.dgen.internal to
      io.dgen.store.local,
      io.dgen.store.foundationdb;
  exports io.dgen.internal.overlay to
      io.dgen.store.local,
      io.dgen.store.foundationdb;
  exports io.dgen.internal.store to
      io.dgen.store.local,
      io.dgen.store.foundationdb;

  uses io.dgen.Dgen.Provider;

  provides io.dgen.Dgen.Provider with
      io.dgen.internal.engine.node.NodeProvider;
}
