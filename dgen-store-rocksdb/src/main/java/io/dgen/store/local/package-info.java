/** The embedded store: RocksDB on local disk, or memory for tests. */
@NullMarked
package io.dgen.store.local;

import org.jspecify.annotations.NullMarked;
