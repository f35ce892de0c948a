import org.jspecify.annotations.NullMarked;

/** The store on a FoundationDB cluster. */
@NullMarked
module io.dgen.store.foundationdb {
  requires transitive io.dgen.runtime;
  requires fdb.java;

  exports io.dgen.store.foundationdb;
}
