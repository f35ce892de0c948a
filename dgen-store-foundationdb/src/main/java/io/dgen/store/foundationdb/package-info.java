/**
 * The store on a FoundationDB cluster, for any number of processes on any number of machines.
 *
 * <p>Only this package uses the parts of fdb-java that load FoundationDB's native library, and only
 * when a store is opened.
 */
@NullMarked
package io.dgen.store.foundationdb;

import org.jspecify.annotations.NullMarked;
