/** The FoundationDB store: its contract on a cluster, and what can be tested without one. */
@NullMarked
package io.dgen.store.foundationdb;

import org.jspecify.annotations.NullMarked;
