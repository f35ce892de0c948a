/** The storage on local disk, on RocksDB, and the directory it lives in. */
@NullMarked
package io.dgen.internal.store.rocks;

import org.jspecify.annotations.NullMarked;
