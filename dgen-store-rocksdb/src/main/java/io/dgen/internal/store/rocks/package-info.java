/** The storage on local disk, on RocksDB, and its directory. */
@NullMarked
package io.dgen.internal.store.rocks;

import org.jspecify.annotations.NullMarked;
