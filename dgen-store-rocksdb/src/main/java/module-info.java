import org.jspecify.annotations.NullMarked;

/** The embedded store, on RocksDB. */
@NullMarked
module io.dgen.store.local {
  requires transitive io.dgen.runtime;
  requires org.slf4j;
  requires rocksdbjni;

  exports io.dgen.store.local;
}
