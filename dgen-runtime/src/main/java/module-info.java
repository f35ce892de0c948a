import org.jspecify.annotations.NullMarked;

/** The engine of distributed servers, the stores that they live in, and their client side. */
@NullMarked
module io.dgen.runtime {
  requires transitive io.dgen.annotations;
  requires transitive org.jspecify;
  requires static micrometer.core;
  requires fdb.java;
  requires org.slf4j;
  requires rocksdbjni;
  requires tools.jackson.core;
  requires tools.jackson.dataformat.cbor;

  exports io.dgen;
  exports io.dgen.codec;
  exports io.dgen.micrometer;
  exports io.dgen.spi;
  exports io.dgen.store;
  exports io.dgen.store.foundationdb;
  exports io.dgen.store.local;
}
